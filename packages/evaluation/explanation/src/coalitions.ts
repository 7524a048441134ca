import type { Random } from '@radloom/core';

/** Sets of features that are known, with the weight that each has in kernel SHAP. Neither the empty set nor the full one is among them. */
export interface Coalitions {
  readonly features: number;
  /** 1 where the feature is known: set k, feature j at `k * features + j`. */
  readonly known: Uint8Array;
  readonly weight: Float64Array;
}

/** Shapley kernel of a set of `size` out of `features` (Lundberg & Lee 2017, theorem 2), times the number of such sets. */
const weightOfSize = (features: number, size: number) => (features - 1) / (size * (features - size));

/**
 * All sets if there are no more than `budget`. Otherwise sizes from the outside in, 1 with M - 1, 2 with M - 2 and so on, as long as all
 * sets of both sizes fit into the budget; what is left of it is drawn from the other sizes by their weight, each set with its complement.
 */
export function coalitionsOf(features: number, budget: number, stream: Random): Coalitions {
  const sets = new Map<string, { known: Uint8Array; weight: number }>();
  const add = (known: Uint8Array, weight: number): void => {
    const key = known.join('');
    const found = sets.get(key);
    if (found === undefined) sets.set(key, { known, weight });
    else found.weight += weight;
  };
  let left = budget;
  let size = 1;
  for (; size <= features / 2; size++) {
    const all = choose(features, size) * (2 * size === features ? 1 : 2);
    if (all > left && size > 1) break;
    for (const side of 2 * size === features ? [size] : [size, features - size]) {
      for (const known of subsets(features, side)) add(known, weightOfSize(features, side) / choose(features, side));
    }
    left -= all;
  }
  const open = Array.from({ length: features - 1 }, (_, i) => i + 1).filter((s) => s >= size && s <= features - size);
  if (open.length > 0 && left >= 2) draw(features, open, Math.floor(left / 2), stream, add);
  const found = [...sets.values()];
  return { features, known: Uint8Array.from(found.flatMap(({ known }) => [...known])), weight: Float64Array.from(found, ({ weight }) => weight) };
}

/** Draws pairs of a set and its complement from the sizes that were not written out; together they have these sizes' weight. */
function draw(features: number, sizes: readonly number[], pairs: number, stream: Random, add: (known: Uint8Array, weight: number) => void): void {
  const weights = sizes.map((size) => weightOfSize(features, size));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < pairs; i++) {
    let at = stream.next() * total;
    let s = 0;
    while (s < sizes.length - 1 && at >= weights[s]) at -= weights[s++];
    const known = new Uint8Array(features);
    for (const j of stream.permutation(features).subarray(0, sizes[s])) known[j] = 1;
    add(known, total / (2 * pairs));
    add(known.map((flag) => 1 - flag), total / (2 * pairs));
  }
}

function choose(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= k; i++) count = (count * (n - k + i)) / i;
  return Math.round(count);
}

/** Every set of that size, in lexical order of its members. */
function* subsets(features: number, size: number): Generator<Uint8Array> {
  const members = Array.from({ length: size }, (_, i) => i);
  for (;;) {
    const known = new Uint8Array(features);
    for (const member of members) known[member] = 1;
    yield known;
    let at = size - 1;
    while (at >= 0 && members[at] === features - size + at) at--;
    if (at < 0) return;
    members[at]++;
    for (let i = at + 1; i < size; i++) members[i] = members[i - 1] + 1;
  }
}

import type { Attribution } from './linear.js';

/** Trees as our forest keeps them: a node i with `column[i] < 0` is a leaf of `value[i]`; any other sends rows up to `value[i]` to `left[i]`, the others to `left[i] + 1`. */
export interface Forest {
  readonly roots: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
  readonly left: Int32Array;
}

/**
 * The way to one leaf, split features each once: a row that has feature j within `low[j] < x <= high[j]` goes along; where j is not
 * known, the share `share[j]` of the training rows does.
 */
interface Way {
  readonly value: number;
  readonly feature: Int32Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly share: Float64Array;
}

/**
 * Path-dependent SHAP values of a forest's mean prediction (Lundberg et al. 2020): a feature that is not known sends a row both ways, in
 * the shares of the training rows at that node. Exact for that game, and the base is the mean prediction of the training rows.
 *
 * Leaf by leaf: with d features on its way and known set S the leaf adds `value * product over S of one_j * product over the rest of
 * share_j`, one_j being 1 where the row goes along and 0 where it does not. The Shapley value of j is then
 * `value * (one_j - share_j) * sum over s of s! (d - 1 - s)! / d! * c_s`, c_s the coefficient of t^s in the product over the other
 * features of `share_k + one_k t`. That product is built once for all and one factor divided out for each j: d^2 steps a leaf.
 *
 * @param x        column by column: value of row i, column j at `j * rows + i`
 * @param training column by column, the rows that taught the model
 */
export function forestAttribution(forest: Forest, features: number, x: Float64Array, rows: number, training: Float64Array, trainingRows: number): Attribution {
  const values = new Float64Array(rows * features);
  const trees = forest.roots.length;
  const cover = coversOf(forest, training, trainingRows);
  const weights = shapleyWeights(features);
  const one = new Uint8Array(features);
  const product = new Float64Array(features + 1);
  let base = 0;
  for (const root of forest.roots) {
    for (const { value, feature, low, high, share } of waysOf(forest, root, cover)) {
      const d = feature.length;
      let reached = value;
      for (let k = 0; k < d; k++) reached *= share[k];
      base += reached;
      if (value === 0) continue;
      const weight = weights[d];
      for (let i = 0; i < rows; i++) {
        product.fill(0, 0, d + 1);
        product[0] = 1;
        for (let k = 0; k < d; k++) {
          const at = x[feature[k] * rows + i];
          one[k] = at > low[k] && at <= high[k] ? 1 : 0;
          for (let s = k + 1; s > 0; s--) product[s] = product[s] * share[k] + (one[k] === 1 ? product[s - 1] : 0);
          product[0] *= share[k];
        }
        for (let k = 0; k < d; k++) {
          let sum = 0;
          if (one[k] === 0) for (let s = 0; s < d; s++) sum += weight[s] * product[s];
          else {
            // Divide by (share + t) from the highest power down: product[s + 1] = quotient[s] + share * quotient[s + 1].
            let quotient = 0;
            for (let s = d - 1; s >= 0; s--) {
              quotient = product[s + 1] - share[k] * quotient;
              sum += weight[s] * quotient;
            }
          }
          // For one_k = 0 the product holds the factor share_k, which is divided out here.
          values[i * features + feature[k]] += one[k] === 1 ? value * (1 - share[k]) * sum : -value * sum;
        }
      }
    }
  }
  return { values: values.map((value) => value / trees), base: base / trees };
}

/** `[d][s] = s! (d - 1 - s)! / d!` for d up to the number of features. */
function shapleyWeights(features: number): Float64Array[] {
  return Array.from({ length: features + 1 }, (_, d) => {
    const weight = new Float64Array(d);
    if (d === 0) return weight;
    weight[0] = 1 / d;
    for (let s = 1; s < d; s++) weight[s] = (weight[s - 1] * s) / (d - s);
    return weight;
  });
}

/** Training rows that pass each node. */
function coversOf({ roots, column, value, left }: Forest, training: Float64Array, rows: number): Int32Array {
  const cover = new Int32Array(column.length);
  for (const root of roots) {
    for (let i = 0; i < rows; i++) {
      let node = root;
      cover[node]++;
      while (column[node] >= 0) {
        node = left[node] + (training[column[node] * rows + i] <= value[node] ? 0 : 1);
        cover[node]++;
      }
    }
  }
  return cover;
}

/** The ways of one tree; leaves that no training row reaches are left out, no share of them goes there. */
function* waysOf({ column, value, left }: Forest, root: number, cover: Int32Array): Generator<Way> {
  const stack: { node: number; limits: ReadonlyMap<number, { low: number; high: number; share: number }> }[] = [{ node: root, limits: new Map() }];
  while (stack.length > 0) {
    const { node, limits } = stack.pop()!;
    if (column[node] < 0) {
      const entries = [...limits.values()];
      yield { value: value[node], feature: Int32Array.from(limits.keys()), low: Float64Array.from(entries, ({ low }) => low), high: Float64Array.from(entries, ({ high }) => high), share: Float64Array.from(entries, ({ share }) => share) };
      continue;
    }
    const before = limits.get(column[node]) ?? { low: -Infinity, high: Infinity, share: 1 };
    for (const right of [1, 0]) {
      const child = left[node] + right;
      if (cover[child] === 0) continue;
      const share = (before.share * cover[child]) / cover[node];
      const inside = right === 1 ? { ...before, low: Math.max(before.low, value[node]), share } : { ...before, high: Math.min(before.high, value[node]), share };
      stack.push({ node: child, limits: new Map(limits).set(column[node], inside) });
    }
  }
}

import type { FeatureName, FeatureRow, FeatureTable } from './diff-table.js';

/** How far two values may be apart: relative to the larger, or in absolute terms for values near nothing. */
export interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

/** One value in both tables. */
export interface Pair {
  readonly feature: FeatureName;
  readonly row: string;
  readonly a: number;
  readonly b: number;
  /** |a - b| over the larger magnitude; infinite where one of them is missing. */
  readonly relative: number;
  readonly differs: boolean;
}

/** One image type and family. */
export interface Group {
  readonly image: string;
  readonly family: string;
  readonly features: number;
  readonly values: number;
  readonly differing: number;
  /** Values that one table has and the other has not. */
  readonly missing: number;
  /** Of the differing values that both have; null when there are none. */
  readonly median: number | null;
  readonly max: number | null;
  /** The value that differs most, of those that both have. */
  readonly worst: Pair | undefined;
}

export interface Comparison {
  readonly rows: number;
  readonly pairs: readonly Pair[];
  readonly groups: readonly Group[];
  /** Pairs of rows that were compared, for their diagnostics. */
  readonly matched: readonly (readonly [a: FeatureRow, b: FeatureRow])[];
  readonly onlyInA: { readonly rows: readonly string[]; readonly features: readonly string[] };
  readonly onlyInB: { readonly rows: readonly string[]; readonly features: readonly string[] };
  /** True where rows were matched by their order, as nothing names them alike. */
  readonly byOrder: boolean;
}

export function compareTables(a: FeatureTable, b: FeatureTable, tolerance: Tolerance): Comparison {
  const { matched, byOrder } = matchRows(a.rows, b.rows);
  const inB = new Map(b.features.map((feature, i) => [feature.key, i]));
  const inA = new Set(a.features.map(({ key }) => key));
  const common = a.features.flatMap((feature, i) => (inB.has(feature.key) ? [{ feature, i, j: inB.get(feature.key)! }] : []));
  const pairs = matched.flatMap(([rowA, rowB]) => common.map(({ feature, i, j }) => pairOf(feature, rowA.key, rowA.values[i], rowB.values[j], tolerance)));
  const [rowsA, rowsB] = [new Set(matched.map(([row]) => row)), new Set(matched.map(([, row]) => row))];
  return {
    rows: matched.length,
    pairs,
    groups: groupsOf(pairs),
    matched,
    onlyInA: { rows: a.rows.filter((row) => !rowsA.has(row)).map(({ key }) => key), features: a.features.filter(({ key }) => !inB.has(key)).map(({ name }) => name) },
    onlyInB: { rows: b.rows.filter((row) => !rowsB.has(row)).map(({ key }) => key), features: b.features.filter(({ key }) => !inA.has(key)).map(({ name }) => name) },
    byOrder,
  };
}

/** Rows of one name; by their order where no name occurs in both tables and there are as many rows. */
function matchRows(a: readonly FeatureRow[], b: readonly FeatureRow[]): Pick<Comparison, 'matched' | 'byOrder'> {
  const byKey = new Map(b.map((row) => [row.key, row]));
  const matched = a.flatMap((row) => (byKey.has(row.key) ? [[row, byKey.get(row.key)!] as const] : []));
  if (matched.length > 0 || a.length !== b.length) return { matched, byOrder: false };
  return { matched: a.map((row, i) => [row, b[i]] as const), byOrder: true };
}

function pairOf(feature: FeatureName, row: string, a: number, b: number, { relative: limit, absolute }: Tolerance): Pair {
  if (Number.isNaN(a) || Number.isNaN(b)) {
    const differs = Number.isNaN(a) !== Number.isNaN(b);
    return { feature, row, a, b, relative: differs ? Infinity : 0, differs };
  }
  const apart = a === b ? 0 : Math.abs(a - b);
  const relative = apart === 0 ? 0 : apart / Math.max(Math.abs(a), Math.abs(b));
  return { feature, row, a, b, relative, differs: relative > limit && apart > absolute };
}

function groupsOf(pairs: readonly Pair[]): Group[] {
  const groups = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const key = `${pair.feature.image}\n${pair.feature.family}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [pair]);
    else group.push(pair);
  }
  return [...groups.values()].map((group): Group => {
    const differing = group.filter(({ differs }) => differs);
    const apart = differing.map(({ relative }) => relative).filter(Number.isFinite).sort((x, y) => x - y);
    const [{ feature }] = group;
    return {
      image: feature.image,
      family: feature.family,
      features: new Set(group.map((pair) => pair.feature.key)).size,
      values: group.length,
      differing: differing.length,
      missing: differing.filter(({ relative }) => relative === Infinity).length,
      median: apart.length === 0 ? null : (apart[(apart.length - 1) >> 1] + apart[apart.length >> 1]) / 2,
      max: apart.at(-1) ?? null,
      worst: differing.reduce<Pair | undefined>((worst, pair) => (pair.relative !== Infinity && (worst === undefined || pair.relative > worst.relative) ? pair : worst), undefined),
    };
  });
}

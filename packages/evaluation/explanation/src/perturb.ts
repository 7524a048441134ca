import { columnMajor, type Context, keepColumns, type Plain, predictorNames, random, type Random, rowSetDigest, type Table, takeRows } from '@radloom/core';
import { type Coalitions, coalitionsOf } from './coalitions.js';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly rows: number;
  readonly shuffles: number;
  readonly background: number;
  readonly coalitions: number;
}

/** What the rows of the perturbed tables are. */
export interface Design {
  readonly features: readonly string[];
  /** Explained rows, by id, in the table's order. */
  readonly rows: readonly string[];
  readonly shuffles: number;
  /** Number of background rows. */
  readonly background: number;
  readonly coalitions: Coalitions;
}

/**
 * Rows for the models to predict.
 *
 * `shuffled`: the n explained rows; then, feature by feature and shuffle by shuffle, the same rows with that column in random order: row i
 * of shuffle s of feature j is number `n + (j * shuffles + s) * n + i`.
 * `coalitions`: row i as set k knows it, the other features from background row b, is number `(i * sets + k) * background + b`; behind
 * them the background rows as they are. Without rows to explain both are as good as empty.
 */
export function perturb({ training, table }: { readonly training: Table; readonly table: Table }, settings: Settings, ctx: Context): { design: Plain; shuffled: Table; coalitions: Table } {
  const features = predictorNames(training);
  const stream = random(ctx.seed);
  const explained = drawnRows(table, settings.rows, stream);
  const background = drawnRows(training, settings.background, stream);
  const x = columnMajor(explained, features);
  const others = columnMajor(background, features);
  // One feature, or none, needs no sets: what it owes is the difference itself.
  const coalitions = features.length < 2 ? { features: features.length, known: new Uint8Array(), weight: new Float64Array() } : coalitionsOf(features.length, Math.max(settings.coalitions, 2 * features.length), stream);
  const design: Design = { features, rows: explained.rows.map((row) => row.id), shuffles: settings.shuffles, background: background.rows.length, coalitions };
  const shuffled = shuffledColumns(x, explained.rows.length, features.length, settings.shuffles, stream);
  return {
    design: { type: 'data', value: design },
    shuffled: tableOf(explained, features, shuffled, explained.rows.length * (1 + features.length * settings.shuffles), 'shuffled'),
    coalitions: tableOf(explained, features, coalitionColumns(x, explained.rows.length, others, background.rows.length, coalitions), (explained.rows.length * coalitions.weight.length + 1) * background.rows.length, 'coalition'),
  };
}

/** So many rows at most, in the table's order. */
function drawnRows(table: Table, count: number, stream: Random): Table {
  const { role, fold } = table.partition;
  if (table.rows.length <= count) return table;
  return takeRows(table, stream.permutation(table.rows.length).subarray(0, count).sort(), role, fold);
}

/** Column by column, values of the shuffled table's rows. */
function shuffledColumns(x: Float64Array, n: number, features: number, shuffles: number, stream: Random): Float64Array[] {
  const length = n * (1 + features * shuffles);
  const columns = Array.from({ length: features }, (_, c) => Float64Array.from({ length }, (_unused, i) => x[c * n + (i % n)]));
  columns.forEach((values, c) => {
    for (let s = 0; s < shuffles; s++) {
      const start = n + (c * shuffles + s) * n;
      stream.permutation(n).forEach((from, i) => (values[start + i] = x[c * n + from]));
    }
  });
  return columns;
}

/** Column by column, values of the coalition table's rows. */
function coalitionColumns(x: Float64Array, n: number, others: Float64Array, background: number, { features, known, weight }: Coalitions): Float64Array[] {
  const sets = weight.length;
  return Array.from({ length: features }, (_, c) => {
    const values = new Float64Array((n * sets + 1) * background);
    for (let i = 0, at = 0; i < n; i++) {
      for (let k = 0; k < sets; k++) for (let b = 0; b < background; b++, at++) values[at] = known[k * features + c] === 1 ? x[c * n + i] : others[c * background + b];
    }
    values.set(others.subarray(c * background, (c + 1) * background), n * sets * background);
    return values;
  });
}

/** A table of made rows on the side of the explained ones; their outcome means nothing, and is that of the first explained row. */
function tableOf(explained: Table, features: readonly string[], columns: readonly Float64Array[], length: number, name: string): Table {
  const rows = Array.from({ length }, (_, i) => ({ id: `${name}~${i + 1}` }));
  const { columns: [outcome] } = keepColumns(explained, []);
  const own = outcome.kind === 'numeric' ? { ...outcome, values: new Float64Array(length).fill(outcome.values[0] ?? 0) } : { ...outcome, codes: new Int32Array(length).fill(outcome.codes[0] ?? 0) };
  return {
    ...explained,
    rows,
    columns: [own, ...features.map((feature, c) => ({ kind: 'numeric' as const, name: feature, values: columns[c] }))],
    partition: { ...explained.partition, rowSet: rowSetDigest(rows.map((row) => row.id)) },
    failures: [],
    reasons: [],
  };
}

import { bothOutcomesOf, type Column, columnMajor, type Context, numbers, predictorNames, random, RadloomError, type Seed, type Table, takeRows } from '@radloom/core';
import { synthesise, type Synthetic } from './synthesise.js';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly neighbours: number;
  readonly ratio: number;
  readonly scale: boolean;
}

/** The training rows, and behind them the synthetic ones. */
export function resample({ table }: { readonly table: Table }, settings: Settings, ctx: Context): { table: Table } {
  refuseOthers(table);
  return { table: withRows(table, syntheticRows(table, settings, ctx.seed, ctx), 'smote') };
}

/** @throws `learning-rows` for rows that are not for learning */
function refuseOthers({ partition }: Table): void {
  if (partition.role === 'training') return;
  throw new RadloomError({ code: 'learning-rows', what: `SMOTE makes rows out of ${partition.role === 'all' ? 'all rows' : 'test rows'}, and they would teach.`, fix: 'Connect it to the training side of a split.', deterministic: false });
}

/**
 * The synthetic rows that a table needs, by indices of its own rows; none when the classes are already in the ratio.
 *
 * @throws `one-class`, `class-too-small`, `missing-value`
 */
function syntheticRows(table: Table, { neighbours, ratio, scale }: Settings, seed: Seed, ctx: Pick<Context, 'warn'>): Synthetic[] {
  const names = predictorNames(table);
  refuseMissing(table, names);
  const outcome = bothOutcomesOf(table);
  const events = outcome.reduce((sum, value) => sum + value, 0);
  const rarer = events * 2 <= outcome.length ? 1 : 0;
  const members = [...outcome.keys()].filter((row) => outcome[row] === rarer);
  const count = Math.round(ratio * (outcome.length - members.length)) - members.length;
  if (count <= 0) return [];
  if (members.length < 2) throw new RadloomError({ code: 'class-too-small', what: 'The rarer class has one training row: nothing lies between it and another.', fix: 'Leave SMOTE out, or use fewer folds.', data: { rows: members.length } });
  const near = Math.min(neighbours, members.length - 1);
  if (near < neighbours) ctx.warn('fewer-neighbours', `The rarer class has ${members.length} training rows: ${near} neighbours are used, not ${neighbours}.`, { rows: members.length, neighbours: near });
  const own = takeRows(table, members, 'training');
  const x = columnMajor(own, names);
  const divisor = Float64Array.from(names, (name) => (scale ? deviation(numbers(table, name)) : 1));
  return synthesise(x, members.length, divisor, near, count, random(seed)).map(({ base, other, part }) => ({ base: members[base], other: members[other], part }));
}

function refuseMissing(table: Table, names: readonly string[]): void {
  for (const name of names) {
    const at = numbers(table, name).findIndex((value) => !Number.isFinite(value));
    if (at >= 0) throw new RadloomError({ code: 'missing-value', what: `SMOTE cannot use column ${name}: the value of row ${table.rows[at].id} is missing or infinite.`, where: { field: name }, fix: 'Put impute under selection, or drop the column.' });
  }
}

/** With n - 1; 0 for a constant column, which then takes no part in distances. */
function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.every((value) => value === values[0]) ? 0 : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/**
 * A table with synthetic rows behind its own, called `prefix~1`, `prefix~2` … and belonging to the base's patient. Numbers lie between
 * those of the two rows; a column of at most two values, such as a yes or no, and categories are taken from the nearer one.
 */
function withRows(table: Table, synthetic: readonly Synthetic[], prefix: string): Table {
  if (synthetic.length === 0) return table;
  const known = new Set(table.rows.map((row) => row.id));
  const rows = synthetic.map(({ base }, i) => {
    const id = `${prefix}~${i + 1}`;
    if (known.has(id)) throw new RadloomError({ code: 'row-duplicate', what: `A row is called ${id}, as synthetic rows are.`, fix: 'Give the case another id.' });
    return { id, patient: table.rows[base].patient ?? table.rows[base].id };
  });
  const nearer = ({ base, other, part }: Synthetic) => (part < 0.5 ? base : other);
  const columns = table.columns.map((column): Column => {
    const n = table.rows.length;
    if (column.kind === 'categorical') return { ...column, codes: Int32Array.from({ length: n + synthetic.length }, (_, i) => column.codes[i < n ? i : nearer(synthetic[i - n])]) };
    const { values, name } = column;
    const twoValued = name === table.outcome?.column || new Set(values).size <= 2;
    const between = (row: Synthetic) => (twoValued ? values[nearer(row)] : values[row.base] + row.part * (values[row.other] - values[row.base]));
    return { ...column, values: Float64Array.from({ length: n + synthetic.length }, (_, i) => (i < n ? values[i] : between(synthetic[i - n]))) };
  });
  const all = [...table.rows, ...rows];
  return takeRows({ ...table, rows: all, columns }, all.map((_, i) => i), 'training', table.partition.fold);
}

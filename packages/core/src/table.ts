import { type Digest, digestOf } from './digest.js';
import { type Failure, nearestName, RadloomError } from './errors.js';
import type { Reason } from './features.js';

/** Numbers; NaN is missing. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly values: Float64Array;
}

/** Categories: per row an index into `levels`, -1 is missing. */
export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly name: string;
  readonly levels: readonly string[];
  readonly codes: Int32Array;
}

export type Column = NumericColumn | CategoricalColumn;

/** Which rows these are. A learning step takes `training` only; whoever holds rows of role `all` or `test` cannot teach. */
export interface Partition {
  readonly role: 'all' | 'training' | 'test';
  /** Digest of the row ids, sorted: the identity of the set of rows. */
  readonly rowSet: Digest;
  /** The resampling element these rows belong to (`holdout`, `r1f3`); absent for all rows. */
  readonly fold?: string;
  /** They teach because a step said as-published, and would not otherwise. */
  readonly asPublished?: true;
}

/** The binary outcome that a study predicts. */
export interface Outcome {
  readonly column: string;
  /** The level (or number, as text) that counts as the event. */
  readonly event: string;
  /** Columns that are known to separate the outcome perfectly and may: measured before it, not made from it. */
  readonly separatedBy?: readonly string[];
}

/** Where a row came from. */
export interface RowSource {
  readonly id: string;
  /** Rows of one patient stay together when folds are made. Default: the id. */
  readonly patient?: string;
  /** The row that this one repeats, in a sample drawn with replacement. */
  readonly copyOf?: string;
  /** Digests of the inputs behind the row, so that the same scan under two ids is found. */
  readonly inputs?: readonly Digest[];
}

/** Rows are cases, columns are variables. */
export interface Table {
  readonly type: 'table';
  readonly rows: readonly RowSource[];
  readonly columns: readonly Column[];
  readonly outcome?: Outcome;
  readonly partition: Partition;
  /** Cases that should be rows and are not, each with its first cause. */
  readonly failures: readonly { readonly id: string; readonly failure: Failure }[];
  /** Why single values are missing: `[row id, column, reason]`. */
  readonly reasons: readonly (readonly [string, string, Reason])[];
}

export function rowSetDigest(ids: readonly string[]): Digest {
  return digestOf([...ids].sort());
}

export function makeTable(init: {
  rows: readonly RowSource[];
  columns: readonly Column[];
  outcome?: Outcome;
  role?: Partition['role'];
  fold?: string;
  failures?: Table['failures'];
  reasons?: Table['reasons'];
}): Table {
  const { rows, columns, outcome, role = 'all', fold, failures = [], reasons = [] } = init;
  const ids = rows.map((row) => row.id);
  const names = new Set<string>();
  for (const column of columns) {
    const length = column.kind === 'numeric' ? column.values.length : column.codes.length;
    if (length !== rows.length) throw new RadloomError({ code: 'column-length', what: `Column ${column.name} has ${length} values for ${rows.length} rows.` });
    if (names.has(column.name)) throw new RadloomError({ code: 'column-duplicate', what: `Two columns are called ${column.name}.`, where: { field: column.name } });
    names.add(column.name);
  }
  const duplicate = firstRepeated(ids);
  if (duplicate !== undefined) throw new RadloomError({ code: 'row-duplicate', what: `Two rows are called ${duplicate}.` });
  const partition: Partition = fold === undefined ? { role, rowSet: rowSetDigest(ids) } : { role, rowSet: rowSetDigest(ids), fold };
  return { type: 'table', rows, columns, ...(outcome === undefined ? {} : { outcome }), partition, failures, reasons };
}

function firstRepeated(ids: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return ids.find((id) => seen.size === seen.add(id).size);
}

/** The column of that name, or an error with the nearest one. */
export function column(table: Table, name: string): Column {
  const found = table.columns.find((c) => c.name === name);
  if (found !== undefined) return found;
  const near = nearestName(name, table.columns.map((c) => c.name));
  throw new RadloomError({
    code: 'column-unknown',
    what: `The table has no column ${name}.`,
    where: { field: name },
    ...(near === undefined ? {} : { fix: `Did you mean ${near}?` }),
  });
}

/** The numbers of a numeric column (not a copy). */
export function numbers(table: Table, name: string): Float64Array {
  const found = column(table, name);
  if (found.kind === 'numeric') return found.values;
  throw new RadloomError({ code: 'column-not-numeric', what: `Column ${name} holds categories (${found.levels.slice(0, 4).join(', ')}), numbers are needed.`, where: { field: name } });
}

/**
 * The outcome, 1 for the event and 0 for the other value.
 *
 * @throws `outcome-missing` when a row has none, `outcome-absent` when the table has no outcome, `outcome-levels` when it has a third value,
 *         which would be counted as no event unseen
 */
export function outcomeOf(table: Table): Uint8Array {
  if (table.outcome === undefined) throw new RadloomError({ code: 'outcome-absent', what: 'The table has no outcome column.', fix: 'Name it in the study file under cohort: outcome.' });
  const { column: name, event } = table.outcome;
  const found = column(table, name);
  const out = new Uint8Array(table.rows.length);
  const missing: string[] = [];
  const seen = new Set<string>();
  table.rows.forEach((row, i) => {
    const value = found.kind === 'numeric' ? (Number.isNaN(found.values[i]) ? undefined : String(found.values[i])) : found.levels[found.codes[i]];
    if (value === undefined) missing.push(row.id);
    else seen.add(value);
    out[i] = value === event ? 1 : 0;
  });
  if (missing.length > 0) {
    throw new RadloomError({ code: 'outcome-missing', what: `The outcome ${name} is missing in ${missing.length} rows: ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ' …' : ''}.`, where: { field: name } });
  }
  if (seen.size > 2) {
    const values = [...seen].sort();
    throw new RadloomError({
      code: 'outcome-levels', what: `The outcome ${name} has ${values.length} values (${values.slice(0, 6).join(', ')}${values.length > 6 ? ' …' : ''}) where two are needed.`, where: { field: name },
      fix: 'Make a column of two values from it, or leave out the cases of the others.', data: { values: values.slice(0, 100) },
    });
  }
  return out;
}

/**
 * The outcome of rows from which is learned what tells the two apart.
 *
 * @throws what `outcomeOf` throws, and `one-class` when only one of them occurs
 */
export function bothOutcomesOf(table: Table): Uint8Array {
  const outcome = outcomeOf(table);
  if (outcome.includes(0) && outcome.includes(1)) return outcome;
  const { column: name, event } = table.outcome!;
  throw new RadloomError({
    code: 'one-class', what: `All ${outcome.length} rows have the same outcome: ${name} is ${outcome.includes(1) ? 'always' : 'never'} ${event}.`, where: { field: name },
    fix: 'Two outcomes are needed: check the outcome column and the split.',
  });
}

/** Names of the columns a model may use: numeric, and not the outcome. */
export function predictorNames(table: Table): string[] {
  return table.columns.filter((c) => c.kind === 'numeric' && c.name !== table.outcome?.column).map((c) => c.name);
}

/** Those of the named columns of numbers that hold at most one value; missing ones do not count. */
export function constantNames(table: Table, names: readonly string[]): string[] {
  return names.filter((name) => {
    const known = numbers(table, name).filter((value) => !Number.isNaN(value));
    return known.every((value) => value === known[0]);
  });
}

/** Names of the columns of categories, but the outcome: no model takes them as they are. */
export function categoryNames(table: Table): string[] {
  return table.columns.filter((c) => c.kind === 'categorical' && c.name !== table.outcome?.column).map((c) => c.name);
}

/** The same table with only these columns (the outcome column always stays), in the given order. */
export function keepColumns(table: Table, names: readonly string[]): Table {
  const kept = names.filter((name) => name !== table.outcome?.column).map((name) => column(table, name));
  const outcome = table.outcome === undefined ? [] : [column(table, table.outcome.column)];
  const keptNames = new Set([...kept, ...outcome].map((c) => c.name));
  return { ...table, columns: [...outcome, ...kept], reasons: table.reasons.filter(([, name]) => keptNames.has(name)) };
}

/** The same table with some columns replaced or added (by name). */
export function withColumns(table: Table, columns: readonly Column[]): Table {
  const replaced = new Map(columns.map((c) => [c.name, c]));
  const kept = table.columns.map((c) => replaced.get(c.name) ?? c);
  const names = new Set(kept.map((c) => c.name));
  return makeTable({ ...table, role: table.partition.role, fold: table.partition.fold, columns: [...kept, ...columns.filter((c) => !names.has(c.name))] });
}

/** Some rows of a table, in the given order, as a partition of their own. */
export function takeRows(table: Table, indices: readonly number[] | Uint32Array, role: Partition['role'], fold?: string): Table {
  const picked = Array.from(indices);
  const rows = picked.map((i) => table.rows[i]);
  const ids = new Set(rows.map((row) => row.id));
  const columns = table.columns.map((c): Column =>
    c.kind === 'numeric' ? { ...c, values: Float64Array.from(picked, (i) => c.values[i]) } : { ...c, codes: Int32Array.from(picked, (i) => c.codes[i]) },
  );
  return makeTable({ rows, columns, outcome: table.outcome, role, fold, failures: table.failures, reasons: table.reasons.filter(([id]) => ids.has(id)) });
}

/** The predictors as one matrix, column by column: value of row r, column c at `c * rows + r`. */
export function columnMajor(table: Table, names: readonly string[]): Float64Array {
  const n = table.rows.length;
  const matrix = new Float64Array(n * names.length);
  names.forEach((name, c) => matrix.set(numbers(table, name), c * n));
  return matrix;
}

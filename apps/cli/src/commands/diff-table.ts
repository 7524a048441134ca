import { nearestName, RadloomError } from '@radloom/core';
import type { InputTable } from '../tables/read.js';
import type { Cell } from '../tables/table.js';

/** A column of numbers, its name taken apart: `wavelet-LLH_glcm_Contrast`. */
export interface FeatureName {
  /** As both tables may call it: without `original_`, sigma without its zero. */
  readonly key: string;
  /** As this table calls it. */
  readonly name: string;
  readonly image: string;
  readonly family: string;
  readonly feature: string;
}

/** A table of features, whatever its layout was: one row a case. */
export interface FeatureTable {
  readonly features: readonly FeatureName[];
  readonly rows: readonly FeatureRow[];
}

export interface FeatureRow {
  readonly key: string;
  /** By feature, in the table's order; NaN where there is no number. */
  readonly values: Float64Array;
  /** Diagnostics as text, by name. */
  readonly diagnostics: ReadonlyMap<string, string>;
}

const families = ['firstorder', 'glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm', 'shape2D', 'shape'];
const pattern = new RegExp(`^(?:(.+)_)?(${families.join('|')})_([A-Za-z0-9]+)$`, 'i');
const missing = new Set(['', 'nan', 'na', 'n/a', 'none', 'null', '.', '-nan']);
/** Columns that say which case a row is, in the order in which they are tried. */
const caseColumns = ['case', 'id', 'patientid', 'patient_id', 'patient', 'subject', 'image', 'reader.image'];
const notFeatures = new Set([...caseColumns, 'mask', 'label', 'label_channel', 'roi', 'status', 'reason', 'fix', 'reasons', 'code', 'sentence', '']);

/** Takes a column's name apart; a name of no known family is its own feature. */
export function featureName(name: string): FeatureName {
  const [, prefix = 'original', family, feature] = pattern.exec(name) ?? [];
  if (family === undefined) return { key: name.toLowerCase(), name, image: '', family: 'other', feature: name };
  // Tools that lost the difference between 2 and 2.0 call the same image differently.
  const image = prefix.replace(/^(log-sigma-\d+)-0-mm/, '$1-mm');
  const known = families.find((candidate) => candidate.toLowerCase() === family.toLowerCase())!;
  return { key: `${image}_${known}_${feature}`.toLowerCase(), name, image: prefix, family: known, feature };
}

const isFeature = (name: string): boolean => pattern.test(name);

/**
 * A table of any layout as rows of cases: one row a case, one row a feature (as PyRadiomics' own reference tables are), or one row a value
 * with columns for the feature's name and the value.
 *
 * @param keys columns that say which case a row is; found by their names when empty
 * @throws `column-unknown`, `case-duplicate`, `no-features`
 */
export function featureTable(input: InputTable, file: string, keys: readonly string[]): FeatureTable {
  const wide = widened(input, file);
  const byName = wide.columns.map((name, at) => ({ name, at }));
  const keyed = keyColumns(wide, file, keys);
  const numeric = byName.filter(({ name, at }) => !keys.includes(name) && !name.startsWith('diagnostics_') && (isFeature(name) || (!notFeatures.has(name.toLowerCase()) && isNumeric(wide.rows.map((row) => row[at])))));
  if (numeric.length === 0) throw new RadloomError({ code: 'no-features', what: 'The table has no column of numbers to compare.', where: { file }, fix: 'Features are columns such as original_glcm_Contrast, or rows of a table with the columns feature and value.' });
  const features = numeric.map(({ name }) => featureName(name));
  const diagnostics = byName.filter(({ name }) => name.startsWith('diagnostics_'));
  const rows = wide.rows.map((row, i): FeatureRow => ({
    key: keyed[i],
    values: Float64Array.from(numeric, ({ at }) => numberOf(row[at])),
    diagnostics: new Map(diagnostics.map(({ name, at }) => [name, String(row[at] ?? '')])),
  }));
  return { features, rows };
}

/** A long table, or one with features as rows, as a wide one. */
function widened(input: InputTable, file: string): InputTable {
  const lower = input.columns.map((name) => name.toLowerCase());
  const value = lower.findIndex((name) => name === 'value' || name === 'values');
  const feature = lower.findIndex((name) => ['feature', 'features', 'feature_name', 'featurename', 'name', 'variable'].includes(name));
  if (value >= 0 && feature >= 0) return fromLong(input, feature, value);
  const first = input.rows.map((row) => String(row[0] ?? ''));
  // PyRadiomics' prints: `Case-1_original_glcm_Contrast: 12.5`.
  if (input.columns.length === 1 || first.filter(isFeature).length * 2 <= first.length) return input;
  const columns = ['case', ...first];
  const rows = input.columns.slice(1).map((name, i): Cell[] => [name, ...input.rows.map((row) => row[i + 1])]);
  if (rows.length === 0) throw new RadloomError({ code: 'no-features', what: 'The table names features and has no values.', where: { file } });
  return { columns, rows, lines: rows.map((_, i) => i + 1) };
}

function fromLong(input: InputTable, feature: number, value: number): InputTable {
  const others = input.columns.map((_, i) => i).filter((i) => i !== feature && i !== value);
  const names = [...new Set(input.rows.map((row) => String(row[feature] ?? '')))];
  const position = new Map(names.map((name, i) => [name, others.length + i]));
  const cases = new Map<string, Cell[]>();
  for (const row of input.rows) {
    const of = others.map((i) => row[i]);
    const key = JSON.stringify(of);
    if (!cases.has(key)) cases.set(key, [...of, ...names.map(() => null)]);
    cases.get(key)![position.get(String(row[feature] ?? ''))!] = row[value];
  }
  const rows = [...cases.values()];
  return { columns: [...others.map((i) => input.columns[i]), ...names], rows, lines: rows.map((_, i) => i + 1) };
}

/** What each row is called: cells of the key columns; file names without their folders. */
function keyColumns(table: InputTable, file: string, keys: readonly string[]): string[] {
  for (const name of keys) {
    if (table.columns.includes(name)) continue;
    const near = nearestName(name, table.columns);
    throw new RadloomError({ code: 'column-unknown', what: `The table has no column ${name}.`, where: { file, field: name }, fix: near === undefined ? `Its columns are ${table.columns.slice(0, 20).join(', ')}.` : `Did you mean ${near}?` });
  }
  const lower = table.columns.map((name) => name.toLowerCase());
  const at = (name: string): number => lower.indexOf(name);
  const named = keys.length > 0 ? keys.map((name) => table.columns.indexOf(name)) : [caseColumns.map(at).find((i) => i >= 0)].filter((i) => i !== undefined);
  const text = (columns: readonly number[]): string[] => table.rows.map((row) => columns.map((i) => baseName(String(row[i] ?? ''))).join(', '));
  const distinct = (found: readonly string[]): boolean => new Set(found).size === found.length;
  let found = named.length === 0 ? table.rows.map((_, i) => `row ${i + 1}`) : text(named);
  // Several regions of one scan are told apart by mask and label.
  if (keys.length === 0) for (const more of ['label', 'mask', 'roi']) if (!distinct(found) && at(more) >= 0) found = text([...named, ...['label', 'mask', 'roi'].slice(0, ['label', 'mask', 'roi'].indexOf(more) + 1).map(at).filter((i) => i >= 0)]);
  if (distinct(found)) return found;
  const twice = found.find((key, i) => found.indexOf(key) !== i)!;
  throw new RadloomError({ code: 'case-duplicate', what: `Several rows are called ${twice}.`, where: { file }, fix: 'Name the columns that tell rows apart: --key PatientID Label.' });
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function isNumeric(cells: readonly Cell[]): boolean {
  const present = cells.filter((cell) => !isMissing(cell));
  return present.length > 0 && present.every((cell) => !Number.isNaN(numberOf(cell)));
}

const isMissing = (cell: Cell): boolean => cell === null || (typeof cell === 'string' && missing.has(cell.toLowerCase()));

function numberOf(cell: Cell): number {
  if (typeof cell === 'number') return cell;
  return isMissing(cell) ? NaN : Number(String(cell).replace(/^([+-]?)inf$/i, '$1Infinity'));
}

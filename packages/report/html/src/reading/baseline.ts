import { number, record, text } from './plain.js';
import type { StudyResults } from './results.js';

/** A baseline table as the step printed it, a row a line, columns in the step's order. */
export interface Baseline {
  /** The event first. */
  readonly groups: readonly { readonly label: string; readonly rows: number }[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** The first baseline table among the data given; undefined where there is none of the expected form. */
export function baselineTable({ data }: StudyResults): Baseline | undefined {
  for (const { value } of data) {
    const found = record(value?.value);
    if (text(found?.family) !== 'baseline-table' || !Array.isArray(found?.columns) || !Array.isArray(found.rows)) continue;
    const columns = found.columns.flatMap((name) => text(name) ?? []);
    const rows = found.rows.flatMap((row) => (Array.isArray(row) && row.length === columns.length ? [row.map((cell) => text(cell) ?? '')] : []));
    const groups = Array.isArray(found.groups) ? found.groups.flatMap((group) => ({ label: text(record(group)?.label) ?? '', rows: number(record(group)?.rows) ?? NaN })) : [];
    const notes = Array.isArray(found.notes) ? found.notes.flatMap((note) => text(record(note)?.text) ?? []) : [];
    return { groups, columns, rows, notes };
  }
  return undefined;
}

/** True when the study asked for a baseline table: it came, or failed. */
export function baselineAsked({ data }: StudyResults): boolean {
  return data.some(({ name, value }) => text(record(value?.value)?.family) === 'baseline-table' || (value === undefined && name === 'baseline-table'));
}

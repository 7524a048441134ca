import { column, type Column, type Context, outcomeOf, type Plain, RadloomError, type Table } from '@radloom/core';
import { compareColumn, measureOf } from '@radloom/statistics';
import { printed } from './printed.js';
import type { Settings } from './settings.js';
import { type Variable, variableOf } from './variable.js';

export interface RunInputs {
  readonly table: Table;
  readonly clinical?: Table;
}

/** The value of the output: the table as printed, and every number behind it. */
export interface BaselineTable {
  readonly family: 'baseline-table';
  /** The event first. */
  readonly groups: readonly { readonly label: string; readonly rows: number }[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly variables: readonly Variable[];
  readonly rules: Omit<Settings, 'columns' | 'measure' | 'decimals'>;
  readonly notes: readonly { readonly code: string; readonly text: string }[];
}

/**
 * Describes the rows of `table` by outcome. Nothing is learned: the rows may be all rows of a study.
 *
 * @throws `column-unknown`, `column-infinite` with column and row, `outcome-missing`
 */
export function run({ table, clinical }: RunInputs, settings: Settings, ctx: Context): { table: Plain } {
  const event = outcomeOf(table);
  const events = event.reduce((sum, value) => sum + value, 0);
  const variables = described(table, clinical, settings).map((own) => {
    refuseInfinite(own, table);
    return variableOf(own.name, compareColumn(own, event, settings, settings.measure[own.name] ?? measureOf(own)), table.rows.length);
  });
  const notes = variables.flatMap(notesOf(settings.alpha));
  for (const { code, text } of notes) ctx.warn(code, text);
  const { column: outcome, event: value } = table.outcome!;
  const groups = [{ label: `${outcome} = ${value}`, rows: events }, { label: `${outcome} other than ${value}`, rows: event.length - events }];
  const { columns: _columns, measure: _measure, decimals, ...rules } = settings;
  const result: BaselineTable = { family: 'baseline-table', groups, ...printed(variables, groups, table.rows.length, decimals), variables, rules, notes };
  return { table: { type: 'data', value: result } };
}

/** The columns to describe, for the rows of `table` in its order; from the clinical table where it has them. */
function described(table: Table, clinical: Table | undefined, { columns, measure }: Settings): Column[] {
  const holder = clinical ?? table;
  const names = columns.length > 0 ? columns : holder.columns.map(({ name }) => name).filter((name) => name !== table.outcome?.column);
  const found = names.map((name) => (clinical !== undefined && (clinical.columns.some((own) => own.name === name) || !table.columns.some((own) => own.name === name)) ? ofRows(clinical, name, table) : column(table, name)));
  for (const name of Object.keys(measure)) if (!names.includes(name)) throw new RadloomError({ code: 'column-unknown', what: `${name} is to be measured in a way of its own, and is not in the table.`, where: { field: 'measure' }, fix: `Variables are ${names.slice(0, 8).join(', ')}${names.length > 8 ? ' …' : ''}.` });
  return found;
}

/** A column of the clinical table for the rows of another. */
function ofRows(clinical: Table, name: string, table: Table): Column {
  const own = column(clinical, name);
  const position = new Map(clinical.rows.map(({ id }, row) => [id, row]));
  const places = table.rows.map(({ id }) => {
    const at = position.get(id);
    if (at === undefined) throw new RadloomError({ code: 'clinical-missing', what: `The clinical table has no row for ${id}.`, fix: 'Add it, or leave the case out of the cohort.' });
    return at;
  });
  return own.kind === 'numeric' ? { ...own, values: Float64Array.from(places, (at) => own.values[at]) } : { ...own, codes: Int32Array.from(places, (at) => own.codes[at]) };
}

function refuseInfinite(own: Column, table: Table): void {
  const at = own.kind === 'numeric' ? own.values.findIndex((value) => Math.abs(value) === Infinity) : -1;
  if (at < 0) return;
  throw new RadloomError({ code: 'infinite-value', what: `Column ${own.name} is infinite in row ${table.rows[at].id}, so it has no mean.`, where: { field: own.name }, fix: 'Correct the value, or leave it empty.' });
}

/** What a reader of the table must know of a variable. */
const notesOf = (alpha: number) => ({ name, test, pValue, reason, variants, variantsDisagree }: Variable): { code: string; text: string }[] => {
  const notes: { code: string; text: string }[] = [];
  if (variantsDisagree) {
    const all = Object.entries(variants).filter(([, p]) => !Number.isNaN(p)).map(([variant, p]) => `${variant} ${p.toPrecision(3)}`);
    notes.push({ code: 'test-variant-decides', text: `${name}: whether P is below ${alpha} depends on the test (${all.join(', ')}); the table gives ${test}, ${pValue.toPrecision(3)}.` });
  }
  if (reason !== undefined) notes.push({ code: 'not-tested', text: `${name} has no P: ${reason}.` });
  return notes;
};

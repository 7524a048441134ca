import { columnMajor, constantNames, type Context, numbers, outcomeOf, predictorNames, random, RadloomError, type Selection, type Table } from '@radloom/core';
import { nogueiraStability, type Stratum, strataOf } from '@radloom/statistics';
import { firstToEnter } from './entering.js';

export interface StabilitySettings {
  readonly subsamples: number;
  readonly share: number;
  readonly entering: number;
  readonly threshold: number;
  readonly alpha: number;
}

/**
 * Columns chosen in a large enough share of the subsamples, most often chosen first. The summary has the share of every column that was ever
 * chosen, Nogueira's stability of the choices, and the bound on falsely kept columns.
 *
 * @throws `missing-value` with column and row, `one-class`, `too-few-rows`
 */
export function select(table: Table, settings: StabilitySettings, ctx: Context): Selection {
  const names = predictorNames(table);
  refuseMissing(table, names);
  if (names.length === 0) {
    ctx.warn('stability-nothing-given', 'No column is left to choose from.');
    return { selected: [], summary: { frequency: [] } };
  }
  const constant = constantNames(table, names);
  if (constant.length > 0) ctx.warn('constant-column', `${constant.length} columns have one value only and cannot be chosen: ${constant.slice(0, 5).join(', ')}${constant.length > 5 ? ' …' : ''}.`);
  const y = outcomeOf(table);
  const strata = strataOf(table, true, 0);
  const stream = random(ctx.seed);
  const x = columnMajor(table, names);
  const chosen: number[][] = [];
  for (let s = 0; s < settings.subsamples; s++) {
    ctx.signal.throwIfAborted();
    const rows = strata.flatMap((stratum) => drawn(stratum, settings.share, (count) => stream.permutation(count)));
    const part = new Float64Array(rows.length * names.length);
    for (let c = 0; c < names.length; c++) rows.forEach((row, i) => (part[c * rows.length + i] = x[c * y.length + row]));
    chosen.push(firstToEnter({ x: part, rows: rows.length, columns: names.length, y: Uint8Array.from(rows, (row) => y[row]) }, settings.entering, settings.alpha));
    ctx.progress(s + 1, settings.subsamples);
  }
  return selectionOf(chosen, names, settings, ctx);
}

function selectionOf(chosen: readonly (readonly number[])[], names: readonly string[], settings: StabilitySettings, ctx: Context): Selection {
  const counts = new Uint32Array(names.length);
  for (const set of chosen) for (const column of set) counts[column]++;
  const frequency = names
    .map((column, c) => ({ column, count: counts[c], share: counts[c] / chosen.length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const selected = frequency.filter(({ share }) => share >= settings.threshold).map(({ column }) => column);
  if (selected.length === 0) {
    const most = frequency.length === 0 ? 'no column enters the lasso' : `the most frequent, ${frequency[0].column}, is chosen in ${Math.round(100 * frequency[0].share)}%`;
    ctx.warn('stability-nothing-kept', `No column is chosen in ${Math.round(100 * settings.threshold)}% of the subsamples: ${most}.`);
  }
  const { index, lower, upper } = nogueiraStability(chosen, names.length);
  return {
    selected,
    summary: { subsamples: settings.subsamples, share: settings.share, entering: settings.entering, threshold: settings.threshold, frequency, stability: { index, lower, upper }, ...falselyKept(settings, names.length) },
  };
}

/** The bound on the expected number of falsely kept columns, q² / ((2π - 1) p), which holds for thresholds above a half (Meinshausen & Bühlmann 2010). */
function falselyKept({ entering, threshold }: StabilitySettings, candidates: number): { falselyKept?: number } {
  return threshold > 0.5 ? { falselyKept: Math.min(entering, candidates) ** 2 / ((2 * threshold - 1) * candidates) } : {};
}

/** Rows of some patients of a stratum: its share, at least one. */
function drawn({ name, patients }: Stratum, share: number, shuffled: (count: number) => Uint32Array): number[] {
  const count = Math.max(1, Math.floor(patients.length * share));
  if (patients.length < 2) throw new RadloomError({ code: 'too-few-rows', what: `There are ${patients.length} training patients ${name}; subsamples need at least 2.`, fix: 'Use more cases.' });
  return [...shuffled(patients.length).subarray(0, count)].flatMap((i) => patients[i]);
}

function refuseMissing(table: Table, names: readonly string[]): void {
  for (const name of names) {
    const at = numbers(table, name).findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    throw new RadloomError({ code: 'missing-value', what: `Stability selection cannot use column ${name}: the value of row ${table.rows[at].id} is missing or infinite.`, where: { field: name }, fix: 'Put impute before stability under selection, or drop the column.' });
  }
}

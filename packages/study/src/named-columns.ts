import { nearestName, RadloomError } from '@radloom/core';
import type { Cohort } from './cohort.js';
import type { ColumnGroup } from './extraction.js';
import { nameAndSettings, type Study } from './schema.js';

/**
 * Refuses columns that steps are told to look at and that no table will have. A step cannot tell such a name from one that an earlier step
 * dropped; here all names are known, unless the study brings plugins of its own, which may make columns.
 *
 * @throws `column-unknown` naming the step, with the nearest name
 */
export function requireNamedColumns(study: Study, selection: readonly { readonly name: string; readonly settings: Readonly<Record<string, unknown>> }[], cohort: Cohort, columns: readonly ColumnGroup[], file: string): void {
  if (study.plugins.length > 0) return;
  const features = columns.flatMap(({ prefix, features: names }) => names.map((name) => prefix + name));
  const rows = [...study.cohort.clinical, ...features];
  for (const [name, { columns: asked }] of Object.entries(study.sets)) require(asked, rows, `sets.${name}.columns`, file, cohort);
  for (const { name, settings } of selection) for (const setting of ['columns', 'covariates', 'leave', 'order']) require(settings[setting], rows, `selection.${name}.${setting}`, file, cohort);
  for (const { name, settings } of study.evaluation.map(nameAndSettings)) if (name === 'baseline-table') require(settings.columns, [...cohort.columns, ...features], `evaluation.${name}.columns`, file, cohort);
}

function require(asked: unknown, known: readonly string[], field: string, file: string, cohort: Cohort): void {
  if (!Array.isArray(asked)) return;
  for (const name of asked as unknown[]) {
    if (typeof name !== 'string' || known.includes(name)) continue;
    if (cohort.columns.includes(name)) throw new RadloomError({ code: 'column-unknown', what: `${name} is a column of the cohort table, and none that the models may use.`, where: { file, field }, fix: 'Add it under cohort: clinical.' });
    const near = nearestName(name, known);
    throw new RadloomError({ code: 'column-unknown', what: `There will be no column ${name}.`, where: { file, field }, fix: near === undefined ? 'Columns are clinical ones, and features called image_family_Feature.' : `Did you mean ${near}?` });
  }
}

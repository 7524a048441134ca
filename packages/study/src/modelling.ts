import { RadloomError, type Table } from '@radloom/core';
import { from, type Ref, source, type Step } from '@radloom/engine';
import { type AddStep, modelChains, type Sides, tuningFolds } from './chain.js';
import { evaluationSteps } from './evaluating.js';
import type { ColumnGroup, FindPlugin } from './extraction.js';
import { nameAndSettings, type Study } from './schema.js';

export { combinations } from './candidates.js';

export interface ModellingGraph {
  readonly steps: readonly Step[];
  /** Ids of the folds, of those that tuning makes within the training rows of each, and of those of all rows where the analysis runs once more. */
  readonly dimensions: { readonly fold: readonly string[]; readonly tuning: readonly string[]; readonly nested?: readonly string[] };
  /** What a report is given. */
  readonly report: { readonly table: Ref; readonly models: readonly Ref[]; readonly choices: readonly Ref[]; readonly predictions: readonly Ref[]; readonly metrics: readonly Ref[]; readonly controls: readonly Ref[]; readonly nested: readonly Ref[]; readonly data: readonly Ref[] };
}

/**
 * The steps above the cases: one table; rows divided; on each fold's training rows transforms and selectors, tuned models and their blend;
 * predictions of both sides; evaluation; and the same once more for each control. Everything that learns is connected to training rows only.
 *
 * @param groups the column by which the rows are divided, if the splitter asks for one
 * @param second the table of a second reading, if there is one
 * @param shared whether the source `shared-images` says which cases have an image in common
 */
export function modellingGraph(study: Study, columns: readonly ColumnGroup[], find: FindPlugin, groups?: Table, second?: Ref, shared = false): ModellingGraph {
  const steps: Step[] = [];
  const add: AddStep = (step) => {
    steps.push(step);
    return step.id;
  };
  const table = from(
    add({
      id: 'table',
      plugin: 'transform/assemble',
      operation: 'run',
      params: {
        columns: columns.map(({ step, prefix, features }) => ({ input: step, prefix, features })),
        outcome: { column: study.cohort.outcome.column, event: String(study.cohort.outcome.event), ...(study.cohort.outcome.separatedBy.length === 0 ? {} : { separatedBy: study.cohort.outcome.separatedBy }) },
        clinicalColumns: study.cohort.clinical,
      },
      inputs: { features: columns.map(({ step, output }) => from(step, output, { gather: ['case'] })), clinical: source('clinical'), ...(shared ? { shared: source('shared-images') } : {}) },
    }),
    'table',
  );

  const { folds, sides: divisions } = divided(study, table, find, add, groups);
  const again = nestedSides(study, table, find, add);
  const sides: Sides = second === undefined ? divisions : { ...divisions, second };
  const all = modelChains(study, sides, find, add);
  const { metrics, data } = evaluationSteps(study, all, table, folds.length, find, add);
  // As the result itself is measured, or as usual where the study does not measure it.
  const discrimination = study.evaluation.map(nameAndSettings).find(({ name }) => name === 'discrimination')?.settings ?? {};
  const controls = study.controls.map((entry): Ref => {
    const { name, settings } = nameAndSettings(entry);
    const control = modelChains(study, controlled(name, settings, sides, find, add), find, add, `control.${name}.`);
    return from(add({ id: `control.${name}.discrimination`, plugin: 'evaluation/discrimination', operation: 'run', params: discrimination, inputs: { predictions: control.predictions } }), 'metrics', { name });
  });
  const nested = again === undefined ? [] : nestedMetrics(study, second === undefined ? again.sides : { ...again.sides, second }, discrimination, find, add);
  const tuning = elementsOf('splitter/k-fold', tuningFolds(study), find);
  return { steps, dimensions: { fold: folds, tuning, ...(again === undefined ? {} : { nested: again.folds }) }, report: { table, models: all.models, choices: all.choices, predictions: all.predictions, metrics, controls, nested, data } };
}

/** The analysis once more on nested folds: how well it predicts and, where the study evaluates its selection, how often each feature is chosen. */
function nestedMetrics(study: Study, sides: Sides, discrimination: Record<string, unknown>, find: FindPlugin, add: AddStep): Ref[] {
  const again = modelChains(study, sides, find, add, 'nested.');
  const judged = from(add({ id: 'nested.discrimination', plugin: 'evaluation/discrimination', operation: 'run', params: discrimination, inputs: { predictions: again.predictions } }), 'metrics', { name: 'nested' });
  const asked = study.evaluation.map(nameAndSettings).find(({ name }) => name === 'selection');
  const selection = again.chains.at(-1)?.selection ?? [];
  if (asked === undefined || selection.length === 0) return [judged];
  const models = selection.map((model): Ref => ({ ...model, gather: [sides.dimension] }));
  return [judged, from(add({ id: 'nested.selection', plugin: 'evaluation/selection', operation: 'stability', params: asked.settings, inputs: { models } }), 'metrics', { name: 'nested.selection' })];
}

/** The column of the cohort table by which the study's splitter divides, if it does so by a column. */
export function groupingColumn(study: Study, find: FindPlugin): string | undefined {
  const splitter = find(`splitter/${study.split.method}`);
  const given = study.split.settings.column;
  if (splitter.operations.assign.inputs.groups === undefined) return undefined;
  return typeof given === 'string' ? given : (splitter.params.parse({}) as { column: string }).column;
}

/** Both sides of each fold. */
function divided(study: Study, table: Ref, find: FindPlugin, add: AddStep, groups: Table | undefined): { folds: readonly string[]; sides: Sides } {
  const plugin = `splitter/${study.split.method}`;
  const splitter = find(plugin);
  const asksGroups = 'groups' in splitter.params.shape && study.split.settings.groups === undefined;
  const params = { ...study.split.settings, ...(asksGroups ? { groups: levelsOf(groups) } : {}) };
  const folds = elementsOf(plugin, params, find);
  const assigned = from(add({ id: 'split', plugin, operation: 'assign', params, inputs: { table, ...(groups === undefined ? {} : { groups: source('groups') }) } }), 'folds');
  const taken = add({ id: 'fold', plugin, operation: 'take', params, inputs: { table, folds: assigned } });
  return { folds, sides: { training: from(taken, 'training'), test: from(taken, 'test'), dimension: 'fold' } };
}

/** Both sides of each fold of all rows, for the analysis once more. */
function nestedSides(study: Study, table: Ref, find: FindPlugin, add: AddStep): { folds: readonly string[]; sides: Sides } | undefined {
  if (study.nested === null) return undefined;
  const plugin = 'splitter/k-fold';
  const params = study.nested;
  const folds = elementsOf(plugin, params, find);
  const assigned = from(add({ id: 'nested.split', plugin, operation: 'assign', params, inputs: { table } }), 'folds');
  const taken = add({ id: 'nested.fold', plugin, operation: 'take', params, inputs: { table, folds: assigned }, scatter: 'nested' });
  return { folds, sides: { training: from(taken, 'training'), test: from(taken, 'test'), dimension: 'nested' } };
}

/** Ids of the folds that a splitter makes at these settings. */
function elementsOf(plugin: string, params: Readonly<Record<string, unknown>>, find: FindPlugin): readonly string[] {
  const { about, params: schema } = find(plugin);
  return (about.elements as (params: unknown) => readonly string[])(schema.parse(params));
}

/** Every value of the grouping column, as text. */
function levelsOf(groups: Table | undefined): string[] {
  const [column] = groups?.columns ?? [];
  if (column === undefined) return [];
  const values = column.kind === 'categorical' ? column.levels.filter((_, code) => column.codes.includes(code)) : [...new Set(column.values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return values.map(String);
}

/** The sides as a control changes them: those of its operation's input that it accepts, `training` alone or any. */
function controlled(name: string, params: Record<string, unknown>, sides: Sides, find: FindPlugin, add: AddStep): Sides {
  const plugin = `transform/${name}`;
  const { about, operations } = find(plugin);
  if (about.control !== true) throw new RadloomError({ code: 'not-a-control', what: `${plugin} is no control.`, where: { field: 'controls' }, fix: 'Controls are permuted-labels and random-features.' });
  const changed = (side: 'training' | 'test'): Ref => from(add({ id: `control.${name}.${side}-rows`, plugin, operation: 'run', params, inputs: { table: sides[side] } }), 'table');
  return { ...sides, training: changed('training'), test: operations.run.inputs.table.partition === 'training' ? sides.test : changed('test') };
}

import { RadloomError } from '@radloom/core';
import { from, type Ref, type Step } from '@radloom/engine';
import type { AddStep, Sides } from './chain.js';
import type { FindPlugin } from './extraction.js';
import { nameAndSettings, type Study } from './schema.js';

/** What is done about a rare class: which rows teach, how candidates are judged, what a classifier is told. */
interface Balance {
  readonly taught: Ref;
  /** Adds a candidate; its out-of-fold predictions of the real rows. */
  crossFit(candidate: Pick<Step, 'id' | 'plugin' | 'params'>): Ref;
  settingsFor(plugin: string): Readonly<Record<string, unknown>>;
}

/** What a candidate is compared on: the training rows, in whose order predictions come, and both sides of each fold of them, selected within the fold. */
export interface TuningParts {
  readonly table: Ref;
  readonly folds: Ref;
  readonly sides: Sides;
}

export function balanceOf(study: Study, training: Ref, parts: TuningParts, find: FindPlugin, step: AddStep, within: AddStep): Balance {
  const everyPart = (ref: Ref): Ref => ({ ...ref, gather: ['tuning'] });
  const crossFit =
    (taught: Ref): Balance['crossFit'] =>
    (candidate) =>
      from(step({ ...candidate, operation: 'cross-fit', inputs: { table: parts.table, training: everyPart(taught), held: everyPart(parts.sides.test) } }), 'predictions', { name: candidate.id });
  const plain: Balance = { taught: training, crossFit: crossFit(parts.sides.training), settingsFor: () => ({}) };
  if (study.balance === null) return plain;
  const { name, settings: params } = nameAndSettings(study.balance);
  if (name === 'class-weights') return { ...plain, settingsFor: (plugin) => weighted(plugin, find) };
  const plugin = `resampler/${name}`;
  find(plugin);
  const resampled = (add: AddStep, table: Ref): Ref => from(add({ id: `${name}.training`, plugin, operation: 'resample', params, inputs: { table } }), 'table');
  return { ...plain, taught: resampled(step, training), crossFit: crossFit(resampled(within, parts.sides.training)) };
}

/** @throws `no-class-weights` for a classifier that has none */
function weighted(plugin: string, find: FindPlugin): Readonly<Record<string, unknown>> {
  if ('classWeights' in find(plugin).params.shape) return { classWeights: 'balanced' };
  throw new RadloomError({ code: 'no-class-weights', what: `${plugin} has no class weights.`, where: { field: 'balance' }, fix: 'Say balance: smote, or leave the model out.' });
}

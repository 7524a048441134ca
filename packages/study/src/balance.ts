import { RadloomError } from '@radloom/core';
import { from, type Ref, type Step } from '@radloom/engine';
import type { AddStep } from './chain.js';
import type { FindPlugin } from './extraction.js';
import { nameAndSettings, type Study } from './schema.js';

/** What is done about a rare class: which rows teach, how candidates are judged, what a classifier is told. */
interface Balance {
  readonly taught: Ref;
  /** Adds a candidate; its out-of-fold predictions of the real rows. */
  crossFit(candidate: Pick<Step, 'id' | 'plugin' | 'params'>): Ref;
  settingsFor(plugin: string): Readonly<Record<string, unknown>>;
}

export function balanceOf(study: Study, training: Ref, folds: Ref, find: FindPlugin, step: AddStep): Balance {
  const plain: Balance = {
    taught: training,
    crossFit: (candidate) => from(step({ ...candidate, operation: 'cross-fit', inputs: { table: training, folds } }), 'predictions', { name: candidate.id }),
    settingsFor: () => ({}),
  };
  if (study.balance === null) return plain;
  const { name, settings: params } = nameAndSettings(study.balance);
  if (name === 'class-weights') return { ...plain, settingsFor: (plugin) => weighted(plugin, find) };
  const plugin = `resampler/${name}`;
  find(plugin);
  const cross = step({ id: `${name}.folds`, plugin, operation: 'cross-resample', params, inputs: { table: training, folds } });
  return {
    ...plain,
    taught: from(step({ id: `${name}.training`, plugin, operation: 'resample', params, inputs: { table: training } }), 'table'),
    crossFit: (candidate) => {
      const predictions = from(step({ ...candidate, id: `${candidate.id}.${name}`, operation: 'cross-fit', inputs: { table: from(cross, 'table'), folds: from(cross, 'folds') } }), 'predictions');
      return from(step({ id: candidate.id, plugin, operation: 'restore', params, inputs: { predictions, table: training } }), 'predictions', { name: candidate.id });
    },
  };
}

/** @throws `no-class-weights` for a classifier that has none */
function weighted(plugin: string, find: FindPlugin): Readonly<Record<string, unknown>> {
  if ('classWeights' in find(plugin).params.shape) return { classWeights: 'balanced' };
  throw new RadloomError({ code: 'no-class-weights', what: `${plugin} has no class weights.`, where: { field: 'balance' }, fix: 'Say balance: smote, or leave the model out.' });
}

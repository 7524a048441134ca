import { from, type Ref } from '@radloom/engine';
import type { AddStep, Chain } from './chain.js';
import type { FindPlugin } from './extraction.js';
import { nameAndSettings, type Study } from './schema.js';

/** Steps of one evaluation, and its metrics. */
type Evaluate = (given: { readonly name: string; readonly params: Record<string, unknown>; readonly chain: Chain; readonly folds: number; readonly find: FindPlugin; readonly add: AddStep }) => readonly Ref[];

/** Evaluations that need more than predictions. */
const others: Readonly<Record<string, Evaluate>> = { explanation, selection };

/** The study's evaluations in order; most take the predictions of all models and folds. */
export function evaluationSteps(study: Study, chain: Chain, folds: number, find: FindPlugin, add: AddStep): Ref[] {
  return study.evaluation.flatMap((entry) => {
    const { name, settings: params } = nameAndSettings(entry);
    if (Object.hasOwn(others, name)) return others[name]({ name, params, chain, folds, find, add });
    return [from(add({ id: name, plugin: `evaluation/${name}`, operation: 'run', params, inputs: { predictions: chain.predictions } }), 'metrics', { name })];
  });
}

/** In each fold: rows of the test side changed, every model's predictions of them, and what these say of each feature. */
function explanation({ name, params, chain, find, add }: Parameters<Evaluate>[0]): Ref[] {
  const plugin = `evaluation/${name}`;
  const exact = new Set(find(plugin).about.exact as readonly string[]);
  const { members, blends, sides } = chain;
  const changed = add({ id: `${name}.rows`, plugin, operation: 'perturb', params, inputs: { training: sides.taught, table: sides.test } });
  const predicted = (output: 'shuffled' | 'coalitions') => {
    const table = from(changed, output);
    // A blend needs every member; models whose values are read off need not predict coalitions for themselves.
    const asked = output === 'shuffled' || blends.length > 0 ? members : members.filter((member) => !exact.has(member.plugin));
    const own = asked.map((member) => from(add({ id: `${name}.${member.name}.${output}`, plugin: member.plugin, operation: 'predict', params: member.params, inputs: { model: member.model, table } }), 'predictions', { name: member.name }));
    const blended = blends.map((blend) => from(add({ id: `${name}.${blend.name}.${output}`, plugin: blend.plugin, operation: 'predict', params: blend.params, inputs: { model: blend.model, members: own } }), 'predictions', { name: blend.name }));
    return [...own, ...blended];
  };
  const inputs = {
    design: from(changed, 'design'),
    models: [...members, ...blends].map((member) => member.model),
    training: sides.taught,
    table: sides.test,
    shuffled: predicted('shuffled'),
    coalitions: predicted('coalitions'),
  };
  return [from(add({ id: name, plugin, operation: 'run', params, inputs }), 'metrics', { name, gather: ['fold'] })];
}

/** In each fold what the selection kept; over folds how stable it is. */
function selection({ name, params, chain, folds, add }: Parameters<Evaluate>[0]): Ref[] {
  const plugin = `evaluation/${name}`;
  const { selection: models, sides } = chain;
  const found = from(add({ id: name, plugin, operation: 'run', params, inputs: { models, training: sides.training, test: sides.test } }), 'metrics', { name, gather: ['fold'] });
  if (folds < 2) return [found];
  return [found, from(add({ id: `${name}.stability`, plugin, operation: 'stability', params, inputs: { models: models.map((model) => ({ ...model, gather: ['fold'] })) } }), 'metrics', { name: `${name}.stability` })];
}

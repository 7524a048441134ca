import { from, type Ref, source } from '@radloom/engine';
import type { AddStep, Chain, Chains } from './chain.js';
import type { FindPlugin } from './extraction.js';
import { nameAndSettings, type Study } from './schema.js';

/** What an evaluation may be made of. */
interface Given {
  readonly name: string;
  readonly params: Record<string, unknown>;
  readonly all: Chains;
  /** All rows. */
  readonly table: Ref;
  readonly folds: number;
  readonly find: FindPlugin;
  readonly add: AddStep;
}

/** What a report is given of the evaluations. */
export interface Evaluated {
  readonly metrics: readonly Ref[];
  /** Tables for people. */
  readonly data: readonly Ref[];
}

/** Evaluations that need something else than predictions. */
const others: Readonly<Record<string, (given: Given) => Evaluated>> = { explanation, selection, 'sample-size': sampleSize, 'baseline-table': baselineTable };

/** The study's evaluations in order; most take the predictions of all models and folds. */
export function evaluationSteps(study: Study, all: Chains, table: Ref, folds: number, find: FindPlugin, add: AddStep): Evaluated {
  const found = study.evaluation.map((entry): Evaluated => {
    const { name, settings: params } = nameAndSettings(entry);
    if (Object.hasOwn(others, name)) return others[name]({ name, params, all, table, folds, find, add });
    return { data: [], metrics: [from(add({ id: name, plugin: `evaluation/${name}`, operation: 'run', params, inputs: { predictions: all.predictions } }), 'metrics', { name })] };
  });
  return { metrics: found.flatMap(({ metrics }) => metrics), data: found.flatMap(({ data }) => data) };
}

/** The rows of the study by outcome; nothing is learned from them. */
function baselineTable({ name, params, table, add }: Given): Evaluated {
  return { metrics: [], data: [from(add({ id: name, plugin: `evaluation/${name}`, operation: 'run', params, inputs: { table, clinical: source('clinical') } }), 'table', { name })] };
}

/** In each fold, the training rows for the columns that each set began with, before any selection, and for those that it kept. */
function sampleSize({ name, params, all, add: anywhere }: Given): Evaluated {
  const sized = (chain: Chain): Ref => {
    const add = within(chain, anywhere);
    const joined = (table: Ref, other: Ref, i: number): Ref => from(add({ id: `${name}.candidates${i === 0 ? '' : `-${i + 1}`}`, plugin: 'transform/predictors', operation: 'join', inputs: { table, other } }), 'table');
    const candidates = chain.candidates.slice(1).reduce(joined, chain.candidates[0]);
    return from(add({ id: name, plugin: `evaluation/${name}`, operation: 'run', params, inputs: { candidates, selected: chain.sides.training } }), 'metrics', { name: chain.set === '' ? name : `${chain.set} ${name}`, gather: ['fold'] });
  };
  return { data: [], metrics: all.chains.map(sized) };
}

/** In each fold: rows of the test side changed, every model's predictions of them, and what these say of each feature. */
function explanation({ name, params, all, find, add: anywhere }: Given): Evaluated {
  return { data: [], metrics: all.chains.map((chain) => explained(name, params, chain, find, within(chain, anywhere))) };
}

function explained(name: string, params: Record<string, unknown>, { members, blends, sides }: Chain, find: FindPlugin, add: AddStep): Ref {
  const plugin = `evaluation/${name}`;
  const exact = new Set(find(plugin).about.exact as readonly string[]);
  const changed = add({ id: `${name}.rows`, plugin, operation: 'perturb', params, inputs: { training: sides.taught, table: sides.test } });
  const predicted = (output: 'shuffled' | 'coalitions') => {
    const table = from(changed, output);
    // A blend needs every member; models whose values are read off need not predict coalitions for themselves.
    const asked = output === 'shuffled' || blends.length > 0 ? members : members.filter((member) => !exact.has(member.plugin));
    const own = asked.map((member) => from(add({ id: `${name}.${member.id}.${output}`, plugin: member.plugin, operation: 'predict', params: member.params, inputs: { model: member.model, table } }), 'predictions', { name: member.name }));
    // A blend knows its members by the names in the study.
    const known = own.map((ref, i): Ref => ({ ...ref, name: asked[i].id }));
    const blended = blends.map((blend) => from(add({ id: `${name}.${blend.id}.${output}`, plugin: blend.plugin, operation: 'predict', params: blend.params, inputs: { model: blend.model, members: known } }), 'predictions', { name: blend.name }));
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
  return from(add({ id: name, plugin, operation: 'run', params, inputs }), 'metrics', { name, gather: ['fold'] });
}

/** Step ids of a set begin with its name, where there are several. */
const within = ({ set }: Chain, add: AddStep): AddStep => (own) => add({ ...own, id: set === '' ? own.id : `${set}.${own.id}` });

/** In each fold what the selection kept, in the last set where there are several; over folds how stable it is. */
function selection({ name, params, all, folds, add: anywhere }: Given): Evaluated {
  const plugin = `evaluation/${name}`;
  const chain = all.chains.at(-1);
  if (chain === undefined) return { data: [], metrics: [] };
  const add = within(chain, anywhere);
  const { selection: models, sides } = chain;
  const found = from(add({ id: name, plugin, operation: 'run', params, inputs: { models, training: sides.training, test: sides.test } }), 'metrics', { name, gather: ['fold'] });
  if (folds < 2) return { data: [], metrics: [found] };
  return { data: [], metrics: [found, from(add({ id: `${name}.stability`, plugin, operation: 'stability', params, inputs: { models: models.map((model) => ({ ...model, gather: ['fold'] })) } }), 'metrics', { name: `${name}.stability` })] };
}

import { RadloomError } from '@radloom/core';
import { from, type Ref, type Step } from '@radloom/engine';
import { balanceOf, type TuningParts } from './balance.js';
import { candidatesOf } from './candidates.js';
import type { FindPlugin } from './extraction.js';
import { pluginOf } from './find-plugin.js';
import { type Study, usualThreshold } from './schema.js';
import { selectedSides, selectionPlugins } from './selection-steps.js';
import { type PredictorSet, predictorSets } from './sets.js';

/** Adds a step to the study and gives back its id. */
export type AddStep = (step: Step) => string;

/** Tables of both sides of a fold. */
export interface Sides {
  readonly training: Ref;
  readonly test: Ref;
  /** The features of a second reading, of the cases that have one. */
  readonly second?: Ref;
  /** The dimension of the divisions: `fold`, or `nested`. */
  readonly dimension: string;
}

/** A classifier of one fold: the plugin, the settings it predicts with, what was fitted. */
export interface Member {
  /** As the study names it; step ids of the set begin with it. */
  readonly id: string;
  /** As reports name it: with the set, where several have models. */
  readonly name: string;
  readonly plugin: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly model: Ref;
  readonly outOfFold: Ref;
  readonly training: Ref;
  readonly test: Ref;
}

/** Selection and models of one set of predictors, on the sides of each fold. */
export interface Chain {
  /** The set's name where several have models, empty otherwise; put before the names of models. */
  readonly set: string;
  /** Training rows with the columns that the set began with; of a joined set, those that each of its parts began with. */
  readonly candidates: readonly Ref[];
  /** The transforms and selectors of one fold, in order. */
  readonly selection: readonly Ref[];
  /** What the models are given, after selection; `taught` with synthetic rows, where a resampler adds some. */
  readonly sides: Sides & { readonly taught: Ref };
  readonly members: readonly Member[];
  readonly blends: readonly Member[];
}

/** All sets of predictors. */
export interface Chains {
  /** All folds' transforms, selectors and models. */
  readonly models: readonly Ref[];
  readonly choices: readonly Ref[];
  readonly predictions: readonly Ref[];
  /** Those that have models, in order. */
  readonly chains: readonly Chain[];
}

const every = ({ dimension }: Sides) => (ref: Ref): Ref => ({ ...ref, gather: [dimension] });

/**
 * For each set of predictors: selection on training rows; classifiers tuned over folds of the training rows, the same folds for every set,
 * and fitted on all of them; ensembles of their out-of-fold predictions; thresholds; predictions of both sides.
 *
 * @param prefix put before each step's id, for a second analysis in the same study
 */
export function modelChains(study: Study, given: Sides, find: FindPlugin, add: AddStep, prefix = ''): Chains {
  const sets = predictorSets(study);
  const everyFold = every(given);
  const inner = tuningSides(study, given, (own) => add({ ...own, id: `${prefix}${own.id}` }));
  const several = sets.filter(({ models }) => models.length > 0).length > 1;
  const done = new Map<string, { sides: Sides; selection: readonly Ref[] }>();
  const doneWithin: typeof done = new Map();
  const begun = new Map<string, readonly Ref[]>();
  const selection: Ref[] = [];
  const choices: Ref[] = [];
  const chains: Chain[] = [];
  for (const set of sets) {
    const named = (within: string): AddStep => (own) => add({ ...own, id: `${prefix}${within}${set.name === '' ? '' : `${set.name}.`}${own.id}` });
    const step = named('');
    const plugins = selectionPlugins(set, find);
    const start = setSides(study, set, given, done, step);
    const own = selectedSides(plugins, start.sides, step);
    selection.push(...own.selection);
    done.set(set.name, { sides: own.sides, selection: [...start.selection, ...own.selection] });
    begun.set(set.name, 'join' in set.from ? set.from.join.flatMap((part) => begun.get(part)!) : [start.sides.training]);
    // Selection is part of what tuning judges: fitted once on all training rows it would have seen those that are held out, and the scores,
    // thresholds and blends that come of them would be too good. So each fold of the tuning selects for itself.
    const within = named('tuning.');
    const { sides } = selectedSides(plugins, setSides(study, set, inner, doneWithin, within).sides, within, own.selection);
    doneWithin.set(set.name, { sides, selection: [] });
    if (set.models.length === 0) continue;
    const parts: TuningParts = { table: given.training, folds: inner.folds, sides };
    const { chain, choices: chosen } = setModels({ study, set, label: several ? set.name : '', find, step, within }, done.get(set.name)!, parts);
    chains.push({ ...chain, candidates: begun.get(set.name)! });
    choices.push(...chosen);
  }
  const all = chains.flatMap(({ members, blends }) => [...members, ...blends]);
  return {
    models: [...selection, ...all.map(({ model }) => model)].map(everyFold),
    choices,
    predictions: all.flatMap((member) => [member.training, member.outOfFold, member.test]).map(everyFold),
    chains,
  };
}

/** Both sides with the columns of the set, and the selection that came before where it joins others. */
function setSides(study: Study, { name, from: source }: PredictorSet, given: Sides, done: ReadonlyMap<string, { sides: Sides; selection: readonly Ref[] }>, step: AddStep): { sides: Sides; selection: readonly Ref[] } {
  if ('join' in source) {
    const parts = source.join.map((part) => done.get(part)!);
    const joined = (side: 'training' | 'test'): Ref =>
      parts.slice(1).reduce((table, part, i) => from(step({ id: `join-${side}${i === 0 ? '' : `-${i + 1}`}`, plugin: 'transform/predictors', operation: 'join', inputs: { table, other: part.sides[side] } }), 'table'), parts[0].sides[side]);
    return { sides: { ...given, training: joined('training'), test: joined('test') }, selection: parts.flatMap((part) => part.selection) };
  }
  if (name === '' || source.columns === 'all') return { sides: given, selection: [] };
  const { clinical } = study.cohort;
  if (source.columns === 'clinical' && clinical.length === 0) throw new RadloomError({ code: 'set-empty', what: `The set ${name} has the clinical columns, and the study names none.`, where: { field: `sets.${name}.columns` }, fix: 'Name them under cohort: clinical.' });
  const params = source.columns === 'radiomics' ? { except: clinical } : { columns: source.columns === 'clinical' ? clinical : source.columns };
  const taken = (side: 'training' | 'test'): Ref => from(step({ id: `${side}-columns`, plugin: 'transform/predictors', operation: 'take', params, inputs: { table: given[side] } }), 'table');
  return { sides: { ...given, training: taken('training'), test: taken('test') }, selection: [] };
}

/** Settings of the splitter that makes the folds for tuning. */
export function tuningFolds({ tuning: { folds, repeats } }: Study): { folds: number; repeats: number } {
  return { folds, repeats };
}

/** Both sides of each fold of the training rows, before anything was learned from them. */
function tuningSides(study: Study, given: Sides, step: AddStep): Sides & { readonly folds: Ref } {
  const plugin = 'splitter/k-fold';
  const params = tuningFolds(study);
  const table = given.training;
  const folds = from(step({ id: 'tuning.folds', plugin, operation: 'assign', params, inputs: { table } }), 'folds');
  const taken = step({ id: 'tuning.fold', plugin, operation: 'take-tuning', params, inputs: { table, folds } });
  return { ...given, training: from(taken, 'training'), test: from(taken, 'test'), folds };
}

/** What the models of a set are made with. */
interface Making {
  readonly study: Study;
  readonly set: PredictorSet;
  /** The set's name where several have models. */
  readonly label: string;
  readonly find: FindPlugin;
  readonly step: AddStep;
  /** Adds a step of the folds for tuning. */
  readonly within: AddStep;
}

function setModels({ study, set, label, find, step, within }: Making, { sides: selected, selection }: { sides: Sides; selection: readonly Ref[] }, parts: TuningParts): { chain: Omit<Chain, 'candidates'>; choices: Ref[] } {
  const { training } = selected;
  const everyFold = every(selected);
  const called = (name: string): string => (label === '' ? name : `${label} ${name}`);
  const labelled = (name: string, given: Pick<Member, 'outOfFold' | 'training' | 'test'>): Pick<Member, 'outOfFold' | 'training' | 'test'> => {
    if (label === '') return given;
    const relabel = (predictions: Ref, side: string): Ref => from(step({ id: `${name}.${side}.labelled`, plugin: 'transform/predictors', operation: 'label', params: { set: label }, inputs: { predictions } }), 'predictions', { name: called(name) });
    return { outOfFold: relabel(given.outOfFold, 'out-of-fold'), training: relabel(given.training, 'training'), test: relabel(given.test, 'test') };
  };
  const balance = balanceOf(study, training, parts, find, step, within);
  const choices: Ref[] = [];
  const members: Member[] = [];
  // Of each classifier, for blends: the chosen candidate's predictions, and what each fold would have been given without a part in the choice.
  const unlabelled: (Pick<Member, 'training' | 'test'> & { readonly chosen: Ref; readonly apart: Ref })[] = [];
  const ensembles: { name: string; plugin: string }[] = [];
  for (const name of set.models) {
    const settings = study.models[name];
    const plugin = pluginOf(name, ['classifier', 'ensemble'], find);
    if (plugin.startsWith('ensemble/')) {
      ensembles.push({ name, plugin });
      continue;
    }
    const shared = { ...balance.settingsFor(plugin), ...settings?.settings };
    const candidates = candidatesOf(name, settings, study.seed).map((values, i) => ({ name: `${name}.candidate.${i + 1}`, settings: values }));
    const predicted = candidates.map((candidate) => balance.crossFit({ id: candidate.name, plugin, params: { ...shared, ...candidate.settings } }));
    const choice = step({
      id: `${name}.choice`,
      plugin: 'evaluation/tuning',
      operation: 'run',
      params: { metric: study.tuning.metric, rule: study.tuning.rule, candidates },
      inputs: { candidates: predicted, folds: parts.folds },
    });
    choices.push(everyFold(from(choice, 'choice', { name: called(name) })));
    const model = from(step({ id: `${name}.fit`, plugin, operation: 'fit', params: shared, inputs: { table: balance.taught, choice: from(choice, 'choice') } }), 'model', { name: called(name) });
    const chosen = from(choice, 'predictions', { name });
    const decided = thresholdOf(study, name, { chosen, heldOut: from(choice, 'heldOut', { name }), folds: parts.folds }, step);
    const predict = (side: 'training' | 'test') => from(step({ id: `${name}.${side}`, plugin, operation: 'predict', params: shared, inputs: { model, table: selected[side], ...decided.threshold } }), 'predictions', { name });
    const own = { outOfFold: decided.outOfFold, training: predict('training'), test: predict('test') };
    unlabelled.push({ ...own, chosen, apart: from(choice, 'apart', { name }) });
    members.push({ id: name, name: called(name), plugin, params: shared, model, ...labelled(name, own) });
  }
  const blends = ensembles.map(({ name, plugin }): Member => {
    const params = study.models[name]?.settings ?? {};
    const model = from(step({ id: `${name}.fit`, plugin, operation: 'fit', params, inputs: { members: unlabelled.map((member) => member.chosen) } }), 'model', { name: called(name) });
    const predict = (side: 'training' | 'test', suffix: string, threshold: Step['inputs'] = {}) =>
      from(step({ id: `${name}.${suffix}`, plugin, operation: 'predict', params, inputs: { model, members: unlabelled.map((member) => member[side]), ...threshold } }), 'predictions', { name });
    const outOfFold = from(step({ id: `${name}.out-of-fold`, plugin, operation: 'cross-fit', params, inputs: { members: unlabelled.map((member) => member.chosen), apart: unlabelled.map((member) => member.apart), folds: parts.folds } }), 'predictions', { name });
    const decided = thresholdOf(study, name, { chosen: outOfFold, heldOut: outOfFold, folds: parts.folds }, step);
    return { id: name, name: called(name), plugin, params, model, ...labelled(name, { outOfFold: decided.outOfFold, training: predict('training', 'training', decided.threshold), test: predict('test', 'test', decided.threshold) }) };
  });
  return { chain: { set: label, selection, sides: { ...selected, taught: balance.taught }, members, blends }, choices };
}

/** What a threshold is chosen on, what is reported of the same rows, and the folds that held them out. */
interface Decided {
  readonly chosen: Ref;
  readonly heldOut: Ref;
  readonly folds: Ref;
}

/** The out-of-fold predictions at the study's threshold, and the threshold for those of both sides; the usual one half needs no step. */
function thresholdOf(study: Study, name: string, { chosen, heldOut, folds }: Decided, step: AddStep): { outOfFold: Ref; threshold: Step['inputs'] } {
  if (usualThreshold(study)) return { outOfFold: heldOut, threshold: {} };
  const id = step({ id: `${name}.threshold`, plugin: 'evaluation/threshold', operation: 'run', params: study.threshold, inputs: { predictions: chosen, heldOut, folds } });
  return { outOfFold: from(id, 'predictions', { name }), threshold: { threshold: from(id, 'threshold') } };
}

import { type Plugin, RadloomError } from '@radloom/core';
import { from, type Ref, source, type Step } from '@radloom/engine';
import type { FindPlugin } from './extraction.js';
import { nameAndSettings, selectionStep, type Study, usualThreshold } from './schema.js';

/** Adds a step to the study and gives back its id. */
export type AddStep = (step: Step) => string;

/** Tables of both sides of a fold. */
export interface Sides {
  readonly training: Ref;
  readonly test: Ref;
  /** The features of a second reading, of the cases that have one. */
  readonly second?: Ref;
}

/** A classifier of one fold: the plugin, the settings it predicts with, what was fitted. */
export interface Member {
  readonly name: string;
  readonly plugin: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly model: Ref;
  readonly outOfFold: Ref;
  readonly training: Ref;
  readonly test: Ref;
}

/** Selection and models on the sides of each fold. */
export interface Chain {
  /** All folds' transforms, selectors and models. */
  readonly models: readonly Ref[];
  readonly choices: readonly Ref[];
  readonly predictions: readonly Ref[];
  /** The transforms and selectors of one fold, in order. */
  readonly selection: readonly Ref[];
  /** What the models are given, after selection; `taught` with synthetic rows, where a resampler adds some. */
  readonly sides: Sides & { readonly taught: Ref };
  readonly members: readonly Member[];
  readonly blends: readonly Member[];
}

/**
 * Selection on training rows; classifiers tuned over folds of the training rows and fitted on all of them; ensembles of their out-of-fold
 * predictions; thresholds; predictions of both sides.
 *
 * @param prefix put before each step's id, for a second chain in the same study
 */
export function modelChain(study: Study, given: Sides, find: FindPlugin, add: AddStep, prefix = ''): Chain {
  const step = (own: Step): string => add({ ...own, id: prefix + own.id });
  const everyFold = (ref: Ref): Ref => ({ ...ref, gather: ['fold'] });
  const { sides: selected, selection } = selectedSides(study, given, find, step);
  const { training, test } = selected;

  const inner = from(step({ id: 'tuning.folds', plugin: 'splitter/k-fold', operation: 'assign', params: { folds: study.tuning.folds, repeats: study.tuning.repeats }, inputs: { table: training } }), 'folds');
  const balance = balanceOf(study, training, inner, find, step);
  const choices: Ref[] = [];
  const members: Member[] = [];
  const ensembles: { name: string; plugin: string }[] = [];
  for (const [name, settings] of Object.entries(study.models)) {
    const plugin = pluginOf(name, ['classifier', 'ensemble'], find);
    if (plugin.startsWith('ensemble/')) {
      ensembles.push({ name, plugin });
      continue;
    }
    const shared = { ...balance.settingsFor(plugin), ...settings?.settings };
    const candidates = combinations(settings?.grid ?? {}).map((values, i) => ({ name: `${name}.candidate.${i + 1}`, settings: values }));
    const predicted = candidates.map((candidate) => balance.crossFit({ id: candidate.name, plugin, params: { ...shared, ...candidate.settings } }));
    const choice = step({
      id: `${name}.choice`,
      plugin: 'evaluation/tuning',
      operation: 'run',
      params: { metric: study.tuning.metric, rule: study.tuning.rule, candidates },
      inputs: { candidates: predicted },
    });
    choices.push(everyFold(from(choice, 'choice', { name })));
    const model = from(step({ id: `${name}.fit`, plugin, operation: 'fit', params: shared, inputs: { table: balance.taught, choice: from(choice, 'choice') } }), 'model', { name });
    const decided = thresholdOf(study, name, from(choice, 'predictions', { name }), step);
    const predict = (side: 'training' | 'test') => from(step({ id: `${name}.${side}`, plugin, operation: 'predict', params: shared, inputs: { model, table: selected[side], ...decided.threshold } }), 'predictions', { name });
    members.push({ name, plugin, params: shared, model, outOfFold: decided.outOfFold, training: predict('training'), test: predict('test') });
  }
  const blends = ensembles.map(({ name, plugin }): Member => {
    const params = study.models[name]?.settings ?? {};
    const model = from(step({ id: `${name}.fit`, plugin, operation: 'fit', params, inputs: { members: members.map((member) => member.outOfFold) } }), 'model', { name });
    const predict = (side: 'outOfFold' | 'training' | 'test', label: string, threshold: Step['inputs'] = {}) =>
      from(step({ id: `${name}.${label}`, plugin, operation: 'predict', params, inputs: { model, members: members.map((member) => member[side]), ...threshold } }), 'predictions', { name });
    const decided = thresholdOf(study, name, predict('outOfFold', 'out-of-fold'), step);
    return { name, plugin, params, model, outOfFold: decided.outOfFold, training: predict('training', 'training', decided.threshold), test: predict('test', 'test', decided.threshold) };
  });
  const all = [...members, ...blends];
  return {
    models: [...selection, ...all.map((member) => member.model)].map(everyFold),
    choices,
    predictions: all.flatMap((member) => [member.training, member.outOfFold, member.test]).map(everyFold),
    selection,
    sides: { training, test, taught: balance.taught },
    members,
    blends,
  };
}

/** A transform or selector of the study, found. */
interface SelectionPlugin {
  /** Step ids begin with it: the plugin's name, numbered where it comes again. */
  readonly id: string;
  readonly name: string;
  readonly plugin: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly asPublished: boolean;
  /** The column of the cohort that its input `groups` holds, if it has one. */
  readonly groups?: string;
  /** It compares with a second reading. */
  readonly second: boolean;
}

/** The study's transforms and selectors in order. */
export function selectionPlugins(study: Study, find: FindPlugin): SelectionPlugin[] {
  const times = new Map<string, number>();
  return study.selection.map((entry) => {
    const { name, settings, asPublished } = selectionStep(entry);
    const plugin = pluginOf(name, ['selector', 'transform'], find);
    const { operations, about, params } = find(plugin);
    const count = (times.get(name) ?? 0) + 1;
    times.set(name, count);
    const ports = operations.fit?.inputs ?? {};
    const setting = String(about.groupsBy ?? 'column');
    const column = settings[setting] ?? (params.safeParse({}).data as Readonly<Record<string, unknown>> | undefined)?.[setting];
    return { id: count === 1 ? name : `${name}-${count}`, name, plugin, settings, asPublished, ...(ports.groups === undefined ? {} : { groups: String(column) }), second: ports.second !== undefined };
  });
}

/** The source that holds one column of the cohort by which a transform groups rows. */
export const groupsSource = (column: string): string => `groups:${column}`;

/**
 * Transforms and selectors in order, each fitted on the training rows and applied to both sides. One that is `as-published` is fitted on both
 * sides together; the engine marks it and all that follows.
 */
function selectedSides(study: Study, given: Sides, find: FindPlugin, step: AddStep): { sides: Sides; selection: readonly Ref[] } {
  let { training, test } = given;
  const selection: Ref[] = [];
  for (const { id, plugin, settings, asPublished, groups, second } of selectionPlugins(study, find)) {
    const more: Step['inputs'] = groups === undefined ? {} : { groups: source(groupsSource(groups)) };
    const taught = asPublished ? from(step({ id: `${id}.rows`, plugin: 'transform/rejoin', operation: 'run', inputs: { training, test } }), 'table') : training;
    const fit: Step = { id: `${id}.fit`, plugin, operation: 'fit', params: settings, inputs: { table: taught, ...more, ...(second && given.second !== undefined ? { second: given.second } : {}) } };
    const model = from(step(asPublished ? { ...fit, asPublished } : fit), 'model', { name: id });
    selection.push(model);
    const applied = { plugin, operation: 'apply', params: settings };
    training = from(step({ id: `${id}.training`, ...applied, inputs: { model, table: training, ...more } }), 'table');
    test = from(step({ id: `${id}.test`, ...applied, inputs: { model, table: test, ...more } }), 'table');
  }
  return { sides: { training, test }, selection };
}

/** What is done about a rare class: which rows teach, how candidates are judged, what a classifier is told. */
interface Balance {
  readonly taught: Ref;
  /** Adds a candidate; its out-of-fold predictions of the real rows. */
  crossFit(candidate: Pick<Step, 'id' | 'plugin' | 'params'>): Ref;
  settingsFor(plugin: string): Readonly<Record<string, unknown>>;
}

function balanceOf(study: Study, training: Ref, folds: Ref, find: FindPlugin, step: AddStep): Balance {
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

/** The out-of-fold predictions at the study's threshold, and the threshold for those of both sides; the usual one half needs no step. */
function thresholdOf(study: Study, name: string, outOfFold: Ref, step: AddStep): { outOfFold: Ref; threshold: Step['inputs'] } {
  if (usualThreshold(study)) return { outOfFold, threshold: {} };
  const id = step({ id: `${name}.threshold`, plugin: 'evaluation/threshold', operation: 'run', params: study.threshold, inputs: { predictions: outOfFold } });
  return { outOfFold: from(id, 'predictions', { name }), threshold: { threshold: from(id, 'threshold') } };
}

/** The id of the plugin of that name in the first kind that has it; the first kind's id when none has, so that its error names the step. */
function pluginOf(name: string, kinds: readonly Plugin['kind'][], find: FindPlugin): string {
  for (const kind of kinds) {
    try {
      find(`${kind}/${name}`);
      return `${kind}/${name}`;
    } catch {
      // The next kind may have it.
    }
  }
  find(`${kinds[0]}/${name}`);
  return `${kinds[0]}/${name}`;
}

/** Every combination of a grid's values, the last setting changing fastest. */
export function combinations(grid: Readonly<Record<string, readonly unknown[]>>): Record<string, unknown>[] {
  let all: Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(grid)) all = all.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value })));
  return all;
}

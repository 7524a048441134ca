import { from, type Ref, source, type Step } from '@radloom/engine';
import type { AddStep, Sides } from './chain.js';
import type { FindPlugin } from './extraction.js';
import { pluginOf } from './find-plugin.js';
import { selectionStep, type Study } from './schema.js';

/** A transform or selector of the study, found. */
export interface SelectionPlugin {
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

/** The transforms and selectors of a study, or of a set of its predictors, in order. */
export function selectionPlugins({ selection }: Pick<Study, 'selection'>, find: FindPlugin): SelectionPlugin[] {
  const times = new Map<string, number>();
  return selection.map((entry) => {
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
 *
 * @param outside models of the same steps, of the rows that these are a part of: what is as published is taken from there
 */
export function selectedSides(plugins: readonly SelectionPlugin[], given: Sides, step: AddStep, outside?: readonly Ref[]): { sides: Sides; selection: readonly Ref[] } {
  let { training, test } = given;
  const selection: Ref[] = [];
  for (const [place, { id, plugin, settings, asPublished, groups, second }] of plugins.entries()) {
    const more: Step['inputs'] = groups === undefined ? {} : { groups: source(groupsSource(groups)) };
    const fitted = (): Ref => {
      const taught = asPublished ? from(step({ id: `${id}.rows`, plugin: 'transform/rejoin', operation: 'run', inputs: { training, test } }), 'table') : training;
      const fit: Step = { id: `${id}.fit`, plugin, operation: 'fit', params: settings, inputs: { table: taught, ...more, ...(second && given.second !== undefined ? { second: given.second } : {}) } };
      return from(step(asPublished ? { ...fit, asPublished } : fit), 'model', { name: id });
    };
    const model = (asPublished ? outside?.[place] : undefined) ?? fitted();
    selection.push(model);
    const applied = { plugin, operation: 'apply', params: settings };
    training = from(step({ id: `${id}.training`, ...applied, inputs: { model, table: training, ...more } }), 'table');
    test = from(step({ id: `${id}.test`, ...applied, inputs: { model, table: test, ...more } }), 'table');
  }
  return { sides: { ...given, training, test }, selection };
}

import { type Plain, type Plugin, pluginId, type Table } from '@radloom/core';
import { Cache, inlineExecutor, memoryStore, type PlanFacts, Registry, run, type RunResult, type Source, type Workflow } from '@radloom/engine';
import { modellingGraph, type Study } from '@radloom/study';
import { standardPlugins } from '../plugins.js';

/** The standard plugins whose ids match. */
export async function registryOf(wanted: RegExp): Promise<Registry> {
  const plugins = new Registry();
  for (const [id, { load, package: packageName }] of Object.entries(standardPlugins)) {
    if (!wanted.test(id)) continue;
    const { default: plugin }: { default: Plugin } = await load();
    plugins.add({ plugin, url: pluginId(plugin), implementation: 'test', packageName, version: '1.0.0' });
  }
  return plugins;
}

export interface GraphInputs {
  readonly clinical: Table;
  /** Further sources by name. */
  readonly more?: Readonly<Record<string, Table>>;
}

/** Runs what follows the features, from a table of them, in this thread; with it what the plan says of itself to the report. */
export async function runGraph(study: Study, plugins: Registry, { clinical, more = {} }: GraphInputs): Promise<RunResult & { readonly facts: PlanFacts }> {
  const find = (id: string): Plugin => plugins.get(id).plugin;
  const graph = modellingGraph(study, [], find, more.groups);
  let facts: PlanFacts | undefined;
  const factsOf = (plan: PlanFacts): Plain => {
    facts = plan;
    return { type: 'data', value: { title: 'T', tainted: plan.tainted } };
  };
  const value = (table: Table): Source => ({ kind: 'value', type: 'table', value: table });
  const { table, models, choices, predictions, metrics, controls, nested, data } = graph.report;
  const workflow: Workflow = {
    seed: study.seed,
    dimensions: { case: [], ...graph.dimensions },
    sources: { clinical: value(clinical), facts: { kind: 'facts', type: 'data', value: factsOf }, ...Object.fromEntries(Object.entries(more).map(([name, own]) => [name, value(own)])) },
    steps: [...graph.steps, { id: 'report', plugin: 'report/html', operation: 'run', params: { language: study.report.language }, inputs: { study: { source: 'facts' }, table, models, choices, predictions, metrics, controls, nested, data } }],
  };
  const cache = new Cache(memoryStore());
  const executor = inlineExecutor({ cache, plugin: async (url) => find(url), files: async () => [] });
  const result = await run({ workflow, registry: plugins, cache, executor, numerics: { runtime: 'test' }, files: { identify: async () => ({ digest: '', size: 0 }) } });
  return Object.assign(result, { facts: facts! });
}

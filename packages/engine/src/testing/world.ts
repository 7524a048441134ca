import {
  defineFeatureFamily, defineFilter, defineReader, defineSelector, defineSplitter, defineTransform, type FeatureVector, type Gathered, makeGeometry, makeMask, makeRegion, makeTable, makeVolume, noParams, type Plugin, pluginId,
  RadloomError, type Table, digestBytes, definePreprocess, type Volume,
} from '@radloom/core';
import { z } from 'zod';
import { inlineExecutor } from '../inline.js';
import { Registry } from '../registry.js';
import { type RunOptions } from '../run.js';
import { Cache, memoryStore } from '../store.js';
import { from, source, type Workflow } from '../workflow.js';

/** Calls of each operation, as the plugins themselves count them: the truth against which a run's own counts are held. */
export type Calls = Map<string, number>;

/** A small world: one-voxel-line images whose bytes are their values, and plugins that count their calls. */
export function testPlugins(calls: Calls): Plugin[] {
  const count = (name: string): void => void calls.set(name, (calls.get(name) ?? 0) + 1);
  const reader = defineReader({
    name: 'bytes', summary: 'Bytes as voxels of a line', params: noParams, endings: ['.bin'], recognises: () => true,
    load: async () => ({
      read: ({ files }) => {
        count('read');
        const [{ bytes }] = files;
        if (bytes.includes(255)) throw new RadloomError({ code: 'not-bytes', what: 'The file is no image.' });
        return makeVolume(makeGeometry({ size: [bytes.length, 1, 1] }), Uint8Array.from(bytes));
      },
    }),
  });
  const scale = defineFilter({
    name: 'scale', summary: 'Multiplies voxels', params: z.strictObject({ factor: z.number().default(2) }), outputs: () => ['scaled'],
    load: async () => ({
      apply: (volume, { factor }) => {
        count('scale');
        return { scaled: makeVolume(volume.geometry, Float64Array.from(volume.data, (value) => value * factor)) };
      },
    }),
  });
  const region = definePreprocess({
    name: 'whole', summary: 'The whole image as region', params: noParams, inputs: { volume: { type: 'volume' } }, outputs: { region: { type: 'region' } },
    load: async () => ({
      run: ({ volume }: { volume: Volume }) => {
        count('region');
        const mask = makeMask(volume.geometry, new Uint8Array(volume.data.length).fill(1));
        return { region: makeRegion({ geometry: volume.geometry, image: volume.data, values: volume.data, intensityMask: mask, morphologyMask: mask }) };
      },
    }),
  });
  const family = (name: string, compute: (values: ArrayLike<number>) => number) =>
    defineFeatureFamily({
      name, summary: `One number, the ${name}`, params: z.strictObject({ shift: z.number().default(0) }), features: [{ name: 'Value', unit: '1', summary: 'the number', source: 'definition' }],
      load: async () => ({
        extract: ({ values }, { shift }) => {
          count(name);
          return { Value: compute(values) + shift };
        },
      }),
    });
  const assemble: Plugin = {
    contract: 1, kind: 'transform', name: 'gather', summary: 'One row a case', params: noParams, about: {},
    operations: {
      run: {
        inputs: { features: { type: 'features', many: true }, clinical: { type: 'table', optional: true } },
        outputs: { table: { type: 'table', partition: 'all' } },
        load: async () => (inputs) => {
          count('gather');
          const gathered = inputs.features as readonly Gathered<FeatureVector>[];
          const ids = [...new Set(gathered.map((entry) => entry.at.case))];
          const good = ids.filter((id) => gathered.every((entry) => entry.at.case !== id || entry.value !== undefined));
          const names = [...new Set(gathered.map((entry) => entry.name))];
          const failures = ids.filter((id) => !good.includes(id)).map((id) => ({ id, failure: gathered.find((entry) => entry.at.case === id && entry.failure !== undefined)!.failure! }));
          return {
            table: makeTable({
              rows: good.map((id) => ({ id })),
              failures,
              outcome: { column: 'y', event: '1' },
              columns: [
                { kind: 'numeric', name: 'y', values: Float64Array.from(good, (_, i) => i % 2) },
                ...names.map((name) => ({ kind: 'numeric' as const, name, values: Float64Array.from(good, (id) => gathered.find((entry) => entry.at.case === id && entry.name === name)!.value!.values[0]) })),
              ],
            }),
          };
        },
      },
    },
  };
  const splitter = defineSplitter({
    name: 'halves', summary: 'Every other row is test', params: noParams, elements: () => ['a', 'b'],
    load: async () => ({
      assign: (table) => {
        count('assign');
        const part = (rest: number) => table.rows.filter((_, i) => i % 2 === rest).map((row) => row.id);
        return { folds: [{ id: 'a', test: part(0) }, { id: 'b', test: part(1) }] };
      },
    }),
  });
  const selector = defineSelector({
    name: 'first', summary: 'Keeps the first column', params: z.strictObject({ keep: z.int().default(1) }),
    load: async () => ({
      select: (table, { keep }) => {
        count('select');
        return { selected: table.columns.filter((entry) => entry.name !== 'y').slice(0, keep).map((entry) => entry.name) };
      },
    }),
  });
  const centre = defineTransform({
    name: 'centre', summary: 'Subtracts the mean of a column', params: noParams,
    load: async () => ({ fit: (table: Table) => (count('centre'), { state: { rows: table.rows.length } }), apply: (_model, table) => table }),
  });
  return [reader, scale, region, family('sum', (values) => Array.from(values).reduce((a, b) => a + b, 0)), family('largest', (values) => Math.max(...Array.from(values))), assemble, splitter, selector, centre];
}

export interface World {
  readonly files: Map<string, Uint8Array>;
  readonly calls: Calls;
  readonly options: Omit<RunOptions, 'workflow'> & { executor: ReturnType<typeof inlineExecutor> };
  readonly implementations: Map<string, string>;
}

/** A cache in memory, files in memory, and an executor in this thread. */
export function makeWorld(files: Record<string, readonly number[]>, store = memoryStore()): World {
  const stored = new Map(Object.entries(files).map(([name, bytes]) => [name, Uint8Array.from(bytes)]));
  const calls: Calls = new Map();
  const plugins = testPlugins(calls);
  const implementations = new Map<string, string>();
  const registry = (): Registry =>
    new Registry(plugins.map((plugin) => ({ plugin, url: pluginId(plugin), implementation: implementations.get(pluginId(plugin)) ?? 'v1', packageName: plugin.name, version: '1.0.0' })));
  const cache = new Cache(store);
  const executor = inlineExecutor({
    cache,
    plugin: async (url) => plugins.find((plugin) => pluginId(plugin) === url)!,
    files: async (refs) => refs.map(({ name, locator }) => ({ name, bytes: stored.get(locator)! })),
  });
  return {
    files: stored,
    calls,
    implementations,
    options: {
      get registry() {
        return registry();
      },
      cache,
      numerics: { runtime: 'test' },
      executor,
      files: { identify: async ({ locator }) => ({ digest: digestBytes(stored.get(locator)!), size: stored.get(locator)!.length }) },
    },
  };
}

export interface StudyShape {
  readonly cases: readonly string[];
  readonly factor?: number;
  readonly families?: readonly string[];
  readonly keep?: number;
  readonly seed?: number;
}

/** read -> scale -> region -> families, gathered, halved, a selector on each training side. */
export function testWorkflow({ cases, factor = 2, families = ['sum', 'largest'], keep = 1, seed = 1 }: StudyShape): Workflow {
  return {
    seed,
    dimensions: { case: cases, fold: ['a', 'b'] },
    sources: { files: { kind: 'files', cases: Object.fromEntries(cases.map((id) => [id, { files: [{ name: `${id}.bin`, locator: id }] }])) } },
    steps: [
      { id: 'image', plugin: 'reader/bytes', operation: 'read', inputs: { files: source('files') } },
      { id: 'scaled', plugin: 'filter/scale', operation: 'apply', params: { factor }, inputs: { volume: from('image', 'volume') } },
      { id: 'region', plugin: 'preprocess/whole', operation: 'run', inputs: { volume: from('scaled', 'scaled') } },
      ...families.map((name) => ({ id: name, plugin: `features/${name}`, operation: 'extract', inputs: { region: from('region', 'region') } })),
      { id: 'table', plugin: 'transform/gather', operation: 'run', inputs: { features: families.map((name) => from(name, 'features', { gather: ['case'] })) } },
      { id: 'split', plugin: 'splitter/halves', operation: 'assign', inputs: { table: from('table', 'table') } },
      { id: 'fold', plugin: 'splitter/halves', operation: 'take', inputs: { table: from('table', 'table'), folds: from('split', 'folds') } },
      { id: 'first', plugin: 'selector/first', operation: 'fit', params: { keep }, inputs: { table: from('fold', 'training') } },
      { id: 'first.test', plugin: 'selector/first', operation: 'apply', params: { keep }, inputs: { model: from('first', 'model'), table: from('fold', 'test') } },
    ],
  };
}

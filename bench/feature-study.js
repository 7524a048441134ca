// Studies of feature tables, without images, through the graph of a real study: for the benches of models and of honesty.
import { makeTable, random } from '@radloom/core';
import { openFilesystemStore } from '@radloom/cache-filesystem';
import { Cache, inlineExecutor, memoryStore, run } from '@radloom/engine';
import { loadPlugins, localExecutor, numerics, useNativeCode } from '@radloom/executor-local';
import { standardPlugins } from '@radloom/standard';
import { modellingGraph, studySchema } from '@radloom/study';
import { fileURLToPath } from 'node:url';

useNativeCode();

const learning = /^(transform|selector|classifier|ensemble|splitter|resampler|evaluation)\//;
const registry = await loadPlugins(Object.entries(standardPlugins).filter(([id]) => learning.test(id)).map(([, { package: name }]) => ({ name, from: fileURLToPath(import.meta.url) })));
/** A plugin by its id. */
export const pluginOf = (id) => registry.get(id).plugin;

/**
 * Patients whose features share hidden factors, so that many columns go together as radiomics features do; a logistic model of the first
 * `telling` factors decides the outcome.
 *
 * @returns a clinical table with outcome `y` and columns x1 … xp
 */
export function simulatedCohort({ rows, columns, telling = 2, strength = 1, seed }) {
  const stream = random([seed, 17, 29, 41]);
  const factors = Math.max(telling, Math.ceil(columns / 8));
  const hidden = Array.from({ length: factors }, () => Float64Array.from({ length: rows }, () => stream.normal()));
  const y = Float64Array.from({ length: rows }, (_, r) => {
    let score = 0;
    for (let f = 0; f < telling; f++) score += (f % 2 === 0 ? strength : -strength) * hidden[f][r];
    return stream.next() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  });
  const features = Array.from({ length: columns }, (_, c) => ({ kind: 'numeric', name: `x${c + 1}`, values: Float64Array.from({ length: rows }, (_row, r) => hidden[c % factors][r] + 0.7 * stream.normal()) }));
  return makeTable({ rows: Array.from({ length: rows }, (_, r) => ({ id: `p${String(r + 1).padStart(5, '0')}` })), columns: [{ kind: 'numeric', name: 'y', values: y }, ...features], outcome: { column: 'y', event: '1' } });
}

/**
 * Runs a study, given as its file would say it, on a table.
 *
 * @param where `folder` for a cache on disk (in memory otherwise) and `jobs` for worker threads (this thread otherwise)
 */
export async function runStudy(given, table, { folder, jobs } = {}) {
  const clinical = table.columns.map(({ name }) => name).filter((name) => name !== table.outcome.column);
  const study = studySchema.parse({ title: 'Bench', seed: 20231124, cohort: { table: 'none', outcome: { column: 'y' }, clinical }, ...given });
  const { steps, dimensions } = modellingGraph(study, [], pluginOf);
  const workflow = { seed: study.seed, dimensions: { case: [], ...dimensions }, sources: { clinical: { kind: 'value', type: 'table', value: table } }, steps };
  const store = folder === undefined ? memoryStore() : await openFilesystemStore(folder);
  const cache = new Cache(store);
  const executor = jobs === undefined ? inlineExecutor({ cache, plugin: async (url) => (await import(url)).default, files: async () => [], now: () => performance.now() }) : localExecutor({ jobs, store });
  try {
    return await run({ workflow, registry, cache, executor, numerics, files: { identify: async () => ({ digest: '', size: 0 }) } });
  } finally {
    await executor.close();
  }
}

/** Every output's digest by step and place: what two runs must have in common. */
export function digestsOf(result) {
  return result.cohort.map(({ step, at, outputs }) => [step.step.id, at, Object.fromEntries(Object.entries(outputs).map(([name, { digest }]) => [name, digest]))]);
}

/** First causes of what failed, with how often. */
export function failuresOf(result) {
  const counts = new Map();
  for (const { state, failure } of result.cohort) if (state === 'failed') counts.set(failure.code, (counts.get(failure.code) ?? 0) + 1);
  return Object.fromEntries(counts);
}

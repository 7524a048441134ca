import { openFilesystemStore, openInputFiles } from '@radloom/cache-filesystem';
import { isRadloomError, type Plugin, type PortValue } from '@radloom/core';
import { Cache, inlineExecutor, run } from '@radloom/engine';
import { loadPlugins, numerics, readFiles } from '@radloom/executor-local';
import { type Extraction, planExtraction, standardPlugins } from '@radloom/standard';
import type { PyRadiomicsParams } from '@radloom/study';
import { fileURLToPath } from 'node:url';
import type { ExtractionFiles } from './extract.js';

const theCase = 'case';

/** One region through the engine: what the cache holds is not computed again, what is computed is kept. No worker is started. */
export async function cachedExtraction(params: PyRadiomicsParams, files: ExtractionFiles, folder: string): Promise<Extraction> {
  const plan = await planExtraction(params, { imageReader: files.image.reader, segmentationReader: files.segmentation.reader });
  const here = fileURLToPath(import.meta.url);
  const registry = await loadPlugins([...plan.plugins.keys()].map((id) => ({ name: standardPlugins[id].package, from: here })));
  const store = await openFilesystemStore(folder);
  const cache = new Cache(store, (space, id) => process.stderr.write(`radloom: the cache entry ${space}/${id.slice(0, 12)} was damaged and put aside\n`));
  const warnings: { step: string; code: string; text: string }[] = [];
  const result = await run({
    workflow: {
      dimensions: { case: [theCase] },
      sources: { image: { kind: 'files', cases: { [theCase]: { files: files.image.files } } }, segmentation: { kind: 'files', cases: { [theCase]: { files: files.segmentation.files } } } },
      steps: plan.steps,
      seed: 0,
    },
    registry,
    cache,
    numerics,
    files: await openInputFiles({ folder: store.folder }),
    executor: inlineExecutor({ cache, files: readFiles, now: () => performance.now(), plugin: async (url) => ((await import(url)) as { default: Plugin }).default }),
    onEvent: (event) => event.type === 'warning' && warnings.push(event),
  });
  const outputs = new Map<string, PortValue>();
  for (const { step, output } of plan.outputs) {
    try {
      outputs.set(`${step}.${output}`, await result.caseOutput(theCase, step, output));
    } catch (error) {
      if (!isRadloomError(error) || error.code !== 'no-output') throw error;
    }
  }
  return plan.collect((step, output) => outputs.get(`${step}.${output}`), result.failedCases.get(theCase) ?? new Map(), warnings);
}

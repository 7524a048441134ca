import { openFilesystemStore, openInputFiles } from '@radloom/cache-filesystem';
import { Cache, run } from '@radloom/engine';
import { loadPlugins, numerics } from '@radloom/executor-local';
import { planExtraction } from '@radloom/standard';
import { inThisThread } from '../executor.js';
import { standardRequests } from '../standard-requests.js';
import { caseOutputs } from './batch-results.js';
import type { Extractor } from './extract.js';

const theCase = 'case';

/** One region through the engine: what the cache in the folder holds is not computed again, what is computed is kept. No worker is started. */
export function cachedExtraction(folder: string): Extractor {
  return async (params, files, { volume, version }) => {
    const plan = await planExtraction(params, { imageReader: files.image.reader, segmentationReader: files.segmentation.reader, volume, version });
    const registry = await loadPlugins(standardRequests(plan.plugins.keys()));
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
      executor: inThisThread({ cache, registry }),
      onEvent: (event) => event.type === 'warning' && warnings.push(event),
    });
    const outputs = await caseOutputs(result.plan, result.plan.cases[0], cache, plan.outputs);
    return plan.collect((step, output) => outputs.get(`${step}.${output}`), result.failedCases.get(theCase) ?? new Map(), warnings);
  };
}

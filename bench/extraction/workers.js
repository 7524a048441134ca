import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openFilesystemStore, openInputFiles } from '@radloom/cache-filesystem';
import { Cache, run } from '@radloom/engine';
import { loadPlugins, localExecutor, numerics, useNativeCode } from '@radloom/executor-local';
import { extractionParams, planExtraction, readerForName, standardPlugins } from '@radloom/standard';
import { fileURLToPath } from 'node:url';
import { median } from '../timing.js';

useNativeCode();

/** Wall seconds of a batch through the engine and its executor, an empty cache each time, for several numbers of workers. */
export async function batches({ image, mask, cases, workers, runs, params }) {
  const plan = await planExtraction(extractionParams(params), { imageReader: readerForName(image), segmentationReader: readerForName(mask) });
  const here = fileURLToPath(import.meta.url);
  const registry = await loadPlugins([...plan.plugins.keys()].map((id) => ({ name: standardPlugins[id].package, from: here })));
  const home = mkdtempSync(join(tmpdir(), 'radloom-bench-'));
  try {
    const files = distinctCases(home, image, mask, cases);
    const times = new Map(workers.map((jobs) => [jobs, []]));
    for (let round = 0; round < runs; round++) {
      for (const jobs of workers) {
        const store = await openFilesystemStore(join(home, `cache-${jobs}-${round}`));
        const executor = localExecutor({ jobs, store });
        const started = performance.now();
        const { failedCases } = await run({
          workflow: {
            dimensions: { case: files.map(({ id }) => id) },
            sources: {
              image: { kind: 'files', cases: Object.fromEntries(files.map((file) => [file.id, { files: [file.image] }])) },
              segmentation: { kind: 'files', cases: Object.fromEntries(files.map((file) => [file.id, { files: [file.mask] }])) },
            },
            steps: plan.steps,
            seed: 0,
          },
          registry, cache: new Cache(store, () => {}), numerics, files: await openInputFiles({ folder: store.folder }), executor,
        });
        times.get(jobs).push((performance.now() - started) / 1000);
        await executor.close();
        if (failedCases.size > 0) throw new Error(`${failedCases.size} cases failed`);
      }
    }
    return new Map([...times].map(([jobs, seconds]) => [jobs, median(seconds)]));
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** Copies that differ in a comment of the image's header, so that no case finds another's results. */
function distinctCases(home, image, mask, cases) {
  const bytes = readFileSync(image);
  const headerEnd = bytes.indexOf('\n') + 1;
  return Array.from({ length: cases }, (_, i) => {
    const paths = { image: join(home, `${i}-${basename(image)}`), mask: join(home, `${i}-${basename(mask)}`) };
    writeFileSync(paths.image, Buffer.concat([bytes.subarray(0, headerEnd), Buffer.from(`# case ${i}\n`), bytes.subarray(headerEnd)]));
    copyFileSync(mask, paths.mask);
    return { id: `case-${i}`, image: { name: basename(paths.image), locator: paths.image }, mask: { name: basename(paths.mask), locator: paths.mask } };
  });
}

import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openFilesystemStore, openInputFiles } from '@radloom/cache-filesystem';
import { Cache, run } from '@radloom/engine';
import { loadPlugins, numerics, useNativeCode } from '@radloom/executor-local';
import { extractionParams, extractWith, planExtraction, readerForName } from '@radloom/standard';
import { executorFor } from '../../apps/cli/dist/executor.js';
import { standardRequests } from '../../apps/cli/dist/standard-requests.js';
import { median } from '../timing.js';

useNativeCode();

/** Wall seconds of a batch through the engine and its executor, an empty cache each time, for several numbers of workers. */
export async function batches({ image, mask, cases, workers, runs, params }) {
  const work = await engineWork({ image, mask, params });
  return inFolder(image, mask, cases, async (home, files) => {
    const times = new Map(workers.map((jobs) => [jobs, []]));
    for (let round = 0; round < runs; round++) {
      for (const jobs of workers) times.get(jobs).push((await work(files, join(home, `cache-${jobs}-${round}`), jobs)).wall / 1000);
    }
    return new Map([...times].map(([jobs, seconds]) => [jobs, median(seconds)]));
  });
}

/** Milliseconds of the same cases through the engine with one worker, an empty cache, everything kept. */
export async function throughEngine({ image, mask, cases, params }) {
  const work = await engineWork({ image, mask, params });
  return inFolder(image, mask, cases, (home, files) => work(files, join(home, 'cache'), 1));
}

/** Milliseconds of the same cases, one after the other, by the library: nothing is kept. */
export async function bareLibrary({ image, mask, cases, params }) {
  const settings = extractionParams(params);
  const readers = { imageReader: readerForName(image), segmentationReader: readerForName(mask) };
  const read = ({ name, locator }) => [{ name, bytes: new Uint8Array(readFileSync(locator)) }];
  return inFolder(image, mask, cases, (_, files) =>
    timed(async () => {
      for (const file of files) await extractWith(settings, { image: read(file.image), mask: read(file.mask), ...readers });
    }),
  );
}

async function timed(work) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / 1000, wall: performance.now() - started };
}

/** Runs files through the engine and gives the times. */
async function engineWork({ image, mask, params }) {
  const plan = await planExtraction(extractionParams(params), { imageReader: readerForName(image), segmentationReader: readerForName(mask) });
  const registry = await loadPlugins(standardRequests(plan.plugins.keys()));
  return (files, folder, jobs) =>
    timed(async () => {
      const store = await openFilesystemStore(folder);
      const cache = new Cache(store, () => {});
      // The program's own workers.
      const executor = executorFor(files.length, { jobs, cache, store, registry });
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
        registry, cache, numerics, files: await openInputFiles({ folder: store.folder }), executor,
      });
      await executor.close();
      if (failedCases.size > 0) throw new Error(`${failedCases.size} cases failed`);
    });
}

async function inFolder(image, mask, cases, work) {
  const home = mkdtempSync(join(tmpdir(), 'radloom-bench-'));
  try {
    return await work(home, distinctCases(home, image, mask, cases));
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

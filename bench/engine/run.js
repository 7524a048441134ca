// What the graph itself costs: planning and a run in which nothing changed, as ratios to stat-ing and reading the same input files; the first run
// that fills the cache; and two workers against one, on scans large enough to be worth two.
//
//   npm run build && node bench/engine/run.js [--cases 1000,10000] [--runs 5] [--scans 12] [--keep]
//
// The scans of the large cohorts are tiny (8 x 8 x 6), so the floor is low and the graph's share high. Ratios of CPU time say what the work is,
// those of wall time what a person waits for; on a machine with other work only the first can be compared.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { batches } from '../extraction/workers.js';
import { makeCohort } from './cohort.js';
import { medianOf, timed } from './processes.js';

const here = dirname(fileURLToPath(import.meta.url));
const radloom = join(here, '..', '..', 'apps', 'cli', 'bin', 'radloom.js');
const option = (name, otherwise) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const print = (text) => process.stdout.write(`${text}\n`);
const runs = Number(option('--runs', 5));

/** What two workers are tried on: 64^3 voxels with a region of about 33,000, 11 images, 1,033 values. */
const realistic = { size: [64, 64, 64], radius: 20 };
const elevenImages = 'imageType: { Original: {}, LoG: { sigma: [1.0, 2.0] }, Wavelet: {} }\nsetting: { binWidth: 25 }\n';

async function planning(cases) {
  const home = mkdtempSync(join(tmpdir(), 'radloom-bench-'));
  try {
    const { study, inputs } = makeCohort(home, cases);
    writeFileSync(join(home, 'inputs.txt'), inputs.join('\n'));
    const cache = ['--cache', join(home, 'cache')];
    const run = [radloom, 'run', study, ...cache, '--out', join(home, 'out'), '--json'];
    const lastLine = ({ text }) => JSON.parse(text.trim().split('\n').at(-1));
    const first = await timed([...run, '--jobs', String(availableParallelism())]);
    const { counts } = lastLine(first);
    const floor = await medianOf([join(here, 'floor.js'), join(home, 'inputs.txt')], runs);
    const start = await medianOf([radloom, 'plan', makeCohort(join(home, 'few'), 2).study, ...cache], runs);
    const plan = await medianOf([radloom, 'plan', study, ...cache, '--json'], runs);
    const noop = await medianOf(run, runs);
    if (lastLine(noop).counts.executed !== 0) throw new Error('A run in which nothing changed executed something.');
    const line = (what, { seconds, cpu, peak }, more = '') =>
      print(`  ${what.padEnd(34)}${[`${seconds.toFixed(2)} s`, `${cpu.toFixed(2)} s CPU`, `${(seconds / floor.seconds).toFixed(1)} x`, `${(cpu / floor.cpu).toFixed(1)} x CPU`, `${peak.toFixed(0)} MiB`].map((cell) => cell.padStart(13)).join('')}  ${more}`);
    print(`${cases} cases, 2 files a case, ${(counts.executed / cases).toFixed(1)} nodes a case; medians of ${runs}`);
    line('stat and read all input files', floor);
    line('radloom plan, of 2 cases', start, 'what starting it costs');
    line('radloom plan, nothing to do', plan, `${(((plan.cpu - start.cpu) / cases) * 1e6).toFixed(0)} us CPU a case beyond starting`);
    line('radloom run, nothing to do', noop);
    line(`radloom run, empty cache, ${availableParallelism()} workers`, first, `${((first.cpu / counts.executed) * 1e3).toFixed(2)} ms CPU a node`);
  } finally {
    if (process.argv.includes('--keep')) print(home);
    else rmSync(home, { recursive: true, force: true });
  }
}

async function workers(scans) {
  const home = mkdtempSync(join(tmpdir(), 'radloom-bench-'));
  try {
    const [image, mask] = makeCohort(home, 1, realistic).inputs;
    const seconds = await batches({ image, mask, cases: scans, workers: [1, 2], runs: Math.min(runs, 3), params: elevenImages });
    print(`${scans} scans of ${realistic.size.join(' x ')} voxels, 11 images (original, LoG 1 and 2 mm, wavelet), every family, through engine, executor and an empty cache`);
    print(`  1 worker ${seconds.get(1).toFixed(2)} s, 2 workers ${seconds.get(2).toFixed(2)} s: ${(seconds.get(1) / seconds.get(2)).toFixed(2)} x`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

print(`Node ${process.versions.node}, ${availableParallelism()} processors, load ${loadavg()[0].toFixed(1)}`);
for (const cases of option('--cases', '1000,10000').split(',').map(Number)) if (cases > 0) await planning(cases);
const scans = Number(option('--scans', 12));
if (scans > 0) await workers(scans);
print(`Load at the end ${loadavg()[0].toFixed(1)}`);

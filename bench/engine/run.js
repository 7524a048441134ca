// What the graph itself costs: planning and a run in which nothing changed, as ratios to reading and stat-ing the same input files; a cold run
// with one worker and with two. All in one run, on a cohort of tiny scans made for it.
//
//   npm run build && node bench/engine.js [--cases 1000] [--keep]
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const radloom = join(dirname(fileURLToPath(import.meta.url)), '..', 'apps', 'cli', 'bin', 'radloom.js');
const option = (name, otherwise) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const cases = Number(option('--cases', 1000));
const repeats = 5;
const home = mkdtempSync(join(tmpdir(), 'radloom-bench-'));

/** A whole process: seconds, and the largest resident set in MB (Linux). */
function timed(args) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    let peak = 0;
    const watch = setInterval(() => {
      try {
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
      } catch {
        // It has ended, or this is not Linux.
      }
    }, 20);
    child.stdout.on('data', (chunk) => (text += chunk));
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(watch);
      if (status !== 0) reject(new Error(`${args.join(' ')} ended with ${status}`));
      else resolve({ seconds: (performance.now() - started) / 1000, peak, text });
    });
  });
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
async function medianOf(args) {
  const runs = [];
  for (let i = 0; i < repeats; i++) runs.push(await timed(args));
  return { seconds: median(runs.map((run) => run.seconds)), peak: Math.max(...runs.map((run) => run.peak)), text: runs[0].text };
}

function makeCohort() {
  const size = [8, 8, 6];
  const voxels = size[0] * size[1] * size[2];
  const nrrd = (type, data) => Buffer.concat([Buffer.from(`NRRD0004\ntype: ${type}\ndimension: 3\nspace: left-posterior-superior\nsizes: ${size.join(' ')}\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nendian: little\nencoding: raw\nspace origin: (0,0,0)\n\n`), Buffer.from(data.buffer)]);
  const mask = nrrd('uint8', new Uint8Array(voxels).map((_, i) => (i % 8 > 1 && i % 8 < 6 && Math.floor(i / 8) % 8 > 1 && Math.floor(i / 8) % 8 < 6 && i > 64 && i < 320 ? 1 : 0)));
  const rows = ['id,image,mask,event'];
  mkdirSync(join(home, 'scans'));
  for (let n = 0; n < cases; n++) {
    writeFileSync(join(home, 'scans', `${n}.nrrd`), nrrd('int16', new Int16Array(voxels).map((_, i) => 100 + ((i * 37 + n * 11 + ((i * n) % 13)) % 50) + 20 * (n % 2))));
    writeFileSync(join(home, 'scans', `${n}-mask.nrrd`), mask);
    rows.push(`C${n},scans/${n}.nrrd,scans/${n}-mask.nrrd,${n % 2}`);
  }
  writeFileSync(join(home, 'cohort.csv'), `${rows.join('\n')}\n`);
  writeFileSync(
    join(home, 'study.yaml'),
    `title: Engine\ncohort: { table: cohort.csv, image: image, mask: mask, outcome: { column: event, event: 1 } }\nimaging: { filters: [original, wavelet], features: [shape, firstorder, glcm, glrlm, glszm, gldm, ngtdm] }\nselection: [zero-variance]\ntuning: { folds: 2 }\nmodels: { knn: { grid: { k: [5] } } }\n`,
  );
}

/** The floor: a Node process that stats and reads every input file. */
function floorScript() {
  const path = join(home, 'floor.mjs');
  writeFileSync(path, `import { readFileSync, statSync } from 'node:fs';\nfor (let n = 0; n < ${cases}; n++) for (const end of ['', '-mask']) { const file = ${JSON.stringify(join(home, 'scans'))} + '/' + n + end + '.nrrd'; statSync(file); readFileSync(file); }\n`);
  return path;
}

try {
  makeCohort();
  const cache = (name) => ['--cache', join(home, name)];
  const study = join(home, 'study.yaml');
  const run = (name, jobs) => [radloom, 'run', study, ...cache(name), '--out', join(home, `out-${name}`), '--jobs', String(jobs), '--json'];
  const one = await timed(run('one', 1));
  const two = await timed(run('two', 2));
  const { counts } = JSON.parse(one.text.trim().split('\n').at(-1));
  const floor = await medianOf([floorScript()]);
  const start = await medianOf(['-e', '0']);
  const plan = await medianOf([radloom, 'plan', study, ...cache('one'), '--json']);
  const noop = await medianOf(run('one', 1));
  const again = JSON.parse(noop.text.trim().split('\n').at(-1)).counts;
  if (again.executed !== 0) throw new Error(`A run in which nothing changed executed ${again.executed} nodes.`);
  const line = (what, { seconds, peak }, more = '') => process.stdout.write(`${what.padEnd(44)} ${seconds.toFixed(2).padStart(8)} s  ${(seconds / floor.seconds).toFixed(1).padStart(6)} x floor  ${peak.toFixed(0).padStart(6)} MB  ${more}\n`);
  const bytes = Array.from({ length: cases }, (_, n) => statSync(join(home, 'scans', `${n}.nrrd`)).size).reduce((a, b) => a + b, 0);
  process.stdout.write(`${cases} cases, ${counts.executed} nodes executed at first (${(counts.executed / cases).toFixed(1)} a case), ${(bytes / 1e6).toFixed(1)} MB of images; medians of ${repeats}\n`);
  line('node alone', start);
  line('floor: stat and read all input files', floor);
  line('radloom plan, all cached', plan);
  line('radloom run, nothing to do', noop);
  line('radloom run, cold, 1 worker', one, `${((one.seconds / counts.executed) * 1e3).toFixed(2)} ms a node`);
  line('radloom run, cold, 2 workers', two, `${(one.seconds / two.seconds).toFixed(2)} x one worker`);
} finally {
  if (process.argv.includes('--keep')) process.stdout.write(`${home}\n`);
  else rmSync(home, { recursive: true, force: true });
}

// Measures extraction: `node bench/extraction/run.js [IMAGE MASK [PARAMS]] [--runs N] [--only whole,processes,parts,growth,workers,study] [--cases N]`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { madeUpFiles } from './case.js';
import { processes } from './processes.js';
import { median } from '../timing.js';
import { batches } from './workers.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' }, only: { type: 'string', default: 'whole,processes,parts,growth,workers,study' }, cases: { type: 'string', default: '20' } },
});
const wanted = options.only.split(',');
const folder = mkdtempSync(join(tmpdir(), 'radloom-bench-'));
const [image = join(folder, 'image.nrrd'), mask = join(folder, 'mask.nrrd'), params] = positionals;
if (positionals.length === 0) {
  const made = madeUpFiles();
  writeFileSync(image, made.image);
  writeFileSync(mask, made.mask);
}

const takesParams = /^(whole|study)\//;
const part = (id, runs = options.runs) => JSON.parse(execFileSync(process.execPath, ['--expose-gc', fileURLToPath(new URL('./part.js', import.meta.url)), id, runs, image, mask, ...(takesParams.test(id) && params !== undefined ? [params] : [])], { encoding: 'utf8' }));
const print = (text = '') => process.stdout.write(`${text}\n`);
const row = (name, ...cells) => print(name.padEnd(24) + cells.map((cell) => String(cell).padStart(12)).join(''));

print(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors; medians of ${options.runs}, CPU ms unless said otherwise`);

if (wanted.includes('whole')) {
  print('\nWhole extraction, from the bytes of the files to the values, one thread');
  row('', 'values', 'cold', 'warm', 'warm wall', 'yardstick', 'yardsticks', 'peak MiB');
  for (const name of params === undefined ? ['original', 'eleven'] : ['params']) {
    const { values, cold, cpu, wall, yardstick, peak } = part(`whole/${name}`);
    row(name, values, cold.cpu.toFixed(0), cpu.toFixed(0), wall.toFixed(0), yardstick.toFixed(0), (cpu / yardstick).toFixed(2), peak.toFixed(0));
  }
}

if (wanted.includes('processes')) {
  print('\nWhole processes, from their start to their end');
  row('', 'CPU', 'wall', 'yardstick', 'yardsticks', 'peak MiB');
  const extract = (...more) => ['extract', image, mask, '--output', join(folder, 'features.csv'), ...more];
  const { yardstick, programs } = processes(new Map([['node -e 0', undefined], ['original', extract()], ...(params === undefined ? [] : [['params', extract('--params', params)]])]), Number(options.runs));
  for (const [name, { cpu, wall, peak }] of programs) row(name, cpu.toFixed(0), wall.toFixed(0), yardstick.toFixed(0), (cpu / yardstick).toFixed(2), peak.toFixed(0));
}

if (wanted.includes('parts')) {
  print('\nParts, each in a process of its own');
  row('', 'voxels', 'cold', 'warm', 'warm wall', 'yardsticks', 'cold ns/vox', 'warm ns/vox');
  const all = [
    'reader/nrrd', 'preprocess/mask', 'preprocess/resample', 'preprocess/discretise', 'preprocess/diagnostics',
    ...['log', 'wavelet', 'square', 'squareroot', 'logarithm', 'exponential', 'gradient', 'lbp2d', 'lbp3d'].map((name) => `filter/${name}`),
    ...['shape', 'firstorder', 'glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm', 'textures'].map((name) => `features/${name}`),
  ];
  for (const id of all) {
    const { voxels, cold, cpu, wall, yardstick } = part(id);
    const each = (milliseconds) => ((1e6 * milliseconds) / voxels).toFixed(1);
    row(id, voxels, cold.cpu.toFixed(1), cpu.toFixed(1), wall.toFixed(1), (cpu / yardstick).toFixed(3), each(cold.cpu), each(cpu));
  }
}

if (wanted.includes('growth')) {
  print('\nGrowth: balls of 1,000 voxels, doubled ten times; CPU ms, and times that of half as many voxels');
  for (const family of ['shape', 'firstorder', 'glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm']) {
    const { times, ratios } = part(`growth/${family}`, String(Math.max(9, Number(options.runs))));
    row(family, ...times.map((time) => time.toFixed(2)));
    row(`  at most ${Math.max(...ratios).toFixed(2)}`, '', ...ratios.map((ratio) => ratio.toFixed(2)));
  }
}

if (wanted.includes('workers')) {
  const cases = Number(options.cases);
  const seconds = await batches({ image, mask, cases, workers: [1, 2], runs: Math.min(3, Number(options.runs)) });
  print(`\n${cases} cases through the engine, original image: one worker ${seconds.get(1).toFixed(2)} s, two ${seconds.get(2).toFixed(2)} s, ${(seconds.get(1) / seconds.get(2)).toFixed(2)} times as fast (wall)`);
}

if (wanted.includes('study')) {
  // In turn, each in a process of its own that starts cold, as a study does.
  const rounds = Array.from({ length: Math.min(3, Number(options.runs)) }, () => ({ bare: part('study/bare', options.cases), engine: part('study/engine', options.cases) }));
  const ratio = (what) => median(rounds.map(({ bare, engine }) => engine[what] / bare[what])).toFixed(2);
  const seconds = (which, what) => (median(rounds.map((round) => round[which][what])) / 1000).toFixed(2);
  print(`\n${options.cases} cases: the library alone ${seconds('bare', 'cpu')} s CPU, ${seconds('bare', 'wall')} s wall; through the engine, a cache and one worker ${seconds('engine', 'cpu')} s CPU, ${seconds('engine', 'wall')} s wall: ${ratio('cpu')} and ${ratio('wall')} times`);
}
rmSync(folder, { recursive: true });

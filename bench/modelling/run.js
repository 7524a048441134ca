// Measures selection: `node bench/modelling/run.js [--runs N] [--only lasso,correlation,growth]`.
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '7' }, only: { type: 'string', default: 'lasso,correlation,growth' } } });
const wanted = options.only.split(',');
const part = (id) => JSON.parse(execFileSync(process.execPath, [fileURLToPath(new URL('./part.js', import.meta.url)), id, options.runs], { encoding: 'utf8' }));
const print = (text = '') => process.stdout.write(`${text}\n`);
const row = (name, ...cells) => print(name.padEnd(30) + cells.map((cell) => String(cell).padStart(12)).join(''));

print(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors; medians of ${options.runs}, CPU ms, tables in memory`);

/** CPU milliseconds of R 4.2 with glmnet 4.1-6 and recipes on the same tables, two processors, at a yardstick of 73 ms. */
const R = { 'path/radiomics': 14, 'cv/radiomics': 200, 'cv/wide': 880, 'correlation/radiomics': 100 };
const R_YARDSTICK = 73;

function table(title, ids) {
  print(`\n${title}`);
  row('', 'n', 'p', 'cold', 'warm', 'wall', 'R', 'yardsticks', 'R’s', 'peak MiB');
  for (const id of ids) {
    const { n, p, made, cold, cpu, wall, yardstick, peak } = part(id);
    const there = R[id.split('/').slice(0, 2).join('/')];
    row(id + (made ? ' (made up)' : ''), n, p, cold.cpu.toFixed(0), cpu.toFixed(1), wall.toFixed(1), there ?? '-', (cpu / yardstick).toFixed(2), there === undefined ? '-' : (there / R_YARDSTICK).toFixed(2), peak.toFixed(0));
  }
}

if (wanted.includes('lasso')) {
  table('Binomial lasso: path of 100 penalties, and with 10 folds (glmnet’s threshold; R at the same)', ['path/radiomics', 'cv/radiomics', 'path/wide', 'cv/wide', 'path/radiomics/cyclical', 'cv/radiomics/cyclical', 'cv/wide/cyclical']);
}
if (wanted.includes('correlation')) table('Correlation filter at 0.9: all pairs, and the rule', ['correlation/radiomics', 'correlation/1051', 'correlation/10000']);

if (wanted.includes('growth')) {
  print('\nGrowth: times as one size doubles, and times that of half the size');
  for (const [name, what] of [['p', 'cross-validated lasso, n = 200, 10 folds, p ='], ['n', 'the same, p = 1000, n ='], ['folds', 'the same, n = 200, p = 1000, folds ='], ['correlation', 'correlation filter, n = 200, p =']]) {
    const { sizes, times } = part(`growth/${name}`);
    const ratios = times.slice(1).map((time, k) => time / times[k]);
    print(what);
    row('', ...sizes);
    row('  CPU ms', ...times.map((time) => time.toFixed(1)));
    row(`  at most ${Math.max(...ratios).toFixed(2)}`, '', ...ratios.map((ratio) => ratio.toFixed(2)));
  }
}

// One measurement in a process of its own: `node bench/modelling/part.js ID RUNS`; prints JSON.
import { correlationScan, crossValidatedPath, penalisedPath } from '@radloom/statistics';
import { measure, median } from '../timing.js';
import { dealtFolds, madeUpTable, referenceTable } from './tables.js';

const [id, runs] = process.argv.slice(2);
const [what, which, solver = 'newton'] = id.split('/');

const tables = { radiomics: () => referenceTable('radiomics', 82, 1051), wide: () => referenceTable('wide', 200, 5000) };
const lasso = ({ x, y, n, p }) => ({ family: 'binomial', x, y, n, p, solver });
const validated = (table, folds) => crossValidatedPath({ ...lasso(table), folds: dealtFolds(table.y, folds) });

/** Times of one kind of work as one of its sizes doubles: interleaved, so that a slow minute slows all. */
function growth(sizes, prepare, work) {
  const inputs = sizes.map(prepare);
  inputs.forEach(work);
  const times = sizes.map(() => []);
  for (let run = 0; run < Number(runs); run++) {
    inputs.forEach((input, k) => {
      const before = process.cpuUsage();
      work(input);
      const { user, system } = process.cpuUsage(before);
      times[k].push((user + system) / 1000);
    });
  }
  return { sizes, times: times.map(median) };
}

const GROWTH = {
  p: () => growth([625, 1250, 2500, 5000, 10_000], (p) => madeUpTable(200, p), (table) => validated(table, 10)),
  n: () => growth([50, 100, 200, 400], (n) => madeUpTable(n, 1000), (table) => validated(table, 10)),
  folds: () => growth([5, 10, 20, 40], (folds) => ({ folds, table: madeUpTable(200, 1000) }), ({ folds, table }) => validated(table, folds)),
  correlation: () => growth([1250, 2500, 5000, 10_000], (p) => madeUpTable(200, p), filtered),
};

/** Scan and rule, as the selector does; no pair is kept but as a mark. */
function filtered({ x, n, p }) {
  const { meanAbsolute, forEachAbove } = correlationScan({ x, n, p, threshold: 0.9 });
  const gone = new Uint8Array(p);
  forEachAbove((row, column) => (gone[meanAbsolute[column] > meanAbsolute[row] ? column : row] = 1));
  return gone;
}

/** Work of milliseconds is done ten times a round, that the garbage of what is done between rounds does not count as its own. */
async function part() {
  if (what === 'growth') return GROWTH[which]();
  const table = tables[which]?.() ?? madeUpTable(200, Number(which));
  const work = { path: (given) => penalisedPath(lasso(given)), cv: (given) => validated(given, 10), correlation: filtered }[what];
  const repeats = what === 'path' ? 10 : 1;
  const repeated = (given) => {
    for (let k = 0; k < repeats; k++) work(given);
  };
  const first = await measure(() => table, work, 0);
  const { cpu, wall, yardstick } = await measure(() => table, repeated, Number(runs));
  return { n: table.n, p: table.p, made: table.made === true, cold: first.cold, cpu: cpu / repeats, wall: wall / repeats, yardstick, peak: process.resourceUsage().maxRSS / 1024 };
}

process.stdout.write(JSON.stringify(await part()));

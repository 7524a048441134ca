// Models and their tuning: CPU milliseconds, yardsticks of the same process, and the ratio to the same work in R.
//
//   npm run build && node bench/models.js [forest] [shap] [tuned] [nested] [workers]      no name: all
//
// R's figures (ranger 0.14.1 on one thread; tidymodels with glmnet, ranger, kernlab, kknn and stacks on 51 patients with 1051 features) were
// measured beside the same yardstick at 47 ms.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columnMajor, outcomeOf, predictorNames, takeRows } from '@radloom/core';
import { digestsOf, failuresOf, runStudy, simulatedCohort } from './feature-study.js';
import { yardstick } from './yardstick.js';

const R_YARDSTICK = 47;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const asked = process.argv.slice(2);
const wanted = (name) => asked.length === 0 || asked.includes(name);

yardstick(); // compiles
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Medians of some rounds, with the yardstick taken between them. */
async function measured(rounds, work) {
  const times = [];
  const walls = [];
  const yardsticks = [yardstick()];
  for (let i = 0; i < rounds; i++) {
    const [before, started] = [cpu(), performance.now()];
    await work();
    times.push(cpu() - before);
    walls.push(performance.now() - started);
    yardsticks.push(yardstick());
  }
  return { cpu: median(times), wall: median(walls), yardstick: median(yardsticks) };
}

/** @param reference milliseconds of CPU in R at its yardstick; `target` says what the ratio is held against */
function line(what, { cpu: ms, wall, yardstick: unit }, reference, target) {
  const ratio = reference === undefined ? '' : `${((ms / unit) / (reference / R_YARDSTICK)).toFixed(3)} x R`;
  process.stdout.write(`${what.padEnd(58)} ${ms.toFixed(0).padStart(7)} ms CPU ${wall.toFixed(0).padStart(7)} ms wall ${(ms / unit).toFixed(1).padStart(8)} yardsticks (${unit.toFixed(1)} ms)  ${ratio.padEnd(10)} ${target}\n`);
}

const context = { seed: [1, 2, 3, 4], at: {}, signal: new AbortController().signal, progress() {}, warn() {} };

function trainingSet(table) {
  const predictors = predictorNames(table);
  return { table, predictors, x: columnMajor(table, predictors), y: outcomeOf(table), rows: table.rows.length };
}

async function forestFit(set, trees) {
  const { default: plugin } = await import('@radloom/classifier-random-forest');
  const fit = await plugin.operations.fit.load();
  return (await fit({ table: set.table }, plugin.params.parse({ trees }), context)).model;
}

if (wanted('forest')) {
  const set = trainingSet(takeRows(simulatedCohort({ rows: 1000, columns: 50, seed: 1 }), [...Array(1000).keys()], 'training'));
  line('forest, 500 trees, 1000 rows x 50 columns, fit', await measured(5, () => forestFit(set, 500)), 1000, 'target: 3');
}

if (wanted('shap')) {
  const set = trainingSet(takeRows(simulatedCohort({ rows: 82, columns: 7, seed: 2 }), [...Array(82).keys()], 'training'));
  const { state } = await forestFit(set, 500);
  const { forestAttribution } = await import('../packages/evaluation/explanation/dist/trees.js');
  line('SHAP, 82 rows x 7 columns, 500 trees', await measured(5, () => forestAttribution(state, 7, set.x, 82, set.x, 82)), undefined, 'target: 2000 ms');
}

const values = (from, to, count) => Array.from({ length: count }, (_, i) => Math.exp(Math.log(from) + (i / (count - 1)) * Math.log(to / from)));
/** So many candidates a model. */
const grids = (count) => {
  const side = Math.ceil(Math.sqrt(count));
  const other = count / side;
  return {
    'random-forest': { settings: { trees: 500 }, grid: { mtry: Array.from({ length: other }, (_, i) => 1 + i), minNodeSize: [2, 5, 10, 15, 20].slice(0, side) } },
    svm: { grid: { cost: values(0.1, 30, side), gamma: values(0.005, 0.5, other) } },
    knn: { grid: { k: Array.from({ length: side }, (_, i) => 3 + 2 * i), distance: values(1, 2, other) } },
    logistic: { grid: { lambda: values(0.001, 1, count) } },
  };
};
const selection = ['zero-variance', 'near-zero-variance', { correlation: { threshold: 0.9 } }, { lasso: { folds: 10, rule: 'lambda.min' } }];
const cohort = () => simulatedCohort({ rows: 51, columns: 1051, telling: 3, strength: 1.2, seed: 3 });
const tuned = { selection, split: { method: 'hold-out', settings: { proportion: 0.75 } }, tuning: { folds: 10 }, models: { ...grids(25), stacking: null } };
const nested = { selection: selection.map((entry) => (entry.lasso === undefined ? entry : { lasso: { folds: 5, rule: 'lambda.min' } })), split: { method: 'k-fold', settings: { folds: 5, repeats: 5 } }, tuning: { folds: 5 }, models: grids(9) };
nested.models.logistic = { grid: { lambda: values(0.001, 1, 10) } };
nested.models.svm = { grid: { cost: values(0.1, 30, 5), gamma: values(0.01, 0.3, 2) } };
nested.models.knn = { grid: { k: Array.from({ length: 10 }, (_, i) => 3 + 2 * i) } };
nested.models['random-forest'] = { settings: { trees: 500 }, grid: { minNodeSize: [2, 5, 8, 11, 14], sampleFraction: [0.7, 1] } };

const folders = [];
async function fresh(given, jobs) {
  const folder = mkdtempSync(join(tmpdir(), 'radloom-models-'));
  folders.push(folder);
  return { folder, result: await runStudy(given, cohort(), { folder, jobs }) };
}

async function whole(name, given, reference) {
  let last;
  const once = await measured(1, async () => (last = await fresh(given)));
  line(`${name}: ${last.result.counts.executed} nodes`, once, reference, 'target: 0.100');
  const failures = failuresOf(last.result);
  if (Object.keys(failures).length > 0) process.stdout.write(`  failed: ${JSON.stringify(failures)}\n`);
  if (process.argv.includes('--profile')) {
    const byStep = new Map();
    for (const { step, milliseconds } of last.result.cohort) {
      const key = `${step.step.plugin} ${step.step.operation}`;
      const known = byStep.get(key) ?? [0, 0];
      byStep.set(key, [known[0] + milliseconds, known[1] + 1]);
    }
    for (const [key, [ms, count]] of [...byStep].sort((a, b) => b[1][0] - a[1][0]).slice(0, 12)) process.stdout.write(`  ${key.padEnd(50)} ${ms.toFixed(0).padStart(7)} ms in ${count} nodes\n`);
  }
  const again = await measured(1, () => runStudy(given, cohort(), { folder: last.folder }));
  line(`${name}: once more, nothing changed`, again, undefined, '');
}

try {
  if (wanted('tuned')) {
    await whole('tuned comparison, 25 candidates x 4, 10 folds, blend', tuned, 94_000);
    const wider = { ...tuned, models: { ...tuned.models, knn: { grid: { ...tuned.models.knn.grid, k: [...tuned.models.knn.grid.k, 13] } } } };
    const { result } = await (async () => ({ result: await runStudy(wider, cohort(), { folder: folders.at(-1) }) }))();
    const executed = result.cohort.filter(({ state }) => state === 'executed').map(({ step }) => step.step.id);
    process.stdout.write(`one grid wider by ${wider.models.knn.grid.distance.length} candidates: ${executed.length} nodes executed, ${executed.filter((id) => id.includes('candidate')).length} of them candidates\n`);
  }
  if (wanted('nested')) await whole('nested, 5 x 5 folds, 5 inner, 10 candidates x 4', nested, 680_000);
  if (wanted('workers')) {
    const small = { ...nested, split: { method: 'k-fold', settings: { folds: 3 } } };
    const [one, two] = [await fresh(small, 1), await fresh(small, 2)];
    const same = JSON.stringify(digestsOf(one.result)) === JSON.stringify(digestsOf(two.result));
    process.stdout.write(`digests of all ${one.result.cohort.length} nodes with 1 and 2 workers: ${same ? 'equal' : 'DIFFERENT'}\n`);
    if (!same) process.exitCode = 1;
  }
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

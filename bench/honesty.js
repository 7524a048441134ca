// Does a study tell the truth? Two hundred studies where there is nothing to find, and two hundred where the truth is known.
//
//   npm run build && node bench/honesty.js [--studies 200] [--patients 100] [--jobs 2]
//
// Nothing to find: outcomes are dealt out at random; the mean AUC, and the mean of sensitivity and specificity at the chosen threshold, must be one
// half within three standard errors, on the test rows, on training rows held out in turn, and over nested folds. Truth known: each fitted model is
// applied to 20,000 fresh patients; how often each printed 95% interval of the AUC holds that AUC, with the interval of that share (Wilson). Everything
// goes through the graph of a real study, on feature tables.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { takeRows } from '@radloom/core';
import { auc, proportionInterval } from '@radloom/statistics';
import { failuresOf, pluginOf, runStudy, simulatedCohort } from './feature-study.js';

const option = (name, otherwise) => (process.argv.includes(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : otherwise);
const studies = option('--studies', 200);
const patients = option('--patients', 100);
const jobs = option('--jobs', 2);
const FRESH = 20_000;
const COLUMNS = 30;

const shared = {
  selection: ['scale', { correlation: { threshold: 0.9 } }, { lasso: { folds: 5, rule: 'lambda.min' } }],
  tuning: { folds: 5 },
  threshold: { rule: 'youden' },
  models: { logistic: { grid: { lambda: [0.01, 0.1] } }, svm: { grid: { cost: [0.5, 2] } }, knn: { grid: { k: [7, 15] } }, 'random-forest': { settings: { trees: 100 }, grid: { minNodeSize: [5, 15] } }, stacking: null },
  evaluation: [{ discrimination: { bootstrap: 500 } }],
};
const holdOut = { ...shared, split: { method: 'hold-out', settings: { proportion: 0.6 } } };
const nested = { ...shared, split: { method: 'k-fold', settings: { folds: 5 } } };

const entriesOf = async (result) => (await result.output('discrimination', 'metrics')).entries.filter(({ role }) => role !== 'training');
const areas = (metrics) => ({ value: metrics.find(({ name }) => name === 'auc').value, intervals: metrics.filter(({ name }) => name.startsWith('auc')).map(({ interval, lower, upper }) => ({ interval, lower, upper })) });

/** Mean of sensitivity and specificity. */
const called = (metrics) => ['sensitivity', 'specificity'].reduce((sum, wanted) => sum + metrics.find(({ name }) => name === wanted).value / 2, 0);

/** A study of outcomes that follow nothing: the AUC of every model, where it is printed. */
async function withoutTruth(seed) {
  const table = simulatedCohort({ rows: patients, columns: COLUMNS, telling: 1, strength: 0, seed });
  const found = [];
  for (const [design, given] of [['hold-out', holdOut], ['nested', nested]]) {
    const result = await runStudy({ ...given, seed }, table);
    for (const { model, role, metrics } of await entriesOf(result)) found.push({ kind: 'null', design, model, role, value: areas(metrics).value, called: called(metrics), failures: failuresOf(result) });
  }
  return found;
}

/** A study of outcomes that follow two factors: each model's printed intervals on the test rows, and its AUC on fresh patients. */
async function withTruth(seed) {
  const make = (rows, own) => simulatedCohort({ rows, columns: COLUMNS, telling: 2, strength: 1, seed: own });
  const result = await runStudy({ ...holdOut, seed }, make(patients, seed));
  const fresh = make(FRESH, 1_000_000 + seed);
  const truths = await freshAreas(result, takeRows(fresh, fresh.rows.map((_, i) => i), 'test', 'fresh'));
  return (await entriesOf(result)).filter(({ role }) => role === 'test').map(({ model, metrics }) => ({ kind: 'truth', model, truth: truths[model], ...areas(metrics), failures: failuresOf(result) }));
}

/** The AUC of every fitted model on new rows, which go through everything that was fitted, as the test rows did. */
async function freshAreas(result, table) {
  const at = { fold: 'holdout' };
  const context = { seed: [0, 0, 0, 0], at, signal: new AbortController().signal, progress() {}, warn() {} };
  const apply = async (step, operation, inputs) => {
    const { step: own, params } = result.plan.template.byId.get(step);
    return (await pluginOf(own.plugin).operations[operation].load())(inputs, params, context);
  };
  let rows = renamed(table);
  for (const name of ['scale', 'correlation', 'lasso']) rows = (await apply(`${name}.test`, 'apply', { model: await result.output(`${name}.fit`, 'model', at), table: rows })).table;
  const members = [];
  const found = {};
  for (const name of ['logistic', 'svm', 'knn', 'random-forest']) {
    const { predictions } = await apply(`${name}.test`, 'predict', { model: await result.output(`${name}.fit`, 'model', at), table: rows });
    members.push({ step: name, name, at, value: predictions });
    found[name] = auc(predictions.outcome, predictions.probability);
  }
  const { predictions } = await apply('stacking.test', 'predict', { model: await result.output('stacking.fit', 'model', at), members });
  found.stacking = auc(predictions.outcome, predictions.probability);
  return found;
}

/** Fresh patients have names of their own. */
function renamed(table) {
  return { ...table, rows: table.rows.map(({ id }) => ({ id: `fresh-${id}` })) };
}

if (process.argv.includes('--share')) {
  // One of several processes: every jobs-th seed.
  const first = option('--share', 0);
  for (let seed = 1 + first; seed <= studies; seed += jobs) for (const entry of [...(await withoutTruth(seed)), ...(await withTruth(seed))]) process.stdout.write(`${JSON.stringify(entry)}\n`);
} else await main();

async function main() {
  const started = performance.now();
  const share = (first) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--share', String(first), '--studies', String(studies), '--patients', String(patients), '--jobs', String(jobs)], { stdio: ['ignore', 'pipe', 'inherit'] });
      let text = '';
      child.stdout.on('data', (chunk) => (text += chunk));
      child.on('close', (status) => (status === 0 ? resolve(text) : reject(new Error(`A share ended with ${status}.`))));
    });
  const texts = await Promise.all(Array.from({ length: jobs }, (_, i) => share(i)));
  const entries = texts.flatMap((text) => text.trim().split('\n').map((line) => JSON.parse(line)));
  const say = (text) => process.stdout.write(`${text}\n`);
  const groups = (of, key) => {
    const found = new Map();
    for (const entry of of) found.set(key(entry), [...(found.get(key(entry)) ?? []), entry]);
    return [...found];
  };
  const failed = {};
  for (const { failures } of entries) for (const [code, count] of Object.entries(failures)) failed[code] = (failed[code] ?? 0) + count;
  say(`${studies} studies of each kind, ${patients} patients x ${COLUMNS} features, 5 models; failures: ${JSON.stringify(failed)}`);
  let honest = true;
  for (const [title, measure] of [['AUC', 'value'], ['of sensitivity and specificity', 'called']]) {
    say(`\nNothing to find: mean ${title}, in standard errors from 0.5 (each within 3)`);
    for (const [name, group] of groups(entries.filter((entry) => entry.kind === 'null' && Number.isFinite(entry[measure])), ({ design, role, model }) => `${design}, ${role}: ${model}`)) {
      const mean = group.reduce((sum, entry) => sum + entry[measure], 0) / group.length;
      const error = Math.sqrt(group.reduce((sum, entry) => sum + (entry[measure] - mean) ** 2, 0) / (group.length - 1) / group.length);
      const away = error === 0 ? 0 : (mean - 0.5) / error;
      if (Math.abs(away) > 3) honest = false;
      say(`  ${name.padEnd(40)} ${mean.toFixed(4)} ± ${error.toFixed(4)}  ${away.toFixed(2).padStart(6)}${Math.abs(away) > 3 ? '  NOT HONEST' : ''}`);
    }
  }
  say(`\nTruth known: 95% intervals that hold the AUC on ${FRESH} fresh patients`);
  for (const [name, group] of groups(entries.filter(({ kind }) => kind === 'truth').flatMap(({ model, truth, intervals }) => intervals.filter(({ lower }) => lower !== undefined && lower !== null).map((own) => ({ model, truth, ...own }))), ({ model, interval }) => `${interval}: ${model}`)) {
    const held = group.filter(({ truth, lower, upper }) => lower <= truth && truth <= upper).length;
    const { lower, upper } = proportionInterval(held, group.length, 'wilson', 0.95);
    say(`  ${name.padEnd(46)} ${((100 * held) / group.length).toFixed(1).padStart(5)}%  [${(100 * lower).toFixed(1)}, ${(100 * upper).toFixed(1)}]  mean truth ${(group.reduce((sum, { truth }) => sum + truth, 0) / group.length).toFixed(3)}`);
  }
  say(`\n${((performance.now() - started) / 60_000).toFixed(1)} minutes with ${jobs} processes`);
  if (!honest) process.exitCode = 1;
}

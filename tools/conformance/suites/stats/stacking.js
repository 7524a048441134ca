import { penalisedPath } from '@radloom/statistics';
import { runCases } from './cases.js';
import { argument, compareNumber, compareNumbers, judged } from './compare.js';
import { builtFile, operate } from './plugins.js';
import { columnMajor, firstEqual } from './tables.js';

const SHARE = 1e-6;

const rules = {
  tolerances: [
    ['*#path_lambda', { relative: 1e-10 }],
    ['*#path_df', {}],
    ['stacking/stacks_run#stack_test_prob_1', { absolute: SHARE }],
    ['*', { scaled: SHARE }],
  ],
  aside: [['stacking/blend_duplicate_members#path_df', 'equal members share a weight in any way']],
};

/** Blends of members' probabilities, by the ensemble plugin; the gaussian one and the paths by penalised regression. */
export default (tally, folder) => runCases(tally, folder, 'stacking', { blend_gaussian: gaussian, 'blend_*': blends, stacks_run: run }, rules);

/** Out-of-fold predictions of members, as the ensemble gathers them. */
function membersOf(data, names, y, role = 'out-of-fold') {
  const rows = Array.from(y, (_, r) => String(r));
  const partition = { role: role === 'test' ? 'test' : 'training', rowSet: 'rows' };
  return names.map((name) => ({ step: name, name, at: {}, value: { type: 'predictions', model: name, rows, outcome: y, probability: data(name), role, partition, fittedOn: 'rows', threshold: 0.5 } }));
}

/** The blend at one penalty. */
async function blendAt(members, penalty, settings) {
  const { model } = await operate('ensemble/stacking', 'fit', { members }, { penalties: [penalty], ...settings });
  return { model, intercept: model.summary.intercept, coef: members.map(({ name }) => model.summary.weights[name]) };
}

async function blends({ table, args: { columns: names }, expected }) {
  const { blendsAt } = await builtFile('@radloom/classifier-stacking', 'blend.js');
  const data = table('data');
  const columns = names.map((name) => data.numbers(name));
  const set = { members: names, probability: columnMajor(data, names), y: Uint8Array.from(data.numbers('y')), rows: data.rows };
  // All penalties in one call, as the reference: each solution starts from the one before.
  const at = (interpolate) => () => blendsAt(set, { penalties: expected.penalty, interpolate, threshold: 1e-14 }).map(({ intercept, weight }) => blendJudges(columns, { intercept, coef: weight }));
  const packaged = () => blendsAt(set, { penalties: expected.path_lambda, interpolate: true, threshold: 1e-7 });
  return {
    penalty: argument,
    path_lambda: () => penalisedPath({ family: 'binomial', x: set.probability, n: data.rows, p: names.length, y: set.y, lower: 0, lambdaMinRatio: 1e-6 }).lambda,
    // Read off the path at its own penalties, which differ in the last digit: a trace of the next solution is none.
    path_df: () => packaged().map(({ weight }) => weight.filter((value) => value > 1e-9 * Math.max(...weight)).length),
    tight_path: at(true), exact_at_penalty: at(false),
  };
}

/** Weights, those of equal members summed; the intercept on their scale. */
function blendJudges(columns, { intercept, coef }) {
  const first = firstEqual(columns);
  const summed = (list) => {
    const sums = new Float64Array(columns.length);
    list.forEach((value, c) => (sums[first(c)] += value));
    return sums;
  };
  return {
    intercept: judged((tally, group, name, expected) => compareNumber(tally, group, name, intercept, expected, { absolute: SHARE * Math.max(Math.abs(expected), ...coef) })),
    coef: judged((tally, group, name, expected) => compareNumbers(tally, group, name, summed(coef), [...summed(expected)], { scaled: SHARE, absolute: 1e-12 })),
  };
}

function gaussian({ table, expected }) {
  const data = table('data');
  const names = data.names.filter((name) => name !== 'y');
  const options = { family: 'gaussian', x: columnMajor(data, names), n: data.rows, p: names.length, y: data.numbers('y'), lower: 0, threshold: 1e-14 };
  const columns = names.map((name) => data.numbers(name));
  return {
    penalty: argument,
    exact_at_penalty: expected.penalty.map((penalty) => {
      const { intercept, coefficients: [[{ index, value }]] } = penalisedPath({ ...options, lambda: [penalty] });
      const coef = new Float64Array(names.length);
      index.forEach((column, k) => (coef[column] = value[k]));
      return blendJudges(columns, { intercept: intercept[0][0], coef });
    }),
  };
}

/** A whole run of stacks: it models the second level (y = 0) at the packaged threshold, and reports the probability of the first. */
async function run({ table, args: { columns: names }, expected }) {
  const data = table('data');
  const y = Uint8Array.from(data.numbers('y'), (value) => 1 - value);
  const columns = names.map((name) => data.numbers(name));
  const members = membersOf((name) => data.numbers(name), names, y);
  const byPenalty = [];
  for (const { penalty } of expected.coef_by_penalty) byPenalty.push({ penalty: argument, ...blendJudges(columns, await blendAt(members, penalty, {})) });
  const chosen = await blendAt(members, expected.penalty_selected, {});
  const test = table('test');
  const testY = Uint8Array.from(test.numbers('y'), (value) => 1 - value);
  // The test file has the members that have a weight.
  const testMembers = membersOf((name) => (test.names.includes(name) ? test.numbers(name) : new Float64Array(test.rows)), names, testY, 'test');
  const { predictions } = await operate('ensemble/stacking', 'predict', { model: chosen.model, members: testMembers });
  const scored = await operate('ensemble/stacking', 'fit', { members }, { penalties: [1e-2, 1e-1], resamples: 3 });
  return {
    selection_metric: Object.hasOwn(scored.model.summary.penaltyScores[0], 'auc') ? 'roc_auc' : 'another',
    coef_by_penalty: byPenalty, stack_test_prob_1: predictions.probability.map((p) => 1 - p), member_columns_used: names.filter((_, m) => chosen.coef[m] !== 0),
  };
}

import { takeRows } from '@radloom/core';
import { auc, brierScore, confusionAt, confusionMeasures, logLoss, precisionRecallAreas } from '@radloom/statistics';
import { argument } from './compare.js';
import { machineOf } from './machines.js';
import { operate } from './plugins.js';
import { besideCoefficients, each, fit, logisticAt, predict, standardised, studyOf } from './study.js';

/** scikit-learn scales by the deviation with 1/n, and its C is the inverse of the penalty times the rows. */
export async function sklearn(given) {
  const raw = studyOf(given);
  const n = raw.trainRows.length;
  const study = standardised(raw, Math.sqrt((n - 1) / n));
  const { expected } = given;
  const logistic = (alpha, share) => async ({ C }) => {
    const { intercept, coefficient, all } = await logisticAt(study, 1 / (C * n), alpha);
    return { C: argument, coef: coefficient, intercept: besideCoefficients(intercept, coefficient, share), prob1: all };
  };
  return {
    svc: await each(expected.svc, async ({ C, gamma }) => {
      const { state, all } = await machineOf(study, { cost: C, gamma, scale: false });
      return { C: argument, gamma: argument, decision: all, n_sv: state.row.length };
    }),
    knn: await each(expected.knn, async ({ k, weights, p }) => {
      const settings = { k, distance: p, kernel: weights === 'uniform' ? 'rectangular' : 'inv', scale: false };
      return { k: argument, weights: argument, p: argument, prob1_test: await predict('classifier/knn', await fit('classifier/knn', study.training, settings), study.test) };
    }),
    logistic_l2: await each(expected.logistic_l2, logistic(0, 1e-4)),
    logistic_l1: await each(expected.logistic_l1, logistic(1, 1e-6)),
    ...(await stacked(study)),
  };
}

/** Two neighbour models and a ridge, out of fold, under another ridge. */
async function stacked(study) {
  const n = study.trainRows.length;
  const members = [
    ['knn5', 'classifier/knn', { k: 5, kernel: 'rectangular', scale: false }],
    ['knn11', 'classifier/knn', { k: 11, kernel: 'rectangular', scale: false }],
  ];
  const { rows } = study.training;
  const folds = { folds: [0, 1, 2, 3, 4].map((f) => ({ id: `f${f}`, test: rows.filter((_, i) => i % 5 === f).map(({ id }) => id) })) };
  const heldOut = await each(members, async ([, id, settings]) => (await operate(id, 'cross-fit', { table: study.training, folds: { type: 'data', value: folds } }, settings)).predictions.probability);
  const test = await each(members, async ([, id, settings]) => predict(id, await fit(id, study.training, settings), study.test));
  // The ridge's penalty depends on the number of rows, so its folds are fitted one by one.
  const ridgeOf = async (table) => fit('classifier/logistic', table, { lambda: 1 / table.rows.length, alpha: 0, standardise: false, threshold: 1e-14 });
  const ridgeOut = new Float64Array(n);
  for (const { test: held } of folds.folds) {
    const out = new Set(held);
    const part = (keep, role) => takeRows(study.training, rows.flatMap(({ id }, i) => (out.has(id) === keep ? [] : [i])), role);
    const found = await predict('classifier/logistic', await ridgeOf(part(true, 'training')), part(false, 'test'));
    rows.flatMap(({ id }, i) => (out.has(id) ? [i] : [])).forEach((row, i) => (ridgeOut[row] = found[i]));
  }
  heldOut.push(ridgeOut);
  test.push(await predict('classifier/logistic', await ridgeOf(study.training), study.test));
  const blendTable = (table, lists) => ({ ...table, columns: [...lists.map((values, m) => ({ kind: 'numeric', name: `m${m}`, values })), table.columns.find(({ name }) => name === table.outcome.column)] });
  const blend = await ridgeOf(blendTable(study.training, heldOut));
  const probability = await predict('classifier/logistic', blend, blendTable(study.test, test));
  const measures = confusionMeasures(confusionAt(study.testY, probability, 0.5));
  const { averagePrecision, trapezoid } = precisionRecallAreas(study.testY, probability);
  return {
    stacking: {
      members: argument, fold_rule: argument, scaler: argument,
      oof: rows.map((_, i) => heldOut.map((values) => values[i])), final_coef: blend.state.coefficient, final_intercept: blend.state.intercept, prob1_test: probability,
    },
    metrics_of_stacking: {
      roc_auc: auc(study.testY, probability), average_precision: averagePrecision, pr_auc_trapezoid: trapezoid, brier: brierScore(study.testY, probability), log_loss: logLoss(study.testY, probability),
      mcc: measures.mcc, f1: measures.f1, balanced_accuracy: measures.balancedAccuracy,
    },
  };
}

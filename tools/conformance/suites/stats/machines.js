import { auc } from '@radloom/statistics';
import { argument } from './compare.js';
import { builtFile } from './plugins.js';
import { each, fit, inFileOrder, meansOf, pointsOf, predict, studyOf, within } from './study.js';

const svm = (file) => builtFile('@radloom/classifier-svm', file);
const EXACT = { tolerance: 1e-9, probabilityFolds: 2 };

/** A machine fitted by the plugin, with its decision values. */
export async function machineOf(study, settings) {
  const { state } = await fit('classifier/svm', study.training, { ...EXACT, ...settings });
  const { decisionValues } = await svm('machine.js');
  const values = (table) => decisionValues(state, pointsOf(table, state), table.rows.length);
  return { state, train: values(study.training), test: values(study.test), all: inFileOrder(study, values(study.training), values(study.test)) };
}

export async function radial(given) {
  const study = studyOf(given);
  const fits = await each(given.expected.fits, async ({ C, gamma, kernlab_decision: kernlab }) => {
    const { state, train, test, all } = await machineOf(study, { cost: C, gamma });
    return {
      C: argument, gamma: argument, libsvm_decision: all, kernlab_decision: all, n_sv: state.row.length, sv_index: [...state.row].sort((a, b) => a - b),
      libsvm_rho_for_positive: state.offset, kernlab_b: -state.offset, libsvm_class_test: test.map((value) => Number(value > 0)),
      // 1/2 a'Qa - sum a, the products being decision values before the offset
      kernlab_obj: state.row.reduce((sum, r, i) => sum + (state.coefficient[i] * (train[r] + state.offset)) / 2 - Math.abs(state.coefficient[i]), 0),
      max_abs_difference: Math.max(...kernlab.map((value, i) => Math.abs(value - all[i]))),
      test_auc: () => auc(study.testY, test),
    };
  });
  return { fits };
}

export async function platt(given) {
  const study = studyOf(given);
  const { C, gamma } = given.args;
  const { fitSigmoid, sigmoidProbability } = await svm('platt.js');
  const { heldOutDecisions } = await svm('cross-validate.js');
  const { state, all } = await machineOf(study, { cost: C, gamma });
  const direct = fitSigmoid(Float64Array.from(given.expected.given_decision), study.trainY);
  const sample = { rows: study.trainRows.length, columns: study.columns, points: pointsOf(study.training, state), y: study.trainY };
  const settings = { kernel: 'rbf', gamma, degree: 3, coef0: 0, cost: C, tolerance: EXACT.tolerance, weights: { event: 1, none: 1 } };
  const heldOut = await heldOutDecisions(sample, Int32Array.from(study.trainRows, (_, i) => i % 5), settings);
  const crossed = fitSigmoid(heldOut, study.trainY);
  const repeats = await each(Array.from({ length: 20 }, (_, i) => i), async (i) => predict('classifier/svm', await fit('classifier/svm', study.training, { cost: C, gamma, probabilityFolds: 5 }, [i, 0, 0, 1]), study.test));
  return {
    given_decision: argument, given_A: direct.slope, given_B: direct.intercept,
    cv_oof_decision: heldOut, cv_A: crossed.slope, cv_B: crossed.intercept, probability_all: all.map((value) => sigmoidProbability(crossed, value)),
    // Folds are drawn: means of as many repeats, within 3 of their standard deviations.
    libsvm_test_probability_mean: within(meansOf(repeats), given.expected.libsvm_test_probability_sd, 3),
    libsvm_test_probability_sd: argument,
  };
}

export async function machines(given) {
  const study = studyOf(given);
  const { expected } = given;
  const weights = expected.class_weights;
  return {
    linear: await each(expected.linear, async ({ C }) => {
      const { state, all } = await machineOf(study, { kernel: 'linear', cost: C });
      const w = Float64Array.from({ length: state.columns }, (_, c) => state.coefficient.reduce((sum, value, i) => sum + value * state.support[i * state.columns + c], 0));
      return { C: argument, decision: all, w, n_sv: state.row.length };
    }),
    polynomial: await each(expected.polynomial, async ({ C, degree, gamma, coef0 }) => {
      const { all } = await machineOf(study, { kernel: 'polynomial', cost: C, degree, gamma, coef0 });
      return { C: argument, degree: argument, gamma: argument, coef0: argument, decision: all };
    }),
    class_weights: {
      C: argument, gamma: argument, weights: argument,
      decision: (await machineOf(study, { cost: weights.C, gamma: weights.gamma, classWeights: { event: weights.weights[1], none: weights.weights[0] } })).all,
    },
  };
}

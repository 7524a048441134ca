import { auc } from '@radloom/statistics';
import { runCases } from './cases.js';
import { argument } from './compare.js';
import { forests } from './forests.js';
import { machines, platt, radial } from './machines.js';
import { sklearn } from './scikit.js';
import { besideCoefficients, each, fit, logisticAt, predict, standardised, studyOf } from './study.js';

const rules = {
  tolerances: [
    ['classifiers/svm_platt#given_*', { relative: 1e-6 }],
    ['classifiers/svm_platt#cv_A', { relative: 1e-6 }],
    ['classifiers/svm_platt#cv_B', { relative: 1e-6 }],
    ['classifiers/svm_platt#probability_all', { absolute: 1e-6 }],
    ['classifiers/svm_*#*test_auc', { relative: 1e-9 }],
    ['classifiers/svm_*#*n_sv', {}],
    ['classifiers/sklearn#svc.*.n_sv', {}],
    ['classifiers/svm_*#*sv_index', {}],
    ['classifiers/svm_rbf#*kernlab_obj', { relative: 1e-5 }], // a sum over rows times C
    ['classifiers/svm_*', { absolute: 1e-5 }],
    ['classifiers/sklearn#svc', { absolute: 1e-5 }],
    ['classifiers/linear_models#ridge', { scaled: 1e-6 }], // fits to 1e-14 of the deviance
    ['classifiers/sklearn#logistic_l1', { scaled: 1e-6 }],
    // Its ridge stops at a gradient of 1e-4 (1e-3 of what is left at C = 10), so no nearer than that to the optimum.
    ['classifiers/sklearn#logistic_l2', { scaled: 1e-4 }],
    ['classifiers/sklearn#stacking', { scaled: 1e-4 }],
    ['classifiers/sklearn#metrics_of_stacking', { relative: 1e-6 }],
    ['classifiers/random_forest#limit_20000_trees.*prob', { absolute: 0.02 }],
    ['*', { relative: 1e-9 }],
  ],
};

/** Classifiers on one study, by their plugins. */
export default (tally, folder) => runCases(tally, folder, 'classifiers', { svm_rbf: radial, svm_platt: platt, svm_other: machines, knn: neighbours, linear_models: ridge, random_forest: forests, sklearn }, rules);

async function neighbours(given) {
  const study = studyOf(given);
  return {
    kknn: await each(given.expected.kknn, async ({ k, kernel, distance }) => {
      const shares = await predict('classifier/knn', await fit('classifier/knn', study.training, { k, kernel, distance }), study.test);
      return { k: argument, kernel: argument, distance: argument, prob1: shares, test_auc: () => auc(study.testY, shares) };
    }),
  };
}

async function ridge(given) {
  const study = standardised(studyOf(given));
  return {
    ridge: await each(given.expected.ridge, async ({ lambda }) => {
      const { intercept, coefficient, all } = await logisticAt(study, lambda, 0);
      return { lambda: argument, intercept: besideCoefficients(intercept, coefficient), beta: coefficient, prob: all };
    }),
  };
}

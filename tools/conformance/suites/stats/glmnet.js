import { coefficientsAt, penalisedPath, predictAt } from '@radloom/statistics';
import { runCases } from './cases.js';
import { argument, compareNumber, judged } from './compare.js';
import { coefficientJudge, fittedInstead, interceptJudge, problemOf, SHARE, undecided } from './penalised.js';
import { crossValidated } from './penalised-folds.js';

/** The references' thresholds: of paths, and of the ridge path that is given at some places only. */
const PATH_THRESHOLD = 1e-14;
const RIDGE_THRESHOLD = 1e-13;

/** What two fits at the packaged threshold of 1e-7 have in common. */
const PACKAGED = 1e-3;

const rules = {
  tolerances: [
    ['*#*lambda_min', { relative: 1e-10 }],
    ['*#*lambda_1se', { relative: 1e-10 }],
    ['*#lambda', { relative: 1e-10 }],
    ['*#tight.lambda', { relative: 1e-10 }],
    ['*#tight_fixed_lambda.lambda', { relative: 1e-10 }],
    ['*#tight_auto_n_lambda', {}],
    ['*#*.index_min', {}],
    ['*#*.index_1se', {}],
    ['*#*.nzero', {}],
    ['*#*.name', {}],
    ['*#*.nulldev', { relative: 1e-10 }],
    ['glmnet/small_predict', { scaled: PACKAGED }],
    ['*', { scaled: SHARE }],
  ],
  aside: [['glmnet/cv_radiomics_all_*#*.nzero', 'equal columns share a coefficient in any way']],
};

/** Penalised paths and their cross-validation, against glmnet run to a tight threshold. */
export default (tally, folder) => runCases(tally, folder, 'glmnet', { 'cv_*': crossValidated, small_predict: predicted, small_poisson: () => undefined, radiomics_filtered_ridge: ridge, '*': path }, rules);

function path(given) {
  const problem = problemOf(given);
  const { options } = problem;
  const { tight } = given.expected;
  const chosen = given.args.lambda;
  const fit = penalisedPath({ ...options, lambda: tight.lambda, threshold: PATH_THRESHOLD });
  const classes = options.family === 'multinomial';
  const solutions = classes ? Object.values(tight.beta) : [tight.beta];
  const byFit = fittedInstead(given, problem);
  const beta = solutions.map((_, c) => coefficientJudge(problem, fit, classes ? tight.a0[c] : tight.a0, c, byFit));
  const a0 = solutions.map((_, c) => interceptJudge(problem, fit, c));
  return {
    tight: {
      // The sequence is that of the packaged threshold; the tight fit was made along it.
      lambda: () => penalisedPath({ ...options, lambda: chosen }).lambda,
      df: judged((tally, group, name, expected) => expected.forEach((value, l) => compareNumber(tally, group, `${name}[${l}]`, fit.nonzero[l], value, { absolute: undecided(problem, solutions.map((list) => list[l])) }))),
      dev_ratio: fit.devianceRatio, nulldev: fit.nullDeviance,
      a0: classes ? a0 : a0[0],
      beta: classes ? beta : beta[0],
    },
    tight_auto_n_lambda: () => penalisedPath({ ...options, lambda: chosen, threshold: PATH_THRESHOLD }).lambda.length,
  };
}

/** All coefficients at some places of the path. */
function ridge(given) {
  const problem = problemOf(given);
  const { options } = problem;
  const { lambda, index, a0 } = given.expected;
  const fit = penalisedPath({ ...options, lambda, threshold: RIDGE_THRESHOLD });
  const some = { ...fit, intercept: [index.map((l) => fit.intercept[0][l])], coefficients: [index.map((l) => fit.coefficients[0][l])] };
  const last = fittedInstead(given, problem);
  return {
    index: argument, lambda: () => penalisedPath(options).lambda, dev_ratio: fit.devianceRatio, a0: interceptJudge(problem, fit, 0),
    beta: judged((tally, group, name, expected) => {
      const lists = expected.map((value) => ({ index: value.map((_, column) => column), value }));
      coefficientJudge(problem, some, index.map((l) => a0[l]), 0, (k) => last(index[k], lambda.length)).compare(tally, group, name, lists);
    }),
  };
}

/** Predictions between the penalties of the automatic path at the packaged threshold, and the solution at two of them. */
function predicted(given) {
  const { options, mean, deviation } = problemOf(given);
  const { s, rows: which } = given.args;
  const rows = Number(which.split(' ')[1]);
  const first = Float64Array.from({ length: rows * options.p }, (_, i) => options.x[Math.floor(i / rows) * options.n + (i % rows)]);
  const found = penalisedPath(options);
  const at = (type) => () => transposed(s.map((lambda) => predictAt(found, { x: first, rows, lambda, type })[0]));
  const all = (path, lambda) => {
    const { intercept, coefficients } = coefficientsAt(path, lambda);
    return [intercept[0], ...coefficients[0]];
  };
  const leverage = mean.reduce((sum, value, c) => sum + Math.abs(value) / deviation[c], 0);
  // Each penalty's coefficients on the scale of its largest, in standard deviations of the columns.
  const columnsOf = (lists, share) =>
    judged((tally, group, name, expected) =>
      lists.forEach((list, k) => {
        const scale = Math.max(...deviation.map((width, c) => Math.abs(expected[c + 1][k]) * width));
        list.forEach((value, i) => compareNumber(tally, group, `${name}.${i}[${k}]`, value, expected[i][k], { absolute: share * scale * (i === 0 ? leverage : 1 / deviation[i - 1]) }));
      }),
    );
  const refit = (lambda) => all(penalisedPath({ ...options, lambda: [...found.lambda.filter((value) => value > lambda), lambda], threshold: PATH_THRESHOLD }), lambda);
  return {
    link: at('link'), response: at('response'),
    coef: columnsOf(s.map((lambda) => all(found, lambda)), PACKAGED), exact_refit: columnsOf(s.slice(1, 3).map(refit), SHARE),
  };
}

const transposed = (lists) => Array.from(lists[0], (_, i) => lists.map((list) => list[i]));

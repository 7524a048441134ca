import { coefficientsAt, crossValidatedPath } from '@radloom/statistics';
import { compareNumber, judged } from './compare.js';
import { problemOf, SHARE } from './penalised.js';
import { firstEqual } from './tables.js';

/** The reference's threshold. */
const FOLD_THRESHOLD = 1e-13;

/** cv.glmnet's words for a loss. */
const NAMES = { deviance: { binomial: 'Binomial Deviance', multinomial: 'Multinomial Deviance', cox: 'Partial Likelihood Deviance' }, auc: 'AUC', class: 'Misclassification Error', mse: 'Mean-Squared Error', mae: 'Mean Absolute Error', C: 'C-index' };

export function crossValidated(given) {
  const problem = problemOf(given);
  const { options } = problem;
  const { args, expected, table } = given;
  const folds = table(given.inputs.folds === undefined ? 'data' : 'folds').numbers(args.fold);
  const validated = (more) => crossValidatedPath({ ...options, folds, loss: args.type_measure, grouped: args.grouped, threshold: FOLD_THRESHOLD, ...more });
  const own = validated({});
  const coefficients = (rule) => () => {
    // The reference's penalty is one of ours to the last digit but one: taken as ours, so that nothing is interpolated.
    const lambda = expected.default[`lambda_${rule}`];
    const ours = own.path.lambda.find((value) => Math.abs(value - lambda) <= 1e-10 * lambda);
    return coefficientsOf(problem, own.path, ours ?? lambda, expected[`coef_at_default_lambda_${rule}`]);
  };
  return {
    tight: losses(own, options),
    tight_fixed_lambda: () => {
      const fixed = validated({ lambda: expected.default.lambda });
      return { ...losses(fixed, options), nzero: countsJudge(fixed.nonzero) };
    },
    coef_at_default_lambda_1se: coefficients('1se'), coef_at_default_lambda_min: coefficients('min'),
  };
}

function losses({ loss, lambda, mean, error, nonzero, lambdaMin, lambda1se, indexMin, index1se }, { family }) {
  const name = NAMES[loss];
  return {
    lambda, cvm: mean, cvsd: error, cvup: mean.map((value, l) => value + error[l]), cvlo: mean.map((value, l) => value - error[l]),
    nzero: nonzero, lambda_min: lambdaMin, lambda_1se: lambda1se, index_min: indexMin, index_1se: index1se, name: name[family] ?? name,
  };
}

/** Counts of coefficients along given penalties. At the first, where all are 0, rounding decides in R whether one is left over. */
const countsJudge = (found) =>
  judged((tally, group, name, expected) => {
    tally.skip(group, `${name}[0] (0 but for rounding)`);
    expected.slice(1).forEach((value, i) => compareNumber(tally, group, `${name}[${i + 1}]`, found[i + 1], value, {}));
  });

/** Coefficients by name, the intercept first where there is one. Of equal columns only the sum is determined: it goes to the first. */
function coefficientsOf({ names, columns, mean, deviation }, path, lambda, expected) {
  const { intercept, coefficients: [beta] } = coefficientsAt(path, lambda);
  const used = names.map((_, c) => c).filter((c) => beta[c] !== 0);
  const scale = Math.max(...used.map((c) => Math.abs(beta[c]) * deviation[c]), 1e-6);
  const leverage = used.reduce((sum, c) => sum + Math.abs(mean[c]) / deviation[c], 0);
  const first = firstEqual(columns);
  const places = expected.names.map((name) => names.indexOf(name));
  const gathered = (list, valueOf) => list.reduce((sums, c, k) => sums.set(first(c), (sums.get(first(c)) ?? 0) + valueOf(c, k)), new Map());
  const own = gathered(used, (c) => beta[c]);
  return {
    names: judged((tally, group, name, wanted) => tally.equal(group, name, namesOf([...own.keys()], wanted[0] === '(Intercept)'), namesOf([...new Set(places.filter((c) => c >= 0).map(first))], wanted[0] === '(Intercept)'))),
    value: judged((tally, group, name, wanted) => {
      if (places[0] < 0) compareNumber(tally, group, `${name} (Intercept)`, intercept[0], wanted[0], { relative: SHARE, absolute: Math.max(1e-12, SHARE * scale * leverage) });
      const sums = gathered(places.filter((c) => c >= 0), (c) => wanted[places.indexOf(c)]);
      for (const [c, value] of sums) compareNumber(tally, group, `${name} ${names[c]}`, own.get(c) ?? 0, value, { absolute: (SHARE * scale) / deviation[c] });
    }),
  };

  function namesOf(list, withIntercept) {
    return [...(withIntercept ? ['(Intercept)'] : []), ...list.sort((a, b) => a - b).map((c) => names[c])];
  }
}

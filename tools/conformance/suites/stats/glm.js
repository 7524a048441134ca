import {
  buildDesign, cooksDistance, dropEachTerm, exactProfileInterval, firthInterval, firthNullLogLikelihood, firthTest, fitFirth, fitLinear, fitLogistic, hosmerLemeshow, likelihoodRatioVsNull,
  logisticResiduals, normal, profileInterval, pseudoRSquared, varianceInflation, waldInterval,
} from '@radloom/statistics';
import { runCases } from './cases.js';
import { argument } from './compare.js';

/** Where the likelihood has no maximum the references' README asks for Firth's values and the flag alone. */
const WITHOUT_MAXIMUM = [
  'coef', 'se', 'z', 'p', 'vcov', 'wald_ci', 'odds_ratio', 'deviance', 'null_deviance', 'df_residual', 'loglik', 'aic', 'bic', 'iterations', 'converged', 'fitted', 'linear_predictor', 'residuals_deviance',
  'residuals_pearson', 'hat', 'cooks', 'drop1_lrt', 'lr_test_vs_null', 'pseudo_r2', 'profile_ci', 'profile_ci_exact', 'vif', 'hosmer_lemeshow',
];

const rules = {
  tolerances: [
    ['*#profile_ci', { relative: 2e-3 }],
    ['*#profile_ci_exact', { relative: 1e-6 }],
    ['*#firth_logistf.ci_profile', { relative: 1e-6 }], // logistf's limits agree with exact ones to 1e-6
    ['*#firth_logistf.p_profile', { relative: 1e-7, absolute: 1e-14 }], // 0 where 1 - P is 1 to the last digit
    ['*', { relative: 1e-7 }],
  ],
  aside: ['complete_separation', 'quasi_separation'].flatMap((id) => [
    [`glm/${id}#firth_logistf.ci_profile`, 'logistf can stop short under separation: firth_profile_exact has the limits'],
    ...WITHOUT_MAXIMUM.map((key) => [`glm/${id}#${key}`, 'the likelihood has no maximum']),
  ]),
};

/** Logistic and linear regression as R's glm and lm, Firth's penalty, and what is read off a fit. */
export default (tally, folder) => runCases(tally, folder, 'glm', { hosmer_lemeshow: hosmerLemeshowCases, lm_six: linear, exact_collinear: aliased, stepwise_aic: () => undefined, '*': logistic }, rules);

/** The response and the design of a formula `y ~ a + b + a:b`, or `y ~ .` for all other columns. */
function modelOf({ table, args: { formula } }) {
  const data = table('data');
  const [response, right] = formula.split('~').map((side) => side.trim());
  const terms = right === '.' ? data.names.filter((name) => name !== response) : right.split('+').map((term) => term.trim());
  const variables = [...new Set(terms.flatMap((term) => term.split(':')))];
  return { y: data.numbers(response), design: buildDesign(variables.map((name) => columnOf(data, name)), terms) };
}

function columnOf(data, name) {
  if (data.isNumeric(name)) return { kind: 'numeric', name, values: data.numbers(name) };
  const words = data.words(name);
  const levels = [...new Set(words)].sort();
  return { kind: 'categorical', name, levels, codes: Int32Array.from(words, (word) => levels.indexOf(word)) };
}

const square = (values, size) => Array.from({ length: size }, (_, r) => values.slice(r * size, (r + 1) * size));
const roots = (values, size) => Array.from({ length: size }, (_, c) => Math.sqrt(values[c * size + c]));

/** `{ lower, upper }` with a value per column. */
function limits(columns, intervalOf) {
  const found = columns.map((_, c) => intervalOf(c));
  return { lower: found.map(({ lower }) => lower), upper: found.map(({ upper }) => upper) };
}

function logistic(given) {
  const { y, design } = modelOf(given);
  const fit = fitLogistic(design, y);
  const { names } = design;
  given.also('separation found', fit.separation?.kind ?? 'none', { complete_separation: 'complete', quasi_separation: 'quasi' }[given.name.slice('glm/'.length)] ?? 'none');
  const residuals = logisticResiduals(fit, y);
  return {
    terms: names, coef: fit.coefficients, se: fit.standardErrors, z: fit.z, p: fit.pValues,
    vcov: square(fit.covariance, names.length),
    wald_ci: () => limits(names, (c) => waldInterval(fit, c)),
    odds_ratio: () => fit.coefficients.map(Math.exp),
    deviance: fit.deviance, null_deviance: fit.nullDeviance, df_residual: fit.dfResidual, loglik: fit.logLikelihood, aic: fit.aic, bic: fit.bic,
    iterations: fit.iterations, converged: fit.converged, fitted: fit.fitted, linear_predictor: fit.linearPredictor,
    residuals_deviance: residuals.deviance, residuals_pearson: residuals.pearson, hat: fit.leverage,
    cooks: () => cooksDistance(fit, y),
    drop1_lrt: () => {
      const found = dropEachTerm(design, y, fit);
      return { terms: found.map(({ term }) => term), df: found.map(({ df }) => df), lrt: found.map((term) => term.chiSquared), p: found.map(({ pValue }) => pValue), aic: found.map(({ aic }) => aic) };
    },
    lr_test_vs_null: () => {
      const { chiSquared, df, pValue } = likelihoodRatioVsNull(fit);
      return { chisq: chiSquared, df, p: pValue };
    },
    pseudo_r2: () => {
      const { mcFadden, coxSnell, nagelkerke } = pseudoRSquared(fit);
      return { mcfadden: mcFadden, cox_snell: coxSnell, nagelkerke };
    },
    profile_ci: () => limits(names, (c) => profileInterval(design, y, fit, c)),
    profile_ci_exact: () => limits(names, (c) => exactProfileInterval(design, y, fit, c)),
    vif: () => inflation({ ...design, covariance: fit.covariance }),
    hosmer_lemeshow: () => calibration(hosmerLemeshow(y, fit.fitted)),
    ...firth(design, y),
  };
}

function inflation(fit) {
  const found = varianceInflation(fit);
  const gvif = found.map((term) => term.gvif);
  return { terms: found.map(({ term }) => term), vif: gvif, gvif, df: found.map(({ df }) => df), gvif_scaled: found.map(({ scaled }) => scaled) };
}

/** An empty group has 0 rows here and NA in R. */
function calibration({ groups, rows, observed, expected, chiSquared, df, pValue }) {
  const filled = (values) => values.map((value, g) => (rows[g] === 0 ? NaN : value));
  return { groups, n: filled(rows), observed: filled(observed), expected: filled(expected), statistic: chiSquared, df, p: pValue };
}

function firth(design, y) {
  const { names } = design;
  const fit = fitFirth(design, y);
  const se = roots(fit.covariance, names.length);
  const z = fit.coefficients.map((value, c) => value / se[c]);
  let memory;
  const profiled = () => (memory ??= { ...limits(names, (c) => firthInterval(design, y, fit, c)), p: names.map((_, c) => firthTest(design, y, fit, c).pValue) });
  return {
    firth_brglm2: { coef: fit.coefficients, se, z, p_wald: z.map((value) => 2 * normal.upper(Math.abs(value))), fitted: fit.fitted },
    firth_logistf: {
      version: argument,
      coef: fit.coefficients, se: roots(fit.augmentedCovariance, names.length),
      p_profile: () => profiled().p, ci_profile: profiled, loglik: () => [fit.logLikelihood, firthNullLogLikelihood(design, y)],
    },
    firth_profile_exact: () => ({ ...profiled(), loglik_penalised: fit.logLikelihood }),
  };
}

function hosmerLemeshowCases({ table }) {
  const data = table('data');
  const [y, p] = [data.numbers('y'), data.numbers('p')];
  const groups = (count) => () => calibration(hosmerLemeshow(y, p, { groups: count }));
  return { g10: groups(10), g5: groups(5), g8: groups(8), g10_external_df_g: () => calibration(hosmerLemeshow(y, p, { external: true })) };
}

function linear(given) {
  const { y, design } = modelOf(given);
  const fit = fitLinear(design, y);
  const { statistic, df1, df2 } = fit.f;
  return {
    coef: fit.coefficients, se: fit.standardErrors, t: fit.t, p: fit.pValues, r2: fit.rSquared, adj_r2: fit.adjustedRSquared, sigma: fit.sigma, f: [statistic, df1, df2], aic: fit.aic,
    vif: () => inflation({ ...design, covariance: fit.covariance }).vif,
  };
}

function aliased(given) {
  const { y, design } = modelOf(given);
  const fit = fitLogistic(design, y);
  return { terms: design.names, coef: fit.coefficients, rank: fit.rank, deviance: fit.deviance };
}

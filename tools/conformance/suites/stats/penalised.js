import { compareNumber, compareNumbers, judged } from './compare.js';
import { columnMajor } from './tables.js';

/** The references' tolerance, a share of the scale that is named beside it. */
export const SHARE = 1e-6;

/** What a case fits, in the library's terms, with mean and standard deviation (1/n, by weight) of each column. */
export function problemOf({ table, args }) {
  const data = table('data');
  const { x, family = 'binomial', alpha = 1, standardize = true, intercept = true, penalty_factor: penaltyFactor, lower_limits: lower, upper_limits: upper } = args;
  const names = Array.isArray(x) ? x : data.names.filter((name) => name !== 'y' && name !== 'ycont');
  const weights = args.weights === undefined ? undefined : data.numbers(args.weights);
  const columns = names.map((name) => data.numbers(name));
  const moments = columns.map((values) => momentsOf(values, weights ?? new Float64Array(data.rows).fill(1)));
  const cox = family === 'cox';
  return {
    options: {
      family, x: columnMajor(data, names), n: data.rows, p: names.length,
      y: data.numbers(cox ? args.time : args.y), ...(cox ? { status: data.numbers(args.status) } : {}), weights, alpha, standardise: standardize, intercept, penaltyFactor, lower, upper,
      solver: 'cyclical', maxSweeps: 1e8,
    },
    names, columns, mean: moments.map(({ mean }) => mean), deviation: moments.map(({ deviation }) => deviation),
  };
}

function momentsOf(values, weights) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const average = (f) => values.reduce((sum, value, i) => sum + weights[i] * f(value), 0) / total;
  const mean = average((value) => value);
  return { mean, deviation: Math.sqrt(average((value) => (value - mean) ** 2)) };
}

/**
 * Where fitted values stand for coefficients, by the references' README: columns that duplicate others, columns penalised in units that
 * differ by 1e4, and the last tenth of paths with more columns than rows.
 */
export function fittedInstead({ name, args }, { options: { n, p } }) {
  if (name.endsWith('radiomics_all_lasso') || args.standardize === false) return () => true;
  return (l, length) => p > n && l >= 0.9 * length;
}

/** How many coefficients of a solution are so small that rounding decides whether they are 0. */
export function undecided({ deviation }, solutions) {
  const sizes = solutions.flatMap(({ index, value }) => index.map((column, k) => Math.abs(value[k] * deviation[column])));
  const most = Math.max(...sizes, 1e-6);
  return new Set(solutions.flatMap(({ index, value }) => index.filter((column, k) => Math.abs(value[k] * deviation[column]) < SHARE * most))).size;
}

/**
 * Per penalty the coefficients of the columns that either side has, in standard deviations of their column and on the scale of the
 * largest of them; or the fitted values of all rows.
 */
export const coefficientJudge = ({ options, columns, deviation }, fit, intercepts, c, byFit) =>
  judged((tally, group, name, expected) => {
    const floor = 1e-12 * Math.max(...expected.flatMap(({ index, value }) => index.map((column, k) => Math.abs(value[k]) * deviation[column])));
    expected.forEach(({ index, value }, l) => {
      const found = fit.coefficients[c][l];
      if (byFit(l, expected.length)) {
        const own = fittedValues(options, columns, fit.intercept[c][l], found);
        const wanted = fittedValues(options, columns, intercepts[l], { index, value });
        compareNumbers(tally, group, `${name}.${l}.fitted`, own, [...wanted], options.family === 'binomial' ? { absolute: SHARE } : { scaled: SHARE });
        return;
      }
      const scaled = (list) => new Map(Array.from(list.index, (column, k) => [column, list.value[k] * deviation[column]]));
      const [own, wanted] = [scaled(found), scaled({ index, value })];
      const scale = Math.max(0, ...[...wanted.values()].map(Math.abs));
      for (const column of new Set([...wanted.keys(), ...own.keys()])) compareNumber(tally, group, `${name}.${l}[${column}]`, own.get(column) ?? 0, wanted.get(column) ?? 0, { absolute: Math.max(floor, SHARE * scale) });
    });
  });

/** Mean of each row under a solution: of the response, or the probability of the event. */
function fittedValues({ family, n }, columns, intercept, { index, value }) {
  const eta = new Float64Array(n).fill(intercept);
  Array.from(index).forEach((column, k) => {
    for (let i = 0; i < n; i++) eta[i] += value[k] * columns[column][i];
  });
  return family === 'binomial' ? eta.map((odds) => 1 / (1 + Math.exp(-odds))) : eta;
}

/** An intercept answers for the coefficients times the means of their columns: it may be off by as much as these, within their tolerance, move it. */
export const interceptJudge = ({ mean, deviation }, fit, c) =>
  judged((tally, group, name, expected) =>
    expected.forEach((value, l) => {
      const { index, value: coefficient } = fit.coefficients[c][l];
      const columns = Array.from(index);
      const scale = Math.max(0, ...columns.map((column, k) => Math.abs(coefficient[k]) * deviation[column]));
      const leverage = columns.reduce((sum, column) => sum + Math.abs(mean[column]) / deviation[column], 0);
      compareNumber(tally, group, `${name}[${l}]`, fit.intercept[c][l], value, { relative: SHARE, absolute: Math.max(1e-12, SHARE * scale * leverage) });
    }),
  );

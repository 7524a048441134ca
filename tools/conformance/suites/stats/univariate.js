import {
  adjustPValues, auc, bartlettTest, betaDistribution, chiSquared, chiSquareTest, cohenD, correlationMatrix, correlationTest, cramersV, describeSample, fDistribution, fisherTest, flignerTest, gTest,
  hodgesLehmann, kruskalWallis, leveneTest, logGamma, mannWhitneyTest, mcNemarTest, mean, normal, oddsRatio, oneSampleTTest, oneWayAnova, pairedSignedRankTest, pairedTTest, quantile, rankSum,
  shapiroWilk, signedRank, signedRankTest, studentT, tTest, varianceRatioTest, welchAnova,
} from '@radloom/statistics';
import { runCases } from './cases.js';
import { argument } from './compare.js';

const rules = {
  tolerances: [
    ['univariate/two_*#hodges_lehmann_normal', { relative: 1e-3 }], // under ties R's root finder stops at 1e-4
    ['univariate/two_*#*.skew_g1', { relative: 1e-9, absolute: 1e-14 }], // 0 for a symmetric sample
    ['univariate/ct_*#chisq_yates.statistic', { relative: 1e-9, absolute: 1e-14 }], // 0 but for R's rounding when no cell is half a count off
    ['*', { relative: 1e-9 }],
  ],
};

/** Tests of one or two variables, and the distributions below them. */
export default (tally, folder) =>
  runCases(tally, folder, 'univariate', { shapiro_sizes: shapiro, 'two_*': twoSamples, correlation, 'ct_*': contingency, distributions, k_groups: groups, p_adjust: adjusted, paired }, rules);

/** R's htest, by the names the references give its parts. */
const test = ({ statistic, pValue, df, lower, upper, estimate }) => ({ statistic, p_value: pValue, parameter: [df], conf_int: [lower, upper], estimate: [estimate] });
const fTest = ({ statistic, df1, df2, pValue }) => ({ F: statistic, df: [df1, df2], p: pValue });

function shapiro({ table, expected }) {
  const data = table('data');
  const found = expected.columns.map((name) => shapiroWilk(data.numbers(name).filter((value) => !Number.isNaN(value))));
  return { columns: argument, W: found.map(({ w }) => w), p: found.map(({ pValue }) => pValue) };
}

function twoSamples({ table }) {
  const data = table('data');
  const group = data.words('group');
  const values = data.numbers('value');
  const [a, b] = ['A', 'B'].map((name) => values.filter((_, i) => group[i] === name));
  const welch = (alternative) => () => ({ ...test(tTest(a, b, { alternative })), estimate: [mean(a), mean(b)] });
  const rank = (options) => () => test(mannWhitneyTest(a, b, options));
  const normalRank = (options) => rank({ exact: false, ...options });
  const shift = (options) => () => {
    const { estimate, lower, upper } = hodgesLehmann(a, b, options);
    return { estimate, conf_int: [lower, upper] };
  };
  return {
    summary_A: () => summary(a), summary_B: () => summary(b),
    shapiro_A: () => shapiroTest(a), shapiro_B: () => shapiroTest(b),
    t_welch: welch('two-sided'), t_less: welch('less'), t_greater: welch('greater'),
    t_student: () => ({ ...test(tTest(a, b, { equalVariances: true })), estimate: [mean(a), mean(b)] }),
    var_test: () => {
      const found = varianceRatioTest(a, b);
      return { ...test(found), parameter: [found.df1, found.df2], estimate: [found.statistic] };
    },
    bartlett: () => test(bartlettTest([a, b])),
    fligner: () => test(flignerTest([a, b])),
    levene_median: () => fTest(leveneTest([a, b])),
    levene_mean: () => fTest(leveneTest([a, b], 'mean')),
    wilcox_default: rank({}),
    wilcox_default_method: () => (mannWhitneyTest(a, b).method === 'exact' ? 'Wilcoxon rank sum exact test' : 'Wilcoxon rank sum test with continuity correction'),
    wilcox_normal_cc: normalRank({}), wilcox_normal_nocc: normalRank({ correct: false }),
    wilcox_normal_cc_less: normalRank({ alternative: 'less' }), wilcox_normal_cc_greater: normalRank({ alternative: 'greater' }),
    wilcox_exact: rank({ exact: true }), wilcox_exact_less: rank({ exact: true, alternative: 'less' }), wilcox_exact_greater: rank({ exact: true, alternative: 'greater' }),
    hodges_lehmann: shift({ exact: true }), hodges_lehmann_normal: shift({ exact: false }),
    cohen_d: () => cohenD(a, b),
    auc_x_over_y: () => auc(group.map((name) => (name === 'A' ? 1 : 0)), values),
  };
}

function shapiroTest(values) {
  const { w, pValue } = shapiroWilk(values);
  return { statistic: w, p_value: pValue };
}

const PROBABILITIES = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

function summary(values) {
  const { n, mean: centre, sd, median, mad, iqr, skewness, excessKurtosis } = describeSample(values);
  const byType = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((type) => [`type${type}`, () => quantile(values, PROBABILITIES, type)]));
  return { n, mean: centre, sd, median, mad, iqr, q_by_type: byType, skew_g1: skewness, kurt_g2: excessKurtosis };
}

function correlation({ table, expected }) {
  const data = table('data');
  const columns = ['a', 'b', 'c', 'd'].map((name) => data.numbers(name));
  return Object.fromEntries(
    Object.keys(expected).map((key) => {
      const [first, second, third] = key.split('_');
      if (first === 'matrix') return [key, () => rowsOf(correlationMatrix(columns, second), columns.length)];
      if (first === 'small') return [key, () => test(correlationTest(data.numbers('a').slice(0, 8), data.numbers('b').slice(0, 8), { method: second }))];
      return [key, () => test(correlationTest(data.numbers(first), data.numbers(second), { method: third }))];
    }),
  );
}

const rowsOf = (values, columns) => Array.from({ length: values.length / columns }, (_, r) => values.slice(r * columns, (r + 1) * columns));

function contingency({ args: { table } }) {
  const fisher = fisherTest(table);
  const tail = (alternative) => () => fisherTest(table, { alternative }).pValue;
  return {
    chisq: () => {
      const { statistic, df, pValue, expected, residuals, standardisedResiduals } = chiSquareTest(table, 'off');
      return { statistic, df, p: pValue, expected, residuals, stdres: standardisedResiduals };
    },
    chisq_yates: () => {
      const { statistic, pValue } = chiSquareTest(table, 'on');
      return { statistic, p: pValue };
    },
    fisher: { p: fisher.pValue, or_cmle: fisher.oddsRatio?.estimate, ci: fisher.oddsRatio && [fisher.oddsRatio.lower, fisher.oddsRatio.upper], p_less: tail('less'), p_greater: tail('greater') },
    mcnemar_cc: () => mcNemarTest(table[0][1], table[1][0]).pValue,
    mcnemar: () => mcNemarTest(table[0][1], table[1][0], false).pValue,
    or_woolf: () => {
      const { estimate, lower, upper } = oddsRatio(table);
      return { or: estimate, ci: [lower, upper] };
    },
    phi: () => cramersV(table),
    cramers_v: () => cramersV(table),
    g_test: () => {
      const { statistic, pValue } = gTest(table);
      return { statistic, p: pValue };
    },
  };
}

function distributions({ expected: e }) {
  const zipped = (args, f) => () => Object.values(args)[0].map((_, i) => f(...Object.values(args).map((list) => list[i])));
  return {
    q: argument, qnorm_p: argument, t_df: argument, qt_p: argument, chisq_x: argument, pf_args: argument, pbeta_args: argument, qbeta_args: argument, ptukey_args: argument, pwilcox_args: argument,
    pnorm: () => e.q.map(normal.cdf),
    pnorm_upper: () => e.q.map(normal.upper),
    qnorm: () => e.qnorm_p.map(normal.quantile),
    pt: () => e.t_df.map((df) => e.q.map((t) => studentT.cdf(t, df))),
    qt: () => e.t_df.map((df) => e.qt_p.map((p) => studentT.quantile(p, df))),
    pchisq_upper: () => e.t_df.map((df) => e.chisq_x.map((x) => chiSquared.upper(x, df))),
    pf_upper: zipped(e.pf_args, fDistribution.upper),
    pbeta: zipped(e.pbeta_args, betaDistribution.cdf),
    qbeta: zipped(e.qbeta_args, betaDistribution.quantile),
    pwilcox: zipped(e.pwilcox_args, rankSum.cdf),
    psignrank: () => SIGNED_RANKS.map(([v, n]) => signedRank.cdf(v, n)),
    lgamma: () => GAMMA_POINTS.map(logGamma),
  };
}

/** Arguments that the reference leaves out, found from its values. */
const SIGNED_RANKS = [[3, 5], [20, 10], [70, 20]];
const GAMMA_POINTS = [0.1, 1.5, 10, 171.5, 1e5];

function groups({ table }) {
  const data = table('data');
  const group = data.words('group');
  const names = [...new Set(group)].sort();
  const of = (column) => {
    const values = data.numbers(column);
    const samples = names.map((name) => values.filter((_, i) => group[i] === name));
    return {
      anova: () => {
        const found = oneWayAnova(samples);
        return { ...fTest(found), ss: [found.between, found.within] };
      },
      welch_anova: () => {
        const { df1, df2, ...found } = welchAnova(samples);
        return { ...test(found), parameter: [df1, df2] };
      },
      kruskal: () => test(kruskalWallis(samples)),
      bartlett: () => test(bartlettTest(samples)),
      fligner: () => test(flignerTest(samples)),
      levene: () => fTest(leveneTest(samples)),
    };
  };
  return { value: of('value'), value_ties: of('value_ties') };
}

function adjusted({ table }) {
  const p = table('data').numbers('p');
  const methods = ['holm', 'hochberg', 'bonferroni', 'BH', 'BY'];
  const all = (values) => Object.fromEntries(methods.map((method) => [method, () => adjustPValues(values, method)]));
  return { ...all(p), with_third_NA: all(p.map((value, i) => (i === 2 ? NaN : value))) };
}

/** The mean that the one-sample tests of `paired` suppose. */
const SUPPOSED_MEAN = 5;

function paired({ table }) {
  const data = table('data');
  const [x, y] = [data.numbers('x'), data.numbers('y')];
  return {
    t: () => test(pairedTTest(x, y)),
    wilcox_exact: () => test(pairedSignedRankTest(x, y, { exact: true })),
    wilcox_normal_cc: () => test(pairedSignedRankTest(x, y, { exact: false })),
    one_sample_t: () => test(oneSampleTTest(x, { null: SUPPOSED_MEAN })),
    one_sample_wilcox: () => test(signedRankTest(x, { centre: SUPPOSED_MEAN })),
  };
}

import {
  apparentDirection, auc, bestThresholds, bootstrapAuc, brierScore, calibrationBins, calibrationCurve, calibrationModel, confusionAt, confusionMeasures, decisionCurve, deLong, deLongTest,
  deLongTestUnpaired, hanleyMcNeilError, hosmerLemeshow, logLoss, lowess, mcNemarTest, partialAuc, precisionRecallAreas, proportionInterval, reclassification, rocCurve, scaledBrierScore, validateProbabilities,
} from '@radloom/statistics';
import { runCases } from './cases.js';
import { argument, LEFT_OF_ONE } from './compare.js';

const rules = {
  tolerances: [
    ['*#*.bootstrap_ci_2000_approx', { absolute: 0.02 }], // resamples of two generators
    ['*#*.dcurves_max_abs_difference', { absolute: 1e-12 }], // two curves that are to be one
    ['*#*.decision_curve', LEFT_OF_ONE],
    ['*#*.calibration.in_the_large', LEFT_OF_ONE],
    ['*#*.val_prob.U:p', LEFT_OF_ONE], // R: 1 - pchisq(…)
    ['*#*.hosmer_lemeshow.p', LEFT_OF_ONE], // the same
    ['*', { relative: 1e-9 }],
  ],
};

/** Discrimination, thresholds, calibration, decision curves and the limits of proportions. */
export default (tally, folder) => runCases(tally, folder, 'roc', { multiclass: () => undefined, proportion_ci: proportions, '*': scores }, rules);

/** Cases hold one entry per score column, and comparisons of the first two. */
function scores({ table, expected }) {
  const data = table('data');
  const y = Uint8Array.from(data.numbers('y'));
  const columns = data.names.filter((name) => name !== 'y');
  const values = Object.fromEntries(columns.map((name) => [name, data.numbers(name)]));
  const [first, second] = columns.map((name) => values[name]);
  return {
    ...Object.fromEntries(columns.map((name) => [name, () => score(y, values[name], expected[name])])),
    paired_delong: () =>
      expected.paired_delong.map(({ a, b }) => {
        const { statistic, pValue, lower, upper, covariance } = deLongTest(y, values[a], values[b]);
        return { a: argument, b: argument, z: statistic, p: pValue, ci_difference: [lower, upper], cov: covariance };
      }),
    unpaired_delong_first_two: () => {
      const { statistic, df, pValue } = deLongTestUnpaired({ outcome: y, score: first }, { outcome: y, score: second });
      return { D: statistic, df, p: pValue };
    },
    mcnemar_correct_first_two: () => {
      const right = [first, second].map((p) => p.map((value, i) => Number(value >= 0.5 === (y[i] === 1))));
      const only = (a, b) => a.filter((value, i) => value === 1 && b[i] === 0).length;
      const { statistic, pValue } = mcNemarTest(only(right[0], right[1]), only(right[1], right[0]));
      return { statistic, p: pValue };
    },
    reclassification_second_vs_first: () => {
      const { eventsNri, othersNri, idi } = reclassification(y, first, second);
      return { continuous_nri_events: eventsNri, continuous_nri_nonevents: othersNri, idi };
    },
  };
}

function score(y, values, expected) {
  const curve = rocCurve(y, values);
  const area = auc(y, values);
  const events = y.reduce((sum, value) => sum + value, 0);
  const upwards = apparentDirection(y, values) === 'higher';
  const best = (rule) => () => {
    const points = bestThresholds(curve, rule);
    return { threshold: points.map(({ threshold }) => threshold), sensitivity: points.map(({ sensitivity }) => sensitivity), specificity: points.map(({ specificity }) => specificity) };
  };
  const limits = (level) => () => {
    const { lower, upper } = deLong(y, values, level);
    return [lower, upper];
  };
  const areas = () => precisionRecallAreas(y, values);
  return {
    auc: area, auto_direction: upwards ? '<' : '>', auc_auto: upwards ? area : auc(y, values.map((value) => -value)),
    delong_var: () => deLong(y, values).variance, delong_ci95: limits(0.95), delong_ci90: limits(0.9),
    hanley_mcneil_se: () => hanleyMcNeilError(area, events, y.length - events),
    thresholds: curve.thresholds, sensitivities: curve.sensitivities, specificities: curve.specificities,
    best_youden: best('youden'), best_topleft: best('top-left'),
    partial_auc_spec_1_08: () => partialAuc(curve, { from: 1, to: 0.8 }).area,
    partial_auc_corrected: () => partialAuc(curve, { from: 1, to: 0.8 }).corrected,
    bootstrap_ci_2000_approx: () => {
      const { lower, upper } = bootstrapAuc(y, values, [1, 2, 3, 4], { replicates: 2000 });
      return [lower, upper];
    },
    pr_auc_yardstick: () => areas().trapezoid, average_precision_yardstick: () => areas().averagePrecision,
    pr_auc_davis_goadrich: () => areas().davisGoadrich, pr_auc_integral: () => areas().integral,
    gain_capture: 2 * area - 1, // yardstick's accuracy ratio: Somers' D of score and outcome
    at_05: () => ({ ...atThreshold(y, values, 0.5), threshold: argument }),
    at_youden: () => {
      const { threshold } = bestThresholds(curve)[0];
      return { ...atThreshold(y, values, threshold), threshold: [threshold] };
    },
    brier: () => brierScore(y, values), brier_scaled: () => scaledBrierScore(y, values), log_loss: () => logLoss(y, values),
    ...calibration(y, values),
    decision_curve: () => decisions(y, values, expected.decision_curve),
  };
}

function atThreshold(y, values, threshold) {
  const counts = confusionAt(y, values, threshold);
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn } = counts;
  const measures = confusionMeasures(counts);
  return {
    ...measures, tp, fp, fn, tn,
    balanced_accuracy: measures.balancedAccuracy, youden_j: measures.youdenJ, lr_plus: measures.lrPlus, lr_minus: measures.lrMinus, dor: measures.diagnosticOddsRatio,
    ci_sensitivity: proportion(tp, tp + fn), ci_specificity: proportion(tn, tn + fp), ci_ppv: proportion(tp, tp + fp), ci_npv: proportion(tn, tn + fn), ci_accuracy: proportion(tp + tn, tp + fp + fn + tn),
  };
}

function proportion(x, n) {
  const limits = (method) => () => {
    const { lower, upper } = proportionInterval(x, n, method);
    return [lower, upper];
  };
  return {
    x, n, wilson: limits('wilson'), wilson_cc: limits('wilson-corrected'), clopper_pearson: limits('clopper-pearson'), wald: limits('wald'), agresti_coull: limits('agresti-coull'), jeffreys: limits('jeffreys'),
  };
}

const proportions = ({ expected }) => ({ cases: expected.cases.map(({ x, n }) => ({ ...proportion(x, n), x: argument, n: argument })) });

function calibration(y, p) {
  const bins = () => calibrationBins(y, p, 10);
  const indices = (smoother) => () => {
    const { ici, e50, e90, eMax } = calibrationCurve(y, p, smoother);
    return { ici, e50, e90, emax: eMax };
  };
  return {
    calibration: () => {
      const { slope, intercept, slopeError, inTheLarge, inTheLargeError, observedOverExpected } = calibrationModel(y, p);
      return { slope, intercept_of_slope_model: intercept, slope_se: slopeError, in_the_large: inTheLarge, in_the_large_se: inTheLargeError, oe_ratio: observedOverExpected };
    },
    val_prob: () => {
      const v = validateProbabilities(y, p);
      return {
        Dxy: v.somersDxy, 'C (ROC)': v.cIndex, R2: v.rSquared, D: v.discrimination, 'D:Chi-sq': v.discriminationChiSquared, 'D:p': argument /* NA: rms has none */, U: v.unreliability, 'U:Chi-sq': v.unreliabilityChiSquared,
        'U:p': v.unreliabilityP, Q: v.quality, Brier: v.brier, Intercept: v.intercept, Slope: v.slope, Emax: v.eMax, E90: v.e90, Eavg: v.eAverage, 'S:z': v.spiegelhalterZ, 'S:p': v.spiegelhalterP,
      };
    },
    ici: {
      loess_degree2_span075: indices('loess'),
      lowess_f23_iter0: () => ({ ...indices('lowess')(), ...lowess(p, y) }),
    },
    hosmer_lemeshow: () => {
      const { chiSquared, df, pValue } = hosmerLemeshow(y, p, { degrees: 'asked' });
      return { statistic: chiSquared, df, p: pValue };
    },
    calibration_bins10: () => {
      const { rows, meanPredicted, observed } = bins();
      return { n: rows, mean_predicted: meanPredicted, observed };
    },
    ece10: () => bins().expectedCalibrationError,
  };
}

function decisions(y, p, reference) {
  const { thresholds, netBenefit, treatAll, interventionsAvoided } = decisionCurve(y, p);
  return {
    thresholds, net_benefit: netBenefit, treat_all: treatAll, dcurves_net_benefit: netBenefit, dcurves_interventions_avoided: interventionsAvoided,
    dcurves_max_abs_difference: Math.max(...netBenefit.map((value, i) => Math.abs(value - reference.dcurves_net_benefit[i]))),
  };
}

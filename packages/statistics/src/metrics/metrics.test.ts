import { isRadloomError, random } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import {
  brierScore, calibrationBins, calibrationCurve, calibrationModel, clusteredProportionInterval, confusionAt, confusionMeasures, decisionCurve, hosmerLemeshow, loess, logLoss, lowess, netBenefit, proportionInterval, reclassification,
  scaledBrierScore, validateProbabilities,
} from './index.js';

describe('checkable on paper', () => {
  const outcome = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0];
  const probability = [0.9, 0.8, 0.6, 0.3, 0.7, 0.4, 0.3, 0.2, 0.1, 0.1];

  test('at 0.5: 3 of 4 events and 5 of 6 others are called right', () => {
    const counts = confusionAt(outcome, probability, 0.5);
    expect(counts).toEqual({ truePositives: 3, falsePositives: 1, falseNegatives: 1, trueNegatives: 5 });
    const measures = confusionMeasures(counts);
    expect(measures).toMatchObject({ accuracy: 0.8, sensitivity: 0.75, specificity: 5 / 6, ppv: 0.75, npv: 5 / 6, f1: 0.75, diagnosticOddsRatio: 15 });
    expect(measures.mcc).toBeCloseTo(14 / 24, 14);
    expect(measures.kappa).toBeCloseTo((0.8 - 0.52) / 0.48, 14);
    expect(measures.lrPlus).toBeCloseTo(4.5, 12);
  });

  test('a row at the threshold is positive', () => {
    expect(confusionAt([1], [0.5], 0.5).truePositives).toBe(1);
  });

  test('net benefit at 1/4: 4 hits, 3 alarms at odds 1/3', () => {
    expect(netBenefit(outcome, probability, 0.25)).toBeCloseTo(0.4 - 0.3 / 3, 14);
    const curve = decisionCurve(outcome, probability, [0.25]);
    expect(curve.treatAll[0]).toBeCloseTo(0.4 - 0.6 / 3, 14);
    expect(curve.interventionsAvoided[0]).toBeCloseTo(0.3, 12);
    expect(decisionCurve(outcome, probability).thresholds).toHaveLength(99);
  });

  test('Brier, scaled Brier, log loss of two rows', () => {
    expect(brierScore([1, 0], [0.8, 0.4])).toBeCloseTo(0.1, 15);
    expect(scaledBrierScore([1, 0], [0.8, 0.4])).toBeCloseTo(0.6, 14);
    expect(logLoss([1, 0], [0.8, 0.4])).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, 14);
    expect(logLoss([1, 0], [1, 0])).toBeLessThan(1e-15);
    expect(scaledBrierScore([1, 1], [0.8, 0.4])).toBeNaN();
  });

  test('reclassification: two of four events up and one down, three of six others down and one up', () => {
    const second = [0.95, 0.85, 0.6, 0.2, 0.6, 0.3, 0.2, 0.2, 0.3, 0.1];
    const { eventsNri, othersNri, nri } = reclassification(outcome, probability, second);
    expect([eventsNri, othersNri, nri]).toEqual([0.25, 2 / 6, 0.25 + 2 / 6]);
    expect(reclassification(outcome, probability, second, [0.5])).toMatchObject({ eventsNri: 0, othersNri: 0 });
  });

  test('bins: 0.1 belongs to the first, 0.9 to the ninth', () => {
    const bins = calibrationBins(outcome, probability);
    expect([...bins.rows]).toEqual([2, 1, 2, 1, 0, 1, 1, 1, 1, 0]);
    expect(bins.observed[2]).toBe(0.5);
    expect(bins.observed[4]).toBeNaN();
  });
});

describe('intervals of a proportion', () => {
  test('none of 10: exact 1 − 0.025^(1/10), Wilson z²/(n + z²)', () => {
    const z = 1.959963984540054;
    expect(proportionInterval(0, 10, 'clopper-pearson')).toEqual({ lower: 0, upper: expect.closeTo(1 - 0.025 ** 0.1, 12) });
    expect(proportionInterval(0, 10)).toEqual({ lower: 0, upper: expect.closeTo(z ** 2 / (10 + z ** 2), 12) });
  });

  test('Newcombe (1998), 81 of 263: score 0.2553 to 0.3662, corrected 0.2535 to 0.3682, exact 0.2527 to 0.3676, Wald 0.2522 to 0.3638', () => {
    const rounded = (method: Parameters<typeof proportionInterval>[2]) => Object.values(proportionInterval(81, 263, method)).map((value) => Math.round(value * 1e4) / 1e4);
    expect([rounded('wilson'), rounded('wilson-corrected'), rounded('clopper-pearson'), rounded('wald')]).toEqual([[0.2553, 0.3662], [0.2535, 0.3682], [0.2527, 0.3676], [0.2522, 0.3638]]);
  });

  test('mirrored counts have mirrored limits, a wider level a wider interval', () => {
    for (const method of ['wilson', 'wilson-corrected', 'clopper-pearson', 'agresti-coull', 'jeffreys', 'wald'] as const) {
      const [low, high] = [proportionInterval(3, 17, method), proportionInterval(14, 17, method)];
      expect([1 - high.upper, 1 - high.lower]).toEqual([expect.closeTo(low.lower, 12), expect.closeTo(low.upper, 12)]);
      expect(proportionInterval(3, 17, method, 0.99).upper).toBeGreaterThan(low.upper);
    }
    expect(codeOf(() => proportionInterval(3, 0))).toBe('proportion-counts');
  });
});

describe('rows that hang together', () => {
  test('a proportion: by hand, two of three rows right in each of A and C and none of two in B', () => {
    const clusters = { of: Uint32Array.of(0, 0, 0, 1, 1, 2, 2, 2), count: 3, turns: 1 };
    const success = [1, 1, 0, 0, 0, 1, 0, 1];
    // p = 1/2; sums of distances 1/2, -1, 1/2: variance 3/2 · (1/4 + 1 + 1/4) / 64 = 9/256; effective rows (1/4) / (9/256) = 64/9.
    expect(clusteredProportionInterval(success, clusters)).toEqual(proportionInterval(32 / 9, 64 / 9));
  });

  test('all rows alike: a patient counts as one', () => {
    const clusters = { of: Uint32Array.of(0, 0, 0, 1, 1, 2), count: 3, turns: 1 };
    expect(clusteredProportionInterval([1, 1, 1, 1, 1, 1], clusters)).toEqual(proportionInterval(3, 3));
    expect(clusteredProportionInterval([0, 0, 0, 0, 0, 0], clusters)).toEqual(proportionInterval(0, 3));
  });

  test('however often folds repeat rows, they count at most once', () => {
    // Each of four patients is right in one turn and wrong in the other: no variance between them, and still four rows.
    expect(clusteredProportionInterval([1, 0, 1, 0, 0, 1, 0, 1], { of: Uint32Array.of(0, 1, 2, 3, 0, 1, 2, 3), count: 4, turns: 2 })).toEqual(proportionInterval(2, 4));
  });

  test('calibration: errors of the sandwich over patients, by its definition; the same turn twice changes nothing', () => {
    const stream = random([3, 1, 4, 1]);
    const probability = Array.from({ length: 60 }, () => 0.05 + 0.9 * stream.next());
    const patient = Uint32Array.from(probability, (_, r) => r >> 1);
    const outcome = probability.map((p) => (stream.next() < p ? 1 : 0));
    const clusters = { of: patient, count: 30, turns: 1 };
    const { slope, slopeError, intercept, interceptError, inTheLarge, inTheLargeError } = calibrationModel(outcome, probability, clusters);
    const logits = probability.map((p) => Math.log(p / (1 - p)));
    const fitted = logits.map((value) => 1 / (1 + Math.exp(-(intercept + slope * value))));
    const rows = [...probability.keys()];
    const total = (value: (r: number) => number, own = rows) => own.reduce((sum, r) => sum + value(r), 0);
    const w = (r: number) => fitted[r] * (1 - fitted[r]);
    const [s0, s1, s2] = [total(w), total((r) => w(r) * logits[r]), total((r) => w(r) * logits[r] ** 2)];
    const determinant = s0 * s2 - s1 ** 2;
    let [meatIntercept, meatSlope] = [0, 0];
    for (let c = 0; c < 30; c++) {
      const own = rows.filter((r) => patient[r] === c);
      const [u0, u1] = [total((r) => outcome[r] - fitted[r], own), total((r) => logits[r] * (outcome[r] - fitted[r]), own)];
      meatIntercept += ((s2 * u0 - s1 * u1) / determinant) ** 2;
      meatSlope += ((s0 * u1 - s1 * u0) / determinant) ** 2;
    }
    expect(interceptError).toBeCloseTo(Math.sqrt((30 / 29) * meatIntercept), 8);
    expect(slopeError).toBeCloseTo(Math.sqrt((30 / 29) * meatSlope), 8);
    const shifted = logits.map((value) => 1 / (1 + Math.exp(-(inTheLarge + value))));
    const meat = Array.from({ length: 30 }, (_, c) => total((r) => outcome[r] - shifted[r], rows.filter((r) => patient[r] === c)) ** 2).reduce((sum, value) => sum + value, 0);
    expect(inTheLargeError).toBeCloseTo(Math.sqrt((30 / 29) * meat) / total((r) => shifted[r] * (1 - shifted[r])), 8);
    const twice = calibrationModel([...outcome, ...outcome], [...probability, ...probability], { of: Uint32Array.from({ length: 120 }, (_, r) => r % 60), count: 60, turns: 2 });
    expect(twice.slopeError).toBeGreaterThanOrEqual(calibrationModel(outcome, probability).slopeError - 1e-9);
    expect(twice.slope).toBeCloseTo(slope, 8);
  });
});

describe('calibration', () => {
  const stream = random([8, 8, 1, 2]);
  const probability = Array.from({ length: 400 }, () => 0.02 + 0.96 * stream.next());
  const outcome = probability.map((p) => (stream.next() < p ? 1 : 0));

  test('probabilities that came true: slope near 1, intercept near 0; halved on the logit scale: slope doubles', () => {
    const model = calibrationModel(outcome, probability);
    expect(Math.abs(model.slope - 1)).toBeLessThan(3 * model.slopeError);
    expect(Math.abs(model.inTheLarge)).toBeLessThan(3 * model.inTheLargeError);
    const timid = probability.map((p) => 1 / (1 + Math.exp(-Math.log(p / (1 - p)) / 2)));
    expect(calibrationModel(outcome, timid).slope).toBeCloseTo(2 * model.slope, 8);
    expect(codeOf(() => calibrationModel([0, 1, 1], [0.2, 1, 0.4]))).toBe('probability-certain');
  });

  test('Hosmer-Lemeshow groups hold every row and all events; other df for other rows', () => {
    const own = hosmerLemeshow(outcome, probability);
    expect([...own.rows]).toEqual(Array.from({ length: 10 }, () => 40));
    expect(own.observed.reduce((a, b) => a + b)).toBe(outcome.reduce<number>((a, b) => a + b, 0));
    expect([own.df, hosmerLemeshow(outcome, probability, { external: true }).df]).toEqual([8, 10]);
    const tied = outcome.map((_, i) => [0.1, 0.1, 0.1, 0.5, 0.9][i % 5]);
    expect([hosmerLemeshow(outcome, tied).df, hosmerLemeshow(outcome, tied, { degrees: 'asked' }).df]).toEqual([1, 8].map((df, i) => (i === 0 ? hosmerLemeshow(outcome, tied).groups - 2 : df)));
  });

  test('a quadratic is its own loess, a line its own lowess', () => {
    const x = Array.from({ length: 50 }, (_, i) => i / 10);
    const quadratic = x.map((value) => 3 - value + 0.5 * value * value);
    loess(x, quadratic).forEach((value, i) => expect(value).toBeCloseTo(quadratic[i], 2)); // joined by cubics, so not to the last digit
    lowess(x, x.map((value) => 2 - 3 * value)).y.forEach((value, i) => expect(value).toBeCloseTo(2 - 3 * x[i], 10));
    expect(codeOf(() => loess([1, 2, 3, 4], [1, 2, 3, 4]))).toBe('too-few-rows');
  });

  test('the curve of good probabilities lies near the diagonal, that of shifted ones by the shift', () => {
    const good = calibrationCurve(outcome, probability);
    const shifted = calibrationCurve(outcome, probability.map((p) => p + 0.2));
    expect(good.ici).toBeLessThan(0.06);
    expect(shifted.ici).toBeGreaterThan(0.15);
    expect(good.e50).toBeLessThanOrEqual(good.e90);
    expect(good.e90).toBeLessThanOrEqual(good.eMax);
  });

  test('val.prob: unreliability of good probabilities is no more than chance; Q = D − U; Dxy = 2 C − 1', () => {
    const found = validateProbabilities(outcome, probability);
    expect(found.unreliabilityP).toBeGreaterThan(0.01);
    expect(found.quality).toBeCloseTo(found.discrimination - found.unreliability, 14);
    expect(found.somersDxy).toBeCloseTo(2 * found.cIndex - 1, 14);
    expect(found.slope).toBeCloseTo(calibrationModel(outcome, probability).slope, 3);
    expect(Math.abs(found.spiegelhalterZ)).toBeLessThan(3);
  });
});

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return isRadloomError(error) ? error.code : undefined;
  }
  return undefined;
}

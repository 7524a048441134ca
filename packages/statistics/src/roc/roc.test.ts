import { isRadloomError, random } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { clustersOf } from '../resampling/clusters.js';
import {
  apparentDirection, auc, bestThresholds, bootstrapAuc, deLong, deLongTest, deLongTestUnpaired, hanleyMcNeilError, partialAuc, percentileInterval, precisionRecallAreas, rocCurve,
  stratifiedBootstrap,
} from './index.js';

/** Three events (0.9, 0.6, 0.4) and three others (0.7, 0.4, 0.1): of nine pairs, six won, one tied. */
const outcome = [1, 1, 1, 0, 0, 0];
const score = [0.9, 0.6, 0.4, 0.7, 0.4, 0.1];

describe('worked example', () => {
  test('AUC = 6.5 of 9 pairs', () => {
    expect(auc(outcome, score)).toBeCloseTo(6.5 / 9, 15);
  });

  test('the curve: thresholds between scores, sensitivity and specificity by counting', () => {
    const curve = rocCurve(outcome, score);
    expect([...curve.thresholds]).toEqual([-Infinity, 0.25, 0.5, 0.65, 0.8, Infinity].map((t) => expect.closeTo(t, 12)));
    expect([...curve.sensitivities]).toEqual([1, 1, 2 / 3, 1 / 3, 1 / 3, 0]);
    expect([...curve.specificities]).toEqual([0, 1 / 3, 2 / 3, 2 / 3, 1, 1]);
  });

  test('DeLong: placements 1, 2/3, 1/2 and 1/3, 5/6, 1 give variance 0.0648', () => {
    // events' placements: mean 13/18, S10 = 0.0648148; others': mean 13/18, S01 = 0.1203704; (S10 + S01)/3
    const { variance, auc: area } = deLong(outcome, score);
    expect(area).toBeCloseTo(13 / 18, 15);
    expect(variance).toBeCloseTo((7 / 108 + 13 / 108) / 3, 15);
  });

  test('Youden: 0.5, 0.8 and 0.25 tie at 1/3; the corner is nearest at 0.5', () => {
    expect(bestThresholds(rocCurve(outcome, score)).map((point) => point.threshold)).toEqual([0.25, 0.5, 0.8].map((t) => expect.closeTo(t, 12)));
    expect(bestThresholds(rocCurve(outcome, score), 'top-left').map((point) => point.threshold)).toEqual([0.5]);
  });

  test('partial area over specificity 1 to 2/3: a rectangle of height 1/3', () => {
    const { area, corrected } = partialAuc(rocCurve(outcome, score), { from: 1, to: 2 / 3 });
    expect(area).toBeCloseTo(1 / 9, 15);
    expect(corrected).toBeCloseTo((1 + (1 / 9 - 1 / 18) / (1 / 3 - 1 / 18)) / 2, 14);
  });

  test('precision and recall: average precision = (1 + 2/3 + 3/5)/3', () => {
    const areas = precisionRecallAreas(outcome, score);
    expect(areas.averagePrecision).toBeCloseTo((1 + 2 / 3 + 3 / 5) / 3, 15);
    expect(areas.trapezoid).toBeCloseTo(((1 + 1) / 2 + (1 / 2 + 2 / 3) / 2 + (2 / 3 + 3 / 5) / 2) / 3, 15);
  });
});

describe('definitions', () => {
  const stream = random([5, 6, 7, 8]);
  const y = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const a = y.map((event) => event * 0.8 + stream.normal());
  const b = y.map((event) => event * 0.4 + stream.normal());

  test('AUC is the area under the curve, keeps under monotone change, is mirrored by a sign', () => {
    const curve = rocCurve(y, a);
    let area = 0;
    for (let i = 1; i < curve.thresholds.length; i++) {
      area += ((curve.sensitivities[i - 1] + curve.sensitivities[i]) / 2) * (curve.specificities[i] - curve.specificities[i - 1]);
    }
    expect(area).toBeCloseTo(auc(y, a), 13);
    expect(partialAuc(curve, { from: 0, to: 1 }).area).toBeCloseTo(area, 13);
    expect(auc(y, a.map(Math.exp))).toBe(auc(y, a));
    expect(auc(y, a.map((value) => -value))).toBeCloseTo(1 - auc(y, a), 14);
  });

  test('direction: a lower score for the event is a mirrored curve, and auto sees it by the medians', () => {
    const mirrored = a.map((value) => -value);
    const curve = rocCurve(y, mirrored, 'lower');
    expect([...curve.sensitivities]).toEqual([...rocCurve(y, a).sensitivities]);
    expect(curve.thresholds[0]).toBe(Infinity);
    expect([apparentDirection(y, a), apparentDirection(y, mirrored)]).toEqual(['higher', 'lower']);
  });

  test('a test of a score with itself finds nothing; swapping changes the sign', () => {
    expect(deLongTest(y, a, a)).toMatchObject({ difference: 0, statistic: 0, pValue: 1 });
    const forth = deLongTest(y, a, b);
    const back = deLongTest(y, b, a);
    expect(back.statistic).toBeCloseTo(-forth.statistic, 12);
    expect(back.pValue).toBeCloseTo(forth.pValue, 12);
  });

  test('paired variance is both variances less twice the covariance; unpaired leaves it out', () => {
    const paired = deLongTest(y, a, b);
    const [va, vb] = [deLong(y, a).variance, deLong(y, b).variance];
    expect(paired.statistic).toBeCloseTo(paired.difference / Math.sqrt(va + vb - 2 * paired.covariance), 12);
    const unpaired = deLongTestUnpaired({ outcome: y, score: a }, { outcome: y, score: b });
    expect(unpaired.statistic).toBeCloseTo(paired.difference / Math.sqrt(va + vb), 12);
    expect(unpaired.df).toBeGreaterThan(59);
  });

  test('perfect separation has an interval without width', () => {
    expect(deLong([0, 0, 1, 1], [1, 2, 3, 4])).toEqual({ auc: 1, variance: 0, lower: 1, upper: 1 });
  });

  test('bootstrap: the same seed gives the same limits, about as wide as DeLong’s; every resample keeps the class sizes', () => {
    const first = bootstrapAuc(y, a, [1, 2, 3, 4]);
    expect(bootstrapAuc(y, a, [1, 2, 3, 4])).toEqual(first);
    const { lower, upper } = deLong(y, a);
    expect(Math.abs(first.lower - lower)).toBeLessThan(0.04);
    expect(Math.abs(first.upper - upper)).toBeLessThan(0.04);
    stratifiedBootstrap(y, [1, 1, 1, 1], 20, (rows) => {
      expect(Array.from(rows).filter((row) => y[row] === 1)).toHaveLength(20);
      return 0;
    });
    expect(percentileInterval([NaN, 1, 2, 3], 0.5)).toEqual({ lower: 1.5, upper: 2.5, replicates: 3 });
  });

  test('untied scores: Davis & Goadrich is the trapezoid; with ties it is not', () => {
    const untied = precisionRecallAreas(y, a);
    expect(untied.davisGoadrich).toBeCloseTo(untied.trapezoid, 13);
    const tied = precisionRecallAreas([1, 1, 1, 0, 0, 0], [3, 2, 2, 2, 2, 1]); // 1 of 1, then 2 more of 4 at once: 2 of 3 on the way
    expect(tied.trapezoid).toBeCloseTo((1 + (2 * (1 + 3 / 5)) / 2) / 3, 14);
    expect(tied.davisGoadrich).toBeCloseTo((1 + (1 + 2 / 3) / 2 + (2 / 3 + 3 / 5) / 2) / 3, 14);
  });

  test('one class, and a score that is not a number, are errors with a code', () => {
    expect(codeOf(() => auc([1, 1], [0.1, 0.2]))).toBe('one-class');
    expect(codeOf(() => auc([1, 0], [0.1, NaN]))).toBe('score-missing');
    expect(codeOf(() => auc([1, 0, 1], [0.1, 1]))).toBe('length-mismatch');
  });
});

test('Hanley & McNeil (1982), their example: area 0.893 of 51 and 58 images has standard error 0.032 (printed, cut off)', () => {
  expect(Math.floor(hanleyMcNeilError(0.893, 51, 58) * 1000)).toBe(32);
});

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return isRadloomError(error) ? error.code : undefined;
  }
  return undefined;
}

describe('rows that hang together', () => {
  /** Twelve patients of one to three rows; some have rows of both classes, and scores of a patient resemble each other. */
  const stream = random([4, 4, 4, 4]);
  const rows = Array.from({ length: 12 }, (_, p) => Array.from({ length: 1 + (p % 3) }, (_row, l) => ({ patient: `p${p}`, row: `p${p}-${l}`, own: stream.normal() }))).flat();
  const shared = new Map(rows.map(({ patient }) => [patient, stream.normal()]));
  const y = rows.map(({ patient }, r) => (shared.get(patient)! + stream.normal() + (r % 5 === 0 ? 0.5 : 0) > 0.2 ? 1 : 0));
  const [a, b] = [0.8, 0.2].map((weight) => rows.map(({ patient, own }, r) => Math.round(10 * (weight * shared.get(patient)! + own + y[r])) / 10));
  const clusters = clustersOf(rows.map(({ row }) => row), rows.map(({ patient }) => patient))!;

  /** Obuchowski (1997), equations 2 to 4, by loops over all pairs. */
  function byDefinition(first: number[], second: number[]): number {
    const wins = (s: number[], i: number, j: number) => (s[i] > s[j] ? 1 : s[i] === s[j] ? 0.5 : 0);
    const [events, others] = [1, 0].map((wanted) => [...y.keys()].filter((r) => y[r] === wanted));
    const patients = [...new Set(rows.map(({ patient }) => patient))];
    const components = (s: number[]) => {
      const area = events.reduce((sum, i) => sum + others.reduce((own, j) => own + wins(s, i, j), 0), 0) / (events.length * others.length);
      const away = (from: number[], one: (row: number) => number) => patients.map((patient) => from.filter((r) => rows[r].patient === patient).reduce((sum, r) => sum + one(r) - area, 0));
      return [away(events, (i) => others.reduce((sum, j) => sum + wins(s, i, j), 0) / others.length), away(others, (j) => events.reduce((sum, i) => sum + wins(s, i, j), 0) / events.length)];
    };
    const [[x1, y1], [x2, y2]] = [components(first), components(second)];
    const times = (u: number[], v: number[]) => u.reduce((sum, value, c) => sum + value * v[c], 0);
    const holding = (from: number[]) => new Set(from.map((r) => rows[r].patient)).size;
    const [i10, i01, all, m, n] = [holding(events), holding(others), patients.length, events.length, others.length];
    const s10 = (i10 / ((i10 - 1) * m)) * times(x1, x2);
    const s01 = (i01 / ((i01 - 1) * n)) * times(y1, y2);
    const s11 = (all / (all - 1)) * (times(x1, y2) + times(x2, y1));
    return s10 / m + s01 / n + s11 / (m * n);
  }

  test('the variance, and that of a difference, are Obuchowski’s', () => {
    expect(y.some((value, r) => rows.some(({ patient }, s) => patient === rows[r].patient && y[s] !== value))).toBe(true);
    expect(deLong(y, a, 0.95, clusters).variance).toBeCloseTo(byDefinition(a, a), 14);
    expect(deLong(y, a, 0.95, clusters).auc).toBe(deLong(y, a).auc);
    const { statistic, difference, covariance } = deLongTest(y, a, b, 0.95, clusters);
    expect(covariance).toBeCloseTo(byDefinition(a, b), 14);
    expect(statistic).toBeCloseTo(difference / Math.sqrt(byDefinition(a, a) + byDefinition(b, b) - 2 * byDefinition(a, b)), 10);
  });

  test('clusters of one row each are none: the same bits', () => {
    expect(clustersOf(rows.map(({ row }) => row))).toBeUndefined();
    const alone = { of: Uint32Array.from(y, (_, r) => r), count: y.length, turns: 1 };
    expect(deLong(y, a, 0.95, alone).variance).toBeCloseTo(deLong(y, a).variance, 15);
    expect(bootstrapAuc(y, a, [1, 2, 3, 4], { replicates: 50, clusters: alone })).toEqual(bootstrapAuc(y, a, [1, 2, 3, 4], { replicates: 50 }));
  });

  test('rows that a second turn predicts alike tell nothing new: the interval stays', () => {
    const twice = <T>(values: readonly T[]) => [...values, ...values];
    const names = rows.map(({ row }) => row);
    const repeated = clustersOf(twice(names))!;
    expect(repeated).toMatchObject({ count: names.length, turns: 2 });
    expect(deLong(twice(y), twice(a), 0.95, repeated).variance).toBeCloseTo(deLong(y, a).variance, 14);
    expect(deLong(twice(y), twice(a)).variance).toBeLessThan(0.6 * deLong(y, a).variance);
    const again = deLongTest(twice(y), twice(a), twice(b), 0.95, repeated);
    expect(again.pValue).toBeCloseTo(deLongTest(y, a, b).pValue, 10);
    const [once, more] = [bootstrapAuc(y, a, [1, 2, 3, 4], { replicates: 200 }), bootstrapAuc(twice(y), twice(a), [1, 2, 3, 4], { replicates: 200, clusters: repeated })];
    expect([more.lower, more.upper]).toEqual([expect.closeTo(once.lower, 12), expect.closeTo(once.upper, 12)]);
  });

  test('turns that differ take away the noise of the fits, no more: not below one turn', () => {
    const noisy = a.map((value) => value + 2 * stream.normal());
    const names = rows.map(({ row }) => row);
    const [ys, scores] = [[...y, ...y], [...a, ...noisy]];
    const floor = 2 * deLong(ys, scores).variance;
    expect(deLong(ys, scores, 0.95, clustersOf([...names, ...names])).variance).toBeGreaterThanOrEqual(floor);
  });

  test('a class of a single patient has no variance', () => {
    const one = clustersOf(['1', '2', '3', '4'], ['A', 'A', 'B', 'C'])!;
    expect(deLong([1, 1, 0, 0], [3, 1, 2, 0], 0.95, one).variance).toBeNaN();
  });

  test('a resample has as many patients with and without the event as there are, each with all its rows', () => {
    const withEvent = new Set(rows.filter((_, r) => y[r] === 1).map(({ patient }) => patient));
    stratifiedBootstrap(y, [2, 2, 2, 2], 20, (drawn) => {
      const times = new Map<string, number>();
      for (const r of drawn) times.set(rows[r].patient, (times.get(rows[r].patient) ?? 0) + 1);
      const drawings = [...times].map(([patient, count]) => [patient, count / rows.filter((row) => row.patient === patient).length] as const);
      expect(drawings.every(([, count]) => Number.isInteger(count))).toBe(true);
      expect(drawings.reduce((sum, [patient, count]) => sum + (withEvent.has(patient) ? count : 0), 0)).toBe(withEvent.size);
      expect(drawings.reduce((sum, [, count]) => sum + count, 0)).toBe(12);
      return 0;
    }, clusters);
  });
});

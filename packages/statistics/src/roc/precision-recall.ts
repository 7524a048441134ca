import { splitClasses } from './labels.js';

/** Counts called positive at each distinct score, from the highest down: entry i belongs to threshold i. */
interface Steps {
  readonly thresholds: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly events: number;
}

function steps(outcome: ArrayLike<number>, score: ArrayLike<number>): Steps {
  const { events } = splitClasses(outcome, score);
  const order = Uint32Array.from({ length: score.length }, (_, i) => i).sort((i, j) => score[j] - score[i]);
  const thresholds: number[] = [];
  const truePositives: number[] = [];
  const falsePositives: number[] = [];
  let up = 0;
  let down = 0;
  order.forEach((row, i) => {
    if (outcome[row] === 1) up++;
    else down++;
    if (i + 1 < order.length && score[order[i + 1]] === score[row]) return;
    thresholds.push(score[row]);
    truePositives.push(up);
    falsePositives.push(down);
  });
  return { thresholds: Float64Array.from(thresholds), truePositives: Float64Array.from(truePositives), falsePositives: Float64Array.from(falsePositives), events: events.length };
}

/** Recall and precision at every distinct score, highest first; the first point is recall 0 at precision 1 by convention. */
export interface PrecisionRecallCurve {
  readonly thresholds: Float64Array;
  readonly recall: Float64Array;
  readonly precision: Float64Array;
}

/**
 * The precision-recall curve.
 *
 * @throws `one-class`, `score-missing`
 */
export function precisionRecallCurve(outcome: ArrayLike<number>, score: ArrayLike<number>): PrecisionRecallCurve {
  const { thresholds, truePositives, falsePositives, events } = steps(outcome, score);
  return {
    thresholds: Float64Array.of(Infinity, ...thresholds),
    recall: Float64Array.of(0, ...truePositives.map((up) => up / events)),
    precision: Float64Array.of(1, ...truePositives.map((up, i) => up / (up + falsePositives[i]))),
  };
}

/** Which area under the precision-recall points is meant; they differ, most of all with tied scores. */
export interface PrecisionRecallAreas {
  /** Σ precision × step in recall: average precision (scikit-learn, yardstick `average_precision`). */
  readonly averagePrecision: number;
  /** Straight lines between the curve's points (yardstick `pr_auc`). */
  readonly trapezoid: number;
  /** Davis & Goadrich (2006): between points, true positives one at a time with false positives in proportion. */
  readonly davisGoadrich: number;
  /** The same interpolation integrated continuously: Keilwagen, Grosse & Grau (2014). */
  readonly integral: number;
}

/**
 * Four areas under the precision-recall points.
 *
 * @throws `one-class`, `score-missing`
 */
export function precisionRecallAreas(outcome: ArrayLike<number>, score: ArrayLike<number>): PrecisionRecallAreas {
  const { recall, precision } = precisionRecallCurve(outcome, score);
  let averagePrecision = 0;
  let trapezoid = 0;
  for (let i = 1; i < recall.length; i++) {
    averagePrecision += (recall[i] - recall[i - 1]) * precision[i];
    trapezoid += ((recall[i] - recall[i - 1]) * (precision[i] + precision[i - 1])) / 2;
  }
  const { truePositives, falsePositives, events } = steps(outcome, score);
  let davisGoadrich = 0;
  let integral = 0;
  let up = 0;
  let down = 0;
  truePositives.forEach((nextUp, i) => {
    if (nextUp > up) {
      const slope = (falsePositives[i] - down) / (nextUp - up);
      const offset = down - slope * up;
      davisGoadrich += unitSteps(up, nextUp, slope, offset);
      integral += continuous(up, nextUp, slope, offset);
    }
    up = nextUp;
    down = falsePositives[i];
  });
  return { averagePrecision, trapezoid, davisGoadrich: davisGoadrich / events, integral: integral / events };
}

/**
 * Davis & Goadrich's area of resamples of the same rows: sorted once, each resample costs one pass.
 *
 * @returns a function of how often each row counts; NaN where no row with the event does
 * @throws  `one-class`, `score-missing`
 */
export function resampledPrecisionRecallArea(outcome: ArrayLike<number>, score: ArrayLike<number>): (times: ArrayLike<number>) => number {
  splitClasses(outcome, score);
  const order = Uint32Array.from({ length: score.length }, (_, i) => i).sort((i, j) => score[j] - score[i]);
  return (times) => {
    let [area, up, down, nextUp, nextDown] = [0, 0, 0, 0, 0];
    for (let i = 0; i < order.length; i++) {
      if (outcome[order[i]] === 1) nextUp += times[order[i]];
      else nextDown += times[order[i]];
      if (i + 1 < order.length && score[order[i + 1]] === score[order[i]]) continue;
      if (nextUp > up) {
        const slope = (nextDown - down) / (nextUp - up);
        area += unitSteps(up, nextUp, slope, down - slope * up);
      }
      up = nextUp;
      down = nextDown;
    }
    return area / up;
  };
}

/** Precision with t true positives where false positives are slope·t + offset; at t = 0 the limit from above. */
const precisionAt = (t: number, slope: number, offset: number) => (offset === 0 ? 1 / (1 + slope) : t / (t + slope * t + offset));

function unitSteps(from: number, to: number, slope: number, offset: number): number {
  let sum = 0;
  for (let t = from; t < to; t++) sum += (precisionAt(t, slope, offset) + precisionAt(t + 1, slope, offset)) / 2;
  return sum;
}

/** ∫ t / ((1+s) t + o) dt. */
function continuous(from: number, to: number, slope: number, offset: number): number {
  const rate = 1 + slope;
  if (offset === 0) return (to - from) / rate;
  return (to - from) / rate - (offset / (rate * rate)) * Math.log((rate * to + offset) / (rate * from + offset));
}

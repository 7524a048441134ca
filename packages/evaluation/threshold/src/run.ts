import { type Context, type Folds, type Plain, type Predictions, RadloomError } from '@radloom/core';
import { bestThresholds, type OperatingPoint, rocCurve, type RocCurve } from '@radloom/statistics';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly rule: 'youden' | 'top-left' | 'sensitivity' | 'fixed';
  readonly value: number;
  readonly sensitivity: number;
}

export interface Inputs {
  readonly predictions: Predictions;
  /** The same rows as they are reported, where those differ from the ones that the threshold is chosen on. */
  readonly heldOut?: Predictions;
  /** The folds that held the rows out. */
  readonly folds?: Plain;
}

/**
 * `threshold` holds the `threshold`, the `rule`, and where a rule chose it the `sensitivity` and `specificity` on the training rows, each
 * held out, which are the best of many and so too good; `predictions` are the reported ones at that threshold, and given `folds`, each row
 * at the one that the rows of the other folds choose, so that no row is judged by a threshold that its own outcome moved.
 *
 * @throws `learning-rows` for predictions that are not out of fold: those of rows that taught the model are too sure
 */
export function run({ predictions, heldOut = predictions, folds }: Inputs, settings: Settings, ctx: Context): { threshold: Plain; predictions: Predictions } {
  for (const { role, model } of [predictions, heldOut]) {
    if (role === 'out-of-fold') continue;
    throw new RadloomError({ code: 'learning-rows', what: `A threshold is chosen on out-of-fold predictions; those of ${model} are ${role} predictions.`, fix: 'Connect the predictions that tuning gives, of training rows held out in turn.', deterministic: false });
  }
  const found = choose(predictions, [...predictions.rows.keys()], settings);
  if (found.why !== undefined) ctx.warn('threshold-not-chosen', `The threshold of ${predictions.model} is ${found.threshold}: ${found.why}.`, { model: predictions.model, threshold: found.threshold });
  const { why: _, ...chosen } = found;
  const apart = folds === undefined || settings.rule === 'fixed' ? {} : { thresholds: thresholdsApart(heldOut, folds.value as Folds, settings) };
  return { threshold: { type: 'data', value: { rule: settings.rule, ...chosen } }, predictions: { ...heldOut, threshold: chosen.threshold, ...apart } };
}

/** Per row the threshold that the rows of the other folds choose; the mean over its folds, where folds repeat. */
function thresholdsApart(predictions: Predictions, { folds }: Folds, settings: Settings): Float64Array {
  const place = new Map(predictions.rows.map((row, r) => [row, r]));
  const sum = new Float64Array(predictions.rows.length);
  const times = new Uint32Array(predictions.rows.length);
  for (const { test } of folds) {
    const held = new Set(test.flatMap((row) => place.get(row) ?? []));
    const { threshold } = choose(predictions, [...predictions.rows.keys()].filter((r) => !held.has(r)), settings);
    for (const r of held) {
      sum[r] += threshold;
      times[r]++;
    }
  }
  return sum.map((total, r) => total / times[r]);
}

/** The threshold of some rows; where there is no choice, the given value and why. */
function choose(predictions: Predictions, rows: readonly number[], { rule, value, sensitivity }: Settings): { threshold: number; why?: string } & Partial<OperatingPoint> {
  if (rule === 'fixed') return { threshold: value };
  const known = rows.filter((i) => !Number.isNaN(predictions.probability[i]));
  const outcome = Uint8Array.from(known, (i) => predictions.outcome[i]);
  if (!outcome.includes(0) || !outcome.includes(1)) return { threshold: value, why: `the ${outcome.length} rows that were predicted have one class` };
  const curve = rocCurve(outcome, Float64Array.from(known, (i) => predictions.probability[i]));
  const found = rule === 'sensitivity' ? keeping(curve, sensitivity) : middle(bestThresholds(curve, rule));
  if (found === undefined || found.sensitivity + found.specificity <= 1) return { threshold: value, why: 'no threshold is better than chance' };
  return found;
}

/** Of several best thresholds the middle one (the lower of two), those at the infinite ends left out. */
function middle(points: readonly OperatingPoint[]): OperatingPoint | undefined {
  const finite = points.filter(({ threshold }) => Number.isFinite(threshold));
  return finite[(finite.length - 1) >> 1];
}

/** The highest threshold with at least that sensitivity; the curve runs from the lowest threshold up. */
function keeping({ thresholds, sensitivities, specificities }: RocCurve, least: number): OperatingPoint | undefined {
  const at = sensitivities.findLastIndex((sensitivity, i) => sensitivity >= least && Number.isFinite(thresholds[i]));
  return at < 0 ? undefined : { threshold: thresholds[at], sensitivity: sensitivities[at], specificity: specificities[at] };
}

import { type Context, type Plain, type Predictions, RadloomError } from '@radloom/core';
import { bestThresholds, type OperatingPoint, rocCurve, type RocCurve } from '@radloom/statistics';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly rule: 'youden' | 'top-left' | 'sensitivity' | 'fixed';
  readonly value: number;
  readonly sensitivity: number;
}

/**
 * `threshold` holds the `threshold`, the `rule`, and where a rule chose it the `sensitivity` and `specificity` on the training rows, each
 * held out; `predictions` are the given ones at that threshold.
 *
 * @throws `learning-rows` for predictions that are not out of fold: those of rows that taught the model are too sure
 */
export function run({ predictions }: { readonly predictions: Predictions }, settings: Settings, ctx: Context): { threshold: Plain; predictions: Predictions } {
  if (predictions.role !== 'out-of-fold') {
    throw new RadloomError({ code: 'learning-rows', what: `A threshold is chosen on out-of-fold predictions; those of ${predictions.model} are ${predictions.role} predictions.`, fix: 'Connect the predictions that tuning gives, of training rows held out in turn.', deterministic: false });
  }
  const chosen = { rule: settings.rule, ...choose(predictions, settings, ctx) };
  return { threshold: { type: 'data', value: chosen }, predictions: { ...predictions, threshold: chosen.threshold } };
}

function choose(predictions: Predictions, { rule, value, sensitivity }: Settings, ctx: Context): { threshold: number } & Partial<OperatingPoint> {
  if (rule === 'fixed') return { threshold: value };
  const known = [...predictions.probability.keys()].filter((i) => !Number.isNaN(predictions.probability[i]));
  const outcome = Uint8Array.from(known, (i) => predictions.outcome[i]);
  if (!outcome.includes(0) || !outcome.includes(1)) return fallback(value, `the ${outcome.length} rows that were predicted have one class`, predictions, ctx);
  const curve = rocCurve(outcome, Float64Array.from(known, (i) => predictions.probability[i]));
  const found = rule === 'sensitivity' ? keeping(curve, sensitivity) : middle(bestThresholds(curve, rule));
  if (found === undefined || found.sensitivity + found.specificity <= 1) return fallback(value, 'no threshold is better than chance', predictions, ctx);
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

function fallback(threshold: number, why: string, { model }: Predictions, ctx: Context): { threshold: number } {
  ctx.warn('threshold-not-chosen', `The threshold of ${model} is ${threshold}: ${why}.`, { model, threshold });
  return { threshold };
}

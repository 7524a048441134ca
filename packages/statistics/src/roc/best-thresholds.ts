import type { RocCurve } from './curve.js';

/** A threshold and what it does. */
export interface OperatingPoint {
  readonly threshold: number;
  readonly sensitivity: number;
  readonly specificity: number;
}

/** `youden`: largest sensitivity + specificity; `top-left`: nearest to the corner (1, 1). */
export type ThresholdRule = 'youden' | 'top-left';

/** The best thresholds of a curve by a rule; all of them when several tie, in the curve's order, the infinite ends included (as pROC). */
export function bestThresholds(curve: RocCurve, rule: ThresholdRule = 'youden'): OperatingPoint[] {
  const merit = (i: number) => {
    const [sensitivity, specificity] = [curve.sensitivities[i], curve.specificities[i]];
    return rule === 'youden' ? sensitivity + specificity : -((1 - sensitivity) ** 2 + (1 - specificity) ** 2);
  };
  const merits = Float64Array.from(curve.thresholds, (_, i) => merit(i));
  const best = merits.reduce((a, b) => Math.max(a, b), -Infinity);
  const points: OperatingPoint[] = [];
  merits.forEach((value, i) => {
    if (value === best) points.push({ threshold: curve.thresholds[i], sensitivity: curve.sensitivities[i], specificity: curve.specificities[i] });
  });
  return points;
}

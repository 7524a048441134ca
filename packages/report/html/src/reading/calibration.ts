import { type Evaluated, evaluated } from './evaluated.js';
import { number, numberList, record } from './plain.js';
import type { StudyResults } from './results.js';

/** A smoothed calibration curve with its band; NaN where the band is not known. */
export interface CalibrationCurve {
  readonly probability: readonly number[];
  readonly observed: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

export interface Calibration extends Evaluated {
  readonly level?: number;
  readonly curve?: CalibrationCurve;
  /** Rows with and without the event in bins of equal width over 0 to 1. */
  readonly histogram?: { readonly events: readonly number[]; readonly others: readonly number[] };
  /** Of the Hosmer-Lemeshow test. */
  readonly chiSquared?: number;
  readonly df?: number;
}

export function calibrations(results: StudyResults): Calibration[] {
  return evaluated(results, 'calibration').map((entry) => {
    const test = record(entry.detail.hosmerLemeshow);
    return { ...entry, level: number(entry.detail.level), curve: curveOf(entry.detail.curve), histogram: histogramOf(entry.detail.histogram), chiSquared: number(test?.chiSquared), df: number(test?.df) };
  });
}

function curveOf(value: unknown): CalibrationCurve | undefined {
  const found = record(value);
  const [probability, observed, lower, upper] = ['probability', 'observed', 'lower', 'upper'].map((name) => numberList(found?.[name]));
  if (probability === undefined || observed === undefined || lower === undefined || upper === undefined) return undefined;
  return observed.length === probability.length && lower.length === probability.length && upper.length === probability.length ? { probability, observed, lower, upper } : undefined;
}

function histogramOf(value: unknown): Calibration['histogram'] {
  const found = record(value);
  const events = numberList(found?.events);
  const others = numberList(found?.others);
  return events === undefined || others === undefined || events.length !== others.length ? undefined : { events, others };
}

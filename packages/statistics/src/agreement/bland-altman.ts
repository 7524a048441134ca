import { studentT } from '../distributions/student.js';
import { mean, variance } from '../tests/describe.js';
import { differences } from '../tests/t-test.js';

/** Differences (first − second) between two measurements of the same subjects. */
export interface BlandAltman {
  readonly bias: number;
  readonly sd: number;
  /** Limits of agreement: bias ± 1.96 sd. */
  readonly lower: number;
  readonly upper: number;
  /** Half widths of the t intervals of the bias and of each limit (Bland & Altman 1986). */
  readonly biasReach: number;
  readonly limitReach: number;
}

/**
 * Bland & Altman's limits of agreement.
 *
 * @throws `length-mismatch`
 */
export function blandAltman(x: ArrayLike<number>, y: ArrayLike<number>, options: { multiplier?: number; level?: number } = {}): BlandAltman {
  const { multiplier = 1.96, level = 0.95 } = options;
  const apart = differences(x, y);
  const n = apart.length;
  const bias = mean(apart);
  const sd = Math.sqrt(variance(apart));
  const t = studentT.quantile((1 + level) / 2, n - 1);
  return {
    bias, sd, lower: bias - multiplier * sd, upper: bias + multiplier * sd,
    biasReach: t * (sd / Math.sqrt(n)),
    limitReach: t * sd * Math.sqrt(1 / n + multiplier ** 2 / (2 * (n - 1))),
  };
}

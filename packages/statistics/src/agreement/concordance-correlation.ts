import { RadloomError } from '@radloom/core';
import { normal } from '../distributions/normal.js';
import { mean, squaresAbout } from '../tests/describe.js';

export interface ConcordanceCorrelation {
  /** ρ_c: Pearson's correlation times the bias correction. */
  readonly ccc: number;
  readonly lower: number;
  readonly upper: number;
  readonly pearson: number;
  /** C_b: 1 when location and scale agree. */
  readonly biasCorrection: number;
}

/**
 * Lin's (1989) concordance correlation of two series, variances with n, limits by the z transformation (Lin 2000's corrected variance);
 * at exactly 1 or −1 the limits are the same. NaN where both are constant, limits also where one is.
 *
 * @throws `length-mismatch`, `too-few-values`
 */
export function concordanceCorrelation(x: ArrayLike<number>, y: ArrayLike<number>, level = 0.95): ConcordanceCorrelation {
  const n = x.length;
  if (n !== y.length) throw new RadloomError({ code: 'length-mismatch', what: `Concordance needs pairs; there are ${n} and ${y.length} values.` });
  if (n < 3) throw new RadloomError({ code: 'too-few-values', what: `Concordance needs three pairs, not ${n}.` });
  const [a, b] = [mean(x), mean(y)];
  const [xx, yy] = [squaresAbout(x, a) / n, squaresAbout(y, b) / n];
  let xy = 0;
  for (let i = 0; i < n; i++) xy += ((x[i] - a) * (y[i] - b)) / n;
  const pearson = xy / Math.sqrt(xx * yy);
  const ccc = (2 * xy) / (xx + yy + (a - b) ** 2);
  if (Math.abs(ccc) === 1) return { ccc, lower: ccc, upper: ccc, pearson, biasCorrection: 1 };
  const shift = (a - b) ** 2 / Math.sqrt(xx * yy);
  const [r2, c2] = [pearson ** 2, ccc ** 2];
  const variance = (((1 - r2) * c2) / ((1 - c2) * r2) + (2 * ccc ** 3 * (1 - ccc) * shift) / (pearson * (1 - c2) ** 2) - (ccc ** 4 * shift ** 2) / (2 * r2 * (1 - c2) ** 2)) / (n - 2);
  const reach = normal.quantile((1 + level) / 2) * Math.sqrt(variance);
  return { ccc, lower: Math.tanh(Math.atanh(ccc) - reach), upper: Math.tanh(Math.atanh(ccc) + reach), pearson, biasCorrection: ccc / pearson };
}

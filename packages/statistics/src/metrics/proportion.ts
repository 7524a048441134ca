import { RadloomError } from '@radloom/core';
import { betaDistribution } from '../distributions/beta.js';
import { normal } from '../distributions/normal.js';

/**
 * How to put limits to a proportion: `wilson` (score), `wilson-corrected` (score with R's prop.test continuity correction),
 * `clopper-pearson` (exact), `agresti-coull`, `jeffreys`, `wald`.
 */
export type ProportionMethod = 'wilson' | 'wilson-corrected' | 'clopper-pearson' | 'agresti-coull' | 'jeffreys' | 'wald';

/** Limits of a proportion. */
export interface ProportionInterval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Confidence limits of x successes among n. Wald's and Agresti & Coull's limits may lie outside 0 to 1 and are given as they come out.
 *
 * @param x 0 ≤ x ≤ n
 * @throws `proportion-counts` when the counts make no proportion
 */
export function proportionInterval(x: number, n: number, method: ProportionMethod = 'wilson', level = 0.95): ProportionInterval {
  if (!(n > 0 && x >= 0 && x <= n)) throw new RadloomError({ code: 'proportion-counts', what: `${x} of ${n} is not a proportion.` });
  return rules[method](x, n, (1 - level) / 2);
}

const rules: Record<ProportionMethod, (x: number, n: number, tail: number) => ProportionInterval> = {
  wilson: (x, n, tail) => score(x, n, tail, 0),
  'wilson-corrected': (x, n, tail) => score(x, n, tail, Math.min(0.5, Math.abs(x - n / 2))),
  'clopper-pearson': (x, n, tail) => ({
    lower: x === 0 ? 0 : betaDistribution.quantile(tail, x, n - x + 1),
    upper: x === n ? 1 : betaDistribution.upperQuantile(tail, x + 1, n - x),
  }),
  'agresti-coull': (x, n, tail) => {
    const z = normal.upperQuantile(tail);
    return symmetric(x + (z * z) / 2, n + z * z, z);
  },
  jeffreys: (x, n, tail) => ({ lower: betaDistribution.quantile(tail, x + 0.5, n - x + 0.5), upper: betaDistribution.upperQuantile(tail, x + 0.5, n - x + 0.5) }),
  wald: (x, n, tail) => symmetric(x, n, normal.upperQuantile(tail)),
};

function symmetric(x: number, n: number, z: number): ProportionInterval {
  const p = x / n;
  const reach = z * Math.sqrt((p * (1 - p)) / n);
  return { lower: p - reach, upper: p + reach };
}

/** Where the score test just does not reject; the estimate is moved outwards by `correction`/n first. */
function score(x: number, n: number, tail: number, correction: number): ProportionInterval {
  const z = normal.upperQuantile(tail);
  const half = (z * z) / (2 * n);
  const limit = (p: number, sign: 1 | -1) => (p + half + sign * z * Math.sqrt((p * (1 - p)) / n + half / (2 * n))) / (1 + 2 * half);
  const below = (x - correction) / n;
  const above = (x + correction) / n;
  return { lower: below <= 0 ? 0 : limit(below, -1), upper: above >= 1 ? 1 : limit(above, 1) };
}

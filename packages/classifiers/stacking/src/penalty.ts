import { isRadloomError, type MemberSet, type Random } from '@radloom/core';
import { auc } from '@radloom/statistics';
import { type Blend, type BlendOptions, blendsAt, logOdds } from './blend.js';

/** How a penalty fared on the bootstrap samples. */
export interface PenaltyScore {
  readonly penalty: number;
  /** Mean AUC of rows not drawn. */
  readonly auc: number;
  /** Standard deviation over samples / sqrt(samples). */
  readonly standardError: number;
  /** Samples that had both classes among the drawn rows and among the others. */
  readonly samples: number;
}

/**
 * Mean AUC per penalty over bootstrap samples: a blend of n rows drawn with replacement, judged on the rows that were not drawn.
 * Samples that cannot be fitted or judged, for want of a class or of a member that varies, are passed over.
 */
export function scorePenalties(set: MemberSet, options: BlendOptions, samples: number, stream: Random): PenaltyScore[] {
  const { y, rows, probability } = set;
  const { penalties } = options;
  const areas: number[][] = penalties.map(() => []);
  const times = new Float64Array(rows);
  for (let s = 0; s < samples; s++) {
    times.fill(0);
    for (let i = 0; i < rows; i++) times[stream.integer(rows)]++;
    const out = Int32Array.from([...times.keys()].filter((r) => times[r] === 0));
    const blends = fitted(set, options, times);
    const outcome = Uint8Array.from(out, (r) => y[r]);
    if (blends === undefined || !outcome.includes(0) || !outcome.includes(1)) continue;
    blends.forEach((blend, k) => {
      const odds = logOdds(blend, probability, rows);
      areas[k].push(auc(outcome, Float64Array.from(out, (r) => odds[r])));
    });
  }
  return penalties.map((penalty, k) => {
    const count = areas[k].length;
    const mean = areas[k].reduce((sum, area) => sum + area, 0) / count;
    const variance = areas[k].reduce((sum, area) => sum + (area - mean) ** 2, 0) / (count - 1);
    return { penalty, auc: mean, standardError: Math.sqrt(variance / count), samples: count };
  });
}

function fitted(set: MemberSet, options: BlendOptions, times: Float64Array): Blend[] | undefined {
  try {
    return blendsAt(set, options, times);
  } catch (error) {
    if (isRadloomError(error) && (error.code === 'one-class' || error.code === 'no-spread')) return undefined;
    throw error;
  }
}

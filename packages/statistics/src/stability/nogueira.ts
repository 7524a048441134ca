import { normal } from '../distributions/normal.js';

/** How much selections agree. */
export interface SelectionStability {
  /** 1 when all are the same, about 0 when they agree as sets drawn by chance would; NaN when nothing or everything is always chosen. */
  readonly index: number;
  /** Normal limits for selections that are independent of each other; the upper one at most 1. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * Nogueira's stability of feature selection (Nogueira, Sechidis & Brown 2018, JMLR 18:174): the share of the variance of the choices that
 * chance would leave, taken from 1; limits by their equation 7.
 *
 * @param chosen     per selection the candidates it chose, each once
 * @param candidates how many there were to choose from
 */
export function nogueiraStability(chosen: readonly (readonly (string | number)[])[], candidates: number, level = 0.95): SelectionStability {
  const m = chosen.length;
  const counts = new Map<string | number, number>();
  for (const set of chosen) for (const candidate of set) counts.set(candidate, (counts.get(candidate) ?? 0) + 1);
  const share = chosen.reduce((sum, set) => sum + set.length, 0) / m / candidates;
  const chance = share * (1 - share);
  if (m < 2 || !(chance > 0)) return { index: NaN, lower: NaN, upper: NaN };
  let variance = 0;
  for (const count of counts.values()) variance += (m / (m - 1)) * (count / m) * (1 - count / m);
  const index = 1 - variance / candidates / chance;
  // The influence of each selection on the index.
  const influence = chosen.map((set) => {
    const own = set.length / candidates;
    const overlap = set.reduce<number>((sum, candidate) => sum + counts.get(candidate)! / m, 0) / candidates;
    return (overlap - own * share + (index / 2) * (2 * share * own - own - share + 1)) / chance;
  });
  const mean = influence.reduce((sum, each) => sum + each, 0) / m;
  const error = Math.sqrt((4 / m ** 2) * influence.reduce((sum, each) => sum + (each - mean) ** 2, 0));
  const reach = normal.quantile((1 + level) / 2) * error;
  return { index, lower: index - reach, upper: Math.min(1, index + reach) };
}

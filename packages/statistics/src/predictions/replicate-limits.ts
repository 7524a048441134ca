import { percentileInterval } from '../roc/bootstrap.js';

/** Percentile limits of bootstrap replicates, and their name; nothing where fewer than half of them are numbers, which then say little. */
export function replicateLimits(values: ArrayLike<number>, level: number, interval: string): { readonly lower?: number; readonly upper?: number; readonly interval?: string } {
  const usable = Float64Array.from(values).filter((value) => !Number.isNaN(value));
  if (usable.length === 0 || usable.length < values.length / 2) return {};
  const { lower, upper } = percentileInterval(usable, level);
  return { lower, upper, interval };
}

import type { Vec3 } from '@radloom/core';
import { type Axis, splitAxis } from './split-axis.js';
import type { FilterBank, Samples } from './tap-rows.js';

/** Takes one band by its letters; the samples are lent and may be overwritten when it returns. */
export type TakeBand = (letters: string, samples: Samples) => void;

/**
 * All bands of one level of an undecimated decomposition: low-pass (L) and high-pass (H) along the first axis, each again along the next;
 * one letter an axis. Depth first, so that few intermediate volumes live at once.
 *
 * @param samples x fastest; float32 samples are filtered in float32
 * @param size    even along each of the axes
 */
export function eachBand(samples: Samples, size: Vec3, axes: readonly Axis[], bank: FilterBank, take: TakeBand, letters = ''): void {
  if (axes.length === 0) return take(letters, samples);
  const [axis, ...rest] = axes;
  const { low, high } = splitAxis(samples, size, axis, bank);
  eachBand(low, size, rest, bank, take, `${letters}L`);
  eachBand(high, size, rest, bank, take, `${letters}H`);
}

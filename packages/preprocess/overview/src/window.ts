import { type Mask, type Volume, voxelIndices } from '@radloom/core';

/** Intensities shown black and white. */
export interface Shade {
  readonly black: number;
  readonly white: number;
}

/** Values that are enough to know the spread of an ROI by. */
const sample = 4096;

/**
 * A window in which the ROI and what surrounds it are seen: the middle 96 % of the ROI's intensities, and as much again below and above.
 * Bone or air beside a lesion would otherwise leave it one grey.
 */
export function windowAround({ data }: Volume, mask: Mask): Shade {
  const indices = voxelIndices(mask);
  const step = Math.max(1, Math.floor(indices.length / sample));
  const values: number[] = [];
  for (let n = 0; n < indices.length; n += step) if (Number.isFinite(data[indices[n]])) values.push(data[indices[n]]);
  if (values.length === 0) return { black: 0, white: 1 };
  values.sort((a, b) => a - b);
  const at = (part: number) => values[Math.round(part * (values.length - 1))];
  const low = at(0.02);
  const high = at(0.98);
  const spread = high - low || Math.abs(high) || 1;
  return { black: low - spread, white: high + spread };
}

import { makeVolume, RadloomError, type Volume } from '@radloom/core';

export interface NormaliseSettings {
  readonly scale: number;
  readonly removeOutliers: number | null;
}

/**
 * (x - mean) / sd over the whole image, limited to ± removeOutliers, times scale; float64.
 *
 * The standard deviation is that of a sample (n - 1), from sums as ITK's `StatisticsImageFilter` takes them; PyRadiomics'
 * `normalizeImage` rests on it.
 *
 * @throws `image-constant`, `image-not-finite`
 */
export function run({ volume }: { readonly volume: Volume }, { scale, removeOutliers }: NormaliseSettings): { volume: Volume } {
  const { data, geometry, acquisition } = volume;
  const { mean, deviation } = moments(data);
  if (!Number.isFinite(mean) || !Number.isFinite(deviation)) {
    throw new RadloomError({ code: 'image-not-finite', what: 'The image has NaN or infinite values, so it has no mean to normalise to.', fix: 'Repair the image, or leave out normalisation.' });
  }
  if (deviation === 0) {
    throw new RadloomError({ code: 'image-constant', what: `Every voxel of the image is ${data[0]}: it has no spread to normalise to.`, fix: 'Check the image, or leave out normalisation.', data: { value: data[0] } });
  }
  const limit = removeOutliers ?? Infinity;
  const factor = 1 / deviation;
  const out = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = Math.min(limit, Math.max(-limit, (data[i] - mean) * factor)) * scale;
  return { volume: makeVolume(geometry, out, acquisition === undefined ? {} : { acquisition }) };
}

/** Mean and sample standard deviation, from compensated sums (Kahan) of values and squares. */
function moments(data: Volume['data']): { mean: number; deviation: number } {
  let sum = 0;
  let lost = 0;
  let squares = 0;
  let squaresLost = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    const add = value - lost;
    const next = sum + add;
    lost = next - sum - add;
    sum = next;
    const square = value * value - squaresLost;
    const nextSquares = squares + square;
    squaresLost = nextSquares - squares - square;
    squares = nextSquares;
  }
  const n = data.length;
  return { mean: sum / n, deviation: Math.sqrt((squares - (sum * sum) / n) / (n - 1)) };
}

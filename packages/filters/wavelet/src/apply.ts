import { type ApplyFilter, makeVolume, type Volume } from '@radloom/core';
import { eachBand, type Samples } from '@radloom/imaging';
import { bandName, filteredAxes, imageNames, type Params } from './band-names.js';
import { filterBank } from './filter-bank.js';
import { cropped, evenSamples, evenSize } from './even-size.js';

/**
 * The bands of every kept level and the last approximation: float32 for float32 images, float64 for all others.
 * Each level filters the approximation before it with the same filters (they are not spread out from level to level).
 */
export const apply: ApplyFilter<Params> = (volume, params, ctx) => {
  const bank = filterBank(params.wavelet, volume.data instanceof Float32Array);
  const axes = filteredAxes(params);
  const size = evenSize(volume.geometry.size, axes);
  const allLow = 'L'.repeat(axes.length);
  const found: Record<string, Volume> = {};
  let approximation = evenSamples(volume, size);
  for (let level = 1 - params.startLevel; level <= params.level; level++) {
    ctx.signal.throwIfAborted();
    let next: Samples | undefined;
    eachBand(approximation, size, axes, bank, (letters, samples) => {
      if (letters === allLow && level < params.level) next = samples.slice();
      else if (level > 0) found[bandName(level, letters)] = makeVolume(volume.geometry, cropped(samples, size, volume.geometry.size));
    });
    approximation = next ?? approximation;
    ctx.progress(level + params.startLevel, params.level + params.startLevel);
  }
  return Object.fromEntries(imageNames(params).map((name) => [name, found[name]]));
};

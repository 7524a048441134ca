import { type ApplyFilter, makeVolume, type Vec3, type Volume } from '@radloom/core';
import { type Axis, bandName, bands, filteredAxes, imageNames, type Params } from './band-names.js';
import { type FilterBank, filterBank } from './filter-bank.js';
import { cropped, evenSamples, evenSize } from './even-size.js';
import { splitAxis } from './split-axis.js';
import type { Samples } from './tap-rows.js';

/**
 * The bands of every kept level and the last approximation: float32 for float32 images, float64 for all others.
 * Each level filters the approximation before it with the same filters (they are not spread out from level to level).
 */
export const apply: ApplyFilter<Params> = (volume, params, ctx) => {
  const bank = filterBank(params.wavelet, volume.data instanceof Float32Array);
  const axes = filteredAxes(params);
  const size = evenSize(volume.geometry.size, axes);
  let approximation = evenSamples(volume, size);
  for (let i = 0; i < params.startLevel; i++) for (const axis of axes) approximation = splitAxis(approximation, size, axis, bank).low;

  const names = bands(axes.length);
  const found: Record<string, Volume> = {};
  const keep = (name: string, samples: Samples) => (found[name] = makeVolume(volume.geometry, cropped(samples, size, volume.geometry.size)));
  for (let level = 1; level <= params.level; level++) {
    ctx.signal.throwIfAborted();
    const samples = new Map(decompose(approximation, size, axes, bank));
    for (const band of names.slice(0, -1)) keep(bandName(level, band), samples.get(band) as Samples);
    approximation = samples.get(names[names.length - 1]) as Samples;
    ctx.progress(level, params.level);
  }
  keep(bandName(params.level, names[names.length - 1]), approximation);
  return Object.fromEntries(imageNames(params).map((name) => [name, found[name]]));
};

/** All bands of one level, by their letters; depth first, so that few intermediate volumes live at once. */
function* decompose(samples: Samples, size: Vec3, [axis, ...rest]: readonly Axis[], bank: FilterBank): Generator<[string, Samples]> {
  const { low, high } = splitAxis(samples, size, axis, bank);
  for (const [letter, half] of [['L', low], ['H', high]] as const) {
    if (rest.length === 0) yield [letter, half];
    else for (const [letters, band] of decompose(half, size, rest, bank)) yield [letter + letters, band];
  }
}

import { type Extract, type FeatureValue, RadloomError, type Region, undefinedFeature, voxelVolume } from '@radloom/core';
import { distribution, levelPopulation } from '@radloom/imaging';
import { histogramFormulas, intensityFormulas } from './features.js';

type HistogramFeature = keyof typeof histogramFormulas;

/** Two passes over the intensities, a selection for percentiles, and the shares of the grey levels where a feature asks for them. */
export const extract: Extract<{ readonly voxelArrayShift: number }> = (region, { include, voxelArrayShift }) => {
  if (region.values.length === 0) {
    const empty = undefinedFeature('no-voxels', 'The region has no voxels.');
    return Object.fromEntries(include.map((name) => [name, empty]));
  }
  const intensities = distribution(region.values, voxelArrayShift);
  const volume = voxelVolume(region.geometry);
  const shares = include.some(isHistogramFeature) ? levelShares(region) : new Float64Array(0);
  const value = (name: string): FeatureValue => {
    const found = isHistogramFeature(name) ? histogramFormulas[name](shares) : intensityFormulas[name as keyof typeof intensityFormulas](intensities, volume);
    return Number.isNaN(found) ? undefinedFeature('not-finite', 'The region holds intensities that are not finite numbers.') : found;
  };
  return Object.fromEntries(include.map((name) => [name, value(name)]));
};

function isHistogramFeature(name: string): name is HistogramFeature {
  return Object.hasOwn(histogramFormulas, name);
}

/** Share of the voxels that each occurring grey level has. @throws `levels-missing` */
function levelShares(region: Region): Float64Array {
  if (region.levels === undefined) {
    throw new RadloomError({
      code: 'levels-missing',
      what: 'First order Entropy and Uniformity count grey levels, and the region has none.',
      fix: 'Discretise the image first (a bin width or a bin count), or leave these two features out.',
    });
  }
  const population = Float64Array.from(levelPopulation(region));
  return population.filter((voxels) => voxels > 0).map((voxels) => voxels / region.values.length);
}

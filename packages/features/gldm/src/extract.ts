import { type Extract, type FeatureValue, undefinedFeature } from '@radloom/core';
import { dependenceMatrix, levelSizeStatistics, type NeighbourhoodSettings } from '@radloom/imaging';
import { formulas, type GldmFeature } from './features.js';

/** The matrix comes from imaging: for alpha 0 and distance 1 it is part of the walk shared with the other texture families. */
export const extract: Extract<NeighbourhoodSettings & { readonly alpha: number }> = (region, settings) => {
  const dependence = levelSizeStatistics(dependenceMatrix(region, settings));
  const value = (name: GldmFeature): FeatureValue => (dependence === undefined ? undefinedFeature('no-voxels', 'The region has no voxels.') : formulas[name](dependence));
  return Object.fromEntries((settings.include as readonly GldmFeature[]).map((name) => [name, value(name)]));
};

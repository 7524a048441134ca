import { type Extract, type FeatureValue, undefinedFeature } from '@radloom/core';
import { type NeighbourhoodSettings, toneDifferences } from '@radloom/imaging';
import { formulas, type NgtdmFeature, tones } from './features.js';

/** The matrix comes from imaging: at distance 1 it is part of the walk shared with the other texture families. */
export const extract: Extract<NeighbourhoodSettings> = (region, settings) => {
  const matrix = tones(toneDifferences(region, settings));
  const value = (name: NgtdmFeature): FeatureValue => (matrix.voxels === 0 ? undefinedFeature('no-voxels', 'The region has no voxels.') : formulas[name](matrix));
  return Object.fromEntries((settings.include as readonly NgtdmFeature[]).map((name) => [name, value(name)]));
};

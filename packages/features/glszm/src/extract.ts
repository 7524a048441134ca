import { type Extract, type FeatureValue, undefinedFeature } from '@radloom/core';
import { levelSizeStatistics, type PlaneSettings, sizeZones } from '@radloom/imaging';
import { formulas, type GlszmFeature } from './features.js';

/** Zones come from imaging, which labels them on the walk shared with the other texture families. */
export const extract: Extract<PlaneSettings> = (region, settings) => {
  const zones = levelSizeStatistics(sizeZones(region, settings));
  const value = (name: GlszmFeature): FeatureValue => (zones === undefined ? undefinedFeature('no-voxels', 'The region has no voxels.') : formulas[name](zones));
  return Object.fromEntries((settings.include as readonly GlszmFeature[]).map((name) => [name, value(name)]));
};

import { type Extract, type FeatureValue, undefinedFeature } from '@radloom/core';
import { levelSizeStatistics } from '@radloom/imaging';
import { formulas, type GlrlmFeature } from './features.js';
import { type MatrixSettings, runLengthMatrices } from './matrix.js';

/** Each feature on each direction's matrix, then its mean over directions. */
export const extract: Extract<MatrixSettings> = (region, settings) => {
  const statistics = runLengthMatrices(region, settings).flatMap((matrix) => levelSizeStatistics(matrix) ?? []);
  const mean = (name: GlrlmFeature): FeatureValue =>
    statistics.length > 0
      ? statistics.reduce((sum, matrix) => sum + formulas[name](matrix), 0) / statistics.length
      : undefinedFeature('no-lines', 'No line in any direction holds two voxels of the region, so there are no runs to measure.');
  return Object.fromEntries((settings.include as readonly GlrlmFeature[]).map((name) => [name, mean(name)]));
};

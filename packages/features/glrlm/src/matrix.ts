import type { Region } from '@radloom/core';
import { type LevelSizeMatrix, type PlaneSettings, runLengths, stepLength, type WeightingNorm, weightedSum } from '@radloom/imaging';

export interface MatrixSettings extends PlaneSettings {
  readonly weightingNorm: WeightingNorm | null;
}

/**
 * The run length matrices that features are averaged over: one per direction, or their weighted sum alone.
 *
 * The weight of a direction is the distance between neighbours along it, in mm under the norm (not its exponential, as in GLCM);
 * `no_weighting` adds the matrices as they are.
 */
export function runLengthMatrices(region: Region, settings: MatrixSettings): readonly LevelSizeMatrix[] {
  const { weightingNorm: norm } = settings;
  const directions = runLengths(region, settings);
  const matrices = directions.map(({ runs }) => runs);
  if (norm === null || matrices.length === 0) return matrices;
  return [weightedSum(matrices, directions.map(({ direction }) => (norm === 'no_weighting' ? 1 : stepLength(direction, region.geometry.spacing, norm))))];
}

import type { LevelSizeStatistics } from '@radloom/imaging';

/** The features of a size zone matrix, in PyRadiomics' names: grey levels of zones, and their voxels as size. */
export const formulas = {
  GrayLevelNonUniformity: (m) => m.levelNonUniformity,
  GrayLevelNonUniformityNormalized: (m) => m.levelNonUniformity / m.total,
  GrayLevelVariance: (m) => m.levelVariance,
  HighGrayLevelZoneEmphasis: (m) => m.highLevelEmphasis,
  LargeAreaEmphasis: (m) => m.largeEmphasis,
  LargeAreaHighGrayLevelEmphasis: (m) => m.largeHighEmphasis,
  LargeAreaLowGrayLevelEmphasis: (m) => m.largeLowEmphasis,
  LowGrayLevelZoneEmphasis: (m) => m.lowLevelEmphasis,
  SizeZoneNonUniformity: (m) => m.sizeNonUniformity,
  SizeZoneNonUniformityNormalized: (m) => m.sizeNonUniformity / m.total,
  SmallAreaEmphasis: (m) => m.smallEmphasis,
  SmallAreaHighGrayLevelEmphasis: (m) => m.smallHighEmphasis,
  SmallAreaLowGrayLevelEmphasis: (m) => m.smallLowEmphasis,
  ZoneEntropy: (m) => m.entropy,
  ZonePercentage: (m) => m.total / m.voxels,
  ZoneVariance: (m) => m.sizeVariance,
} satisfies Record<string, (matrix: LevelSizeStatistics) => number>;

export type GlszmFeature = keyof typeof formulas;

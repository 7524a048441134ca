import type { LevelSizeStatistics } from '@radloom/imaging';

/** The features of a dependence matrix, in PyRadiomics' names: grey levels of voxels, and dependence (equal neighbours + 1) as size. */
export const formulas = {
  DependenceEntropy: (m) => m.entropy,
  DependenceNonUniformity: (m) => m.sizeNonUniformity,
  DependenceNonUniformityNormalized: (m) => m.sizeNonUniformity / m.total,
  DependenceVariance: (m) => m.sizeVariance,
  GrayLevelNonUniformity: (m) => m.levelNonUniformity,
  GrayLevelVariance: (m) => m.levelVariance,
  HighGrayLevelEmphasis: (m) => m.highLevelEmphasis,
  LargeDependenceEmphasis: (m) => m.largeEmphasis,
  LargeDependenceHighGrayLevelEmphasis: (m) => m.largeHighEmphasis,
  LargeDependenceLowGrayLevelEmphasis: (m) => m.largeLowEmphasis,
  LowGrayLevelEmphasis: (m) => m.lowLevelEmphasis,
  SmallDependenceEmphasis: (m) => m.smallEmphasis,
  SmallDependenceHighGrayLevelEmphasis: (m) => m.smallHighEmphasis,
  SmallDependenceLowGrayLevelEmphasis: (m) => m.smallLowEmphasis,
} satisfies Record<string, (matrix: LevelSizeStatistics) => number>;

export type GldmFeature = keyof typeof formulas;

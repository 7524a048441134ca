import type { LevelSizeStatistics } from '@radloom/imaging';

/** The features of one run length matrix, in PyRadiomics' names: grey levels of runs, and run length as size. */
export const formulas = {
  GrayLevelNonUniformity: (m) => m.levelNonUniformity,
  GrayLevelNonUniformityNormalized: (m) => m.levelNonUniformity / m.total,
  GrayLevelVariance: (m) => m.levelVariance,
  HighGrayLevelRunEmphasis: (m) => m.highLevelEmphasis,
  LongRunEmphasis: (m) => m.largeEmphasis,
  LongRunHighGrayLevelEmphasis: (m) => m.largeHighEmphasis,
  LongRunLowGrayLevelEmphasis: (m) => m.largeLowEmphasis,
  LowGrayLevelRunEmphasis: (m) => m.lowLevelEmphasis,
  RunEntropy: (m) => m.entropy,
  RunLengthNonUniformity: (m) => m.sizeNonUniformity,
  RunLengthNonUniformityNormalized: (m) => m.sizeNonUniformity / m.total,
  /** Voxels counted once per direction, with its weight, so that summed matrices stay comparable. */
  RunPercentage: (m) => m.total / m.voxels,
  RunVariance: (m) => m.sizeVariance,
  ShortRunEmphasis: (m) => m.smallEmphasis,
  ShortRunHighGrayLevelEmphasis: (m) => m.smallHighEmphasis,
  ShortRunLowGrayLevelEmphasis: (m) => m.smallLowEmphasis,
} satisfies Record<string, (matrix: LevelSizeStatistics) => number>;

export type GlrlmFeature = keyof typeof formulas;

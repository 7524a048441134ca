export { type Cooccurrence, cooccurrence, type CooccurrenceSettings, type PairMatrix } from './cooccurrence.js';
export { type FlatAxis, flatAxis, type PlaneSettings, stepLength, unitDirections, type WeightingNorm, weightingNorms } from './directions.js';
export { levelPopulation, requireLevels } from './levels.js';
export { type LevelSizeMatrix, weightedSum } from './level-sizes.js';
export { dependenceMatrix, type NeighbourhoodSettings, type ToneDifferences, toneDifferences } from './neighbourhood.js';
export { type DirectionRuns, runLengths } from './runs.js';
export { EPSILON, type LevelSizeStatistics, levelSizeStatistics } from './statistics.js';
export { type TextureWalk, textureWalk } from './walk.js';
export { sizeZones } from './zones.js';

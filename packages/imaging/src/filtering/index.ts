export { laplacianOfGaussian, voxelsNeeded } from './laplacian-of-gaussian.js';
export { floatValues, largestMagnitude } from './voxel-values.js';
export type { Axis } from './split-axis.js';
export type { FilterBank, Samples } from './tap-rows.js';

export { laplacianOfGaussian, voxelsNeeded } from './laplacian-of-gaussian.js';
export { floatValues, largestMagnitude } from './voxel-values.js';

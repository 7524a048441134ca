export { laplacianOfGaussian, voxelsNeeded } from './laplacian-of-gaussian.js';

export { laplacianOfGaussian } from './filtering/compiled-laplacian.js'; // instead of the plain one
export { eachBand } from './filtering/compiled-bands.js';
export * from './filtering/index.js';
export * from './grid/index.js';
export * from './intensity/index.js';
export * from './surface/index.js';
export * from './texture/index.js';

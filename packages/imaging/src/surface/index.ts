export { type Diameters, diameters } from './diameters.js';
export { type OutlineMeasures, outlineMeasures } from './outline.js';
export { paddedMask, type PaddedMask } from './padded-mask.js';
export { principalVariances } from './principal-axes.js';
export { surfaceMeasures, type SurfaceMeasures } from './surface.js';
export { symmetricEigenvalues } from './symmetric-eigenvalues.js';

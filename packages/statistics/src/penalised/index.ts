export { penalisedPath } from './path.js';
export type { PathEnd, PenalisedFamily, PenalisedOptions, PenalisedPath, SparseCoefficients } from './options.js';
export { type Coefficients, coefficientsAt, predictAt, type PredictOptions } from './interpolation.js';
export { type CrossValidatedPath, crossValidatedPath, type CrossValidationOptions } from './cross-validation.js';
export type { CrossValidationLoss } from './fold-loss.js';

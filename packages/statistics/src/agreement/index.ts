export { type BlandAltman, blandAltman } from './bland-altman.js';
export { cohenKappa, type Kappa, type KappaWeights } from './categories.js';
export { type ConcordanceCorrelation, concordanceCorrelation } from './concordance-correlation.js';
export { type IccForm, type IccOptions, type IntraclassCorrelation, intraclassCorrelation } from './intraclass.js';
export { type MeanSquares, meanSquares } from './mean-squares.js';

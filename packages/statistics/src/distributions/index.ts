export { betaDistribution } from './beta.js';
export { binomial } from './binomial.js';
export { brentRoot, type RootOptions } from './roots.js';
export { chiSquared, gammaDistribution } from './gamma.js';
export { concordance, rankSum, signedRank, spearmanDistance } from './rank-distributions.js';
export { fDistribution } from './f.js';
export { logGamma } from './log-gamma.js';
export { normal } from './normal.js';
export { studentT } from './student.js';

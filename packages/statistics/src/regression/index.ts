export { type FittedTerms, type VarianceInflation, varianceInflation } from './collinearity.js';
export { buildDesign, type Design, designColumn, designOfColumns, withoutColumns } from './design.js';
export { type FirthFit, firthInterval, firthNullLogLikelihood, firthTest, fitFirth } from './firth.js';
export { type DroppedTerm, dropEachTerm, type LikelihoodRatio, likelihoodRatioVsNull } from './likelihood-ratio.js';
export { fitLinear, type LinearFit } from './linear.js';
export { fitLogistic, type LogisticFit, type LogisticOptions, logisticResiduals, predictLogistic } from './logistic.js';
export { exactProfileInterval, type Limits, profileInterval, waldInterval } from './profile.js';
export type { Separation } from './separation.js';
export { applyCombat, type CombatModel, type CombatOptions, fitCombat } from './combat.js';

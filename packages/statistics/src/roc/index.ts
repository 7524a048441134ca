export { auc, hanleyMcNeilError } from './auc.js';
export { bestThresholds, type OperatingPoint, type ThresholdRule } from './best-thresholds.js';
export { bootstrapAuc, type BootstrapInterval, percentileInterval, stratifiedBootstrap } from './bootstrap.js';
export { apparentDirection, type Direction, rocCurve, type RocCurve } from './curve.js';
export { type DeLong, deLong, type DeLongComparison, deLongTest, deLongTestUnpaired, type ScoredSample } from './delong.js';
export { midranks } from './midranks.js';
export { type PartialAuc, partialAuc, type PartialRange } from './partial.js';
export { type PrecisionRecallAreas, precisionRecallAreas, precisionRecallCurve, type PrecisionRecallCurve, resampledPrecisionRecallArea } from './precision-recall.js';

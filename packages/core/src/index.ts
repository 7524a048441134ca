export { type ErrorPlace, type Failure, isRadloomError, nearestName, RadloomError, type RadloomErrorInit } from './errors.js';
export { determinant, type Geometry, identityDirection, indexToWorld, invert3, makeGeometry, type Vec3, voxelCount, voxelVolume, worldToIndex } from './geometry.js';
export { forgetMemo, memoBuilds, once } from './memo.js';
export { makeMask, makeVolume, type Mask, type Segment, type Volume, type VoxelArray } from './volume.js';
export { type Levels, makeRegion, type Region, voxelIndices } from './region.js';
export { type FeatureValue, type FeatureValues, type FeatureVector, makeFeatureVector, type Reason, undefinedFeature } from './features.js';
export {
  type CategoricalColumn, bothOutcomesOf, column, type Column, columnMajor, constantNames, keepColumns, makeTable, numbers, type NumericColumn, type Outcome, outcomeOf, type Partition, predictorNames,
  rowSetDigest, type RowSource, type Table, takeRows, withColumns,
} from './table.js';
export { refuseLeaks, refuseShared } from './leaks/index.js';
export type { Document, Figure, Metric, Metrics, Model, Plain, Predictions } from './learned.js';
export type { Files, InputFile } from './files.js';
export { type ByteSource, inflatedBytes, isGzip, plainBytes, useNativeGunzip } from './byte-source.js';
export { decode, encode } from './encoding.js';
export { type Digest, digestBytes, digestOf, sha1OfBytes, sha1OfChunks, useNativeDigest } from './digest.js';
export { type Codec, codecs, decodePort, digestPort, encodePort, ephemeralTypes, type PortType, type PortTypes, type PortValue } from './codec.js';
export { type Random, random, type Seed, seedFromDigest } from './random.js';
export { noParams, type Params, paramsJsonSchema, type ParamsSchema, parseParams, settingError } from './params.js';
export {
  type Context, type Gathered, type Inputs, isPlugin, type Kind, kinds, type Operation, type OperationSpec, outputPorts, type Outputs, type Plugin, pluginId, type Port, type Ports,
} from './plugin.js';
export {
  type ApplyFilter, defaultFeatures, defineFeatureFamily, defineFilter, defineReader, type Extract, type FeatureFamilyDefinition, type FeatureInfo, type FilterDefinition, type Read,
  type ReaderDefinition,
} from './define/image.js';
export {
  defineEvaluation, defineFigure, definePreprocess, defineReport, defineWriter, type PortArguments, type PortResults, type Run, type StepDefinition,
} from './define/general.js';
export {
  type ClassifierDefinition, defineClassifier, defineEnsemble, defineSelector, defineSplitter, defineTransform, type EnsembleDefinition, type Fitted, type Folds, type MemberSet,
  predictionsOf, type Selection, type SelectorDefinition, type SplitterDefinition, takingSides, type TrainingSet, type TransformDefinition,
} from './define/learning.js';

export { extract, extractionParams, type ExtractOptions } from './extract.js';
export { type DirectInputs, extractWith, standardParams } from './direct.js';
export { diagnosticColumns } from './diagnostics.js';
export { type CaseSettings, type ExtractedFeature, type Extraction, type ExtractionPlan, type FeatureColumn, planExtraction, type PlanOptions } from './plan.js';
export { type ImageInput, readerForName } from './readers.js';
export { type StandardPlugin, standardPlugin, standardPlugins } from './plugins.js';

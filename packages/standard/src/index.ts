export {
  type DirectInputs, extract, type ExtractedFeature, type Extraction, extractionParams, type ExtractionPlan, type ExtractOptions, extractWith, type ImageInput, planExtraction, readerForName, standardPlugin,
} from './extract.js';
export { type StandardPlugin, standardPlugins } from './plugins.js';

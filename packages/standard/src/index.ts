export { extract, type ExtractedFeature, type Extraction, extractionTemplate, type ExtractOptions, type ImageInput, readerForName, standardPlugin } from './extract.js';
export { type StandardPlugin, standardPlugins } from './plugins.js';

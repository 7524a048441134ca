export { type Imaging, nameAndSettings, namedPlugins, type Study, studyJsonSchema, studySchema } from './schema.js';
export { type BuiltStudy, buildStudy, isDocument, readStudy, type Resolved, type StudyHost } from './build.js';
export { type Cohort, type CohortRow, readCohort } from './cohort.js';
export { type ColumnGroup, type ExtractionGraph, extractionGraph, type ExtractionOptions, type ExtractionSettings, type FindPlugin, type ImageSource, type ImageType } from './extraction.js';
export { imagingSettings } from './imaging.js';
export { combinations, modellingGraph, type ModellingGraph } from './modelling.js';
export { pyradiomicsParams, type PyRadiomicsParams, readParams } from './pyradiomics.js';
export { check, type Parsed, parseYaml } from './yaml.js';

import { RadloomError } from '@radloom/core';
import { z } from 'zod';
import { variableTypes } from './variables.js';

/** A step by its name alone, or by its name with settings: `zero-variance`, or `correlation: { threshold: 0.9 }`. */
const named = z
  .union([z.string(), z.record(z.string(), z.record(z.string(), z.unknown()).nullable())])
  .describe('A plugin by name, or its name with settings.');

const image = z.strictObject({
  image: z.string().describe('Column with the image: a file, or a folder of DICOM slices; relative to the table.'),
  mask: z.string().describe('Column with the segmentation; relative to the table.'),
  label: z.union([z.int(), z.string()]).default(1).describe('Label of the region in the segmentation, or the column that holds it.'),
  second: z.string().optional().describe('Column with a second reader’s segmentation of the same region; empty where there is none.'),
  imaging: z.lazy(() => imaging).optional().describe('Settings for this image; those of the study otherwise.'),
});

const imaging = z.strictObject({
  params: z.string().optional().describe('A PyRadiomics parameter file, used as it is; relative to the study file. Nothing else may be set beside it.'),
  mask: z.record(z.string(), z.unknown()).default({}).describe('Settings of preprocess/mask.'),
  normalise: z.record(z.string(), z.unknown()).nullable().default(null).describe('Settings of preprocess/normalise; null for none.'),
  resample: z.record(z.string(), z.unknown()).nullable().default(null).describe('Settings of preprocess/resample; null for none.'),
  resegment: z.record(z.string(), z.unknown()).nullable().default(null).describe('Settings of preprocess/resegment; null for none.'),
  discretise: z.record(z.string(), z.unknown()).default({}).describe('Settings of preprocess/discretise.'),
  filters: z.array(named).default(['original']).describe('Images to compute features on: original, and filters by name.'),
  features: z.array(named).default(['shape', 'firstorder', 'glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm']).describe('Feature families by name.'),
  deprecated: z.boolean().default(false).describe('Also the features that PyRadiomics calls deprecated, in families without a list of their own.'),
});

const range = z
  .strictObject({
    from: z.number(),
    to: z.number(),
    scale: z.enum(['linear', 'log']).default('linear').describe('log: each power of ten is as likely as another'),
    whole: z.boolean().default(false).describe('Whole numbers, both ends included'),
  })
  .refine(({ from, to }) => from < to, 'from must be below to')
  .refine(({ from, to, scale, whole }) => scale === 'linear' || (from > (whole ? 0.5 : 0) && to > 0), 'a log scale needs numbers above 0');

const model = z
  .strictObject({
    grid: z.record(z.string(), z.array(z.unknown()).min(1)).default({}).describe('Values to try for each setting; every combination is a candidate.'),
    random: z
      .strictObject({
        candidates: z.int().positive().default(25).describe('Candidates drawn; asking for more keeps those before'),
        settings: z.record(z.string(), z.union([range, z.array(z.unknown()).min(1)])).describe('For each setting a range, or a list of values of which one is drawn'),
      })
      .optional()
      .describe('Random search: candidates drawn from ranges, beside those of the grid'),
    settings: z.record(z.string(), z.unknown()).default({}).describe('Settings shared by all candidates.'),
  })
  .nullable();

const predictorSet = z
  .strictObject({
    columns: z.union([z.enum(['all', 'clinical', 'radiomics']), z.array(z.string()).min(1)], 'Columns of a set are all, clinical, radiomics, or a list of names').optional().describe('Columns of the set: all, the clinical ones, the features of the images, or a list.'),
    join: z.array(z.string()).min(2).optional().describe('Sets, named before this one, that are joined as their selections left them.'),
    selection: z.array(named).optional().describe('Transforms and selectors of this set; by default those of the study, and none for a join.'),
    models: z.array(z.string()).optional().describe('Models of the study that are fitted on this set, by default all; an empty list for a set that is only joined.'),
  })
  .describe('Predictors that go their own way through selection.');

/** The study file: what is computed, from which cohort, and how it is judged. */
export const studySchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().describe('The title of the report.'),
  description: z.string().optional(),
  profile: z.enum(['pyradiomics']).default('pyradiomics').describe('Numerical conventions.'),
  seed: z.int().nonnegative().default(20231124).describe('Everything random derives from this number.'),
  plugins: z.array(z.string()).default([]).describe('Further plugin packages: names, or paths relative to this file.'),
  cohort: z.strictObject({
    table: z.string().describe('Table of one row a case, CSV or XLSX; relative to this file.'),
    id: z.string().default('id').describe('Column with the case ids.'),
    patient: z.string().optional().describe('Column with the patient, where one has several cases; cases of a patient stay together.'),
    image: z.string().optional().describe('Column with the image, where a case has one.'),
    mask: z.string().optional().describe('Column with the segmentation, where a case has one image.'),
    label: z.union([z.int(), z.string()]).default(1).describe('Label of the region in the segmentation, or the column that holds it.'),
    second: z.string().optional().describe('Column with a second reader’s segmentation, for the selector icc; empty where there is none.'),
    images: z.record(z.string().regex(/^[a-z][a-z0-9]*$/), image).optional().describe('Several images a case, by name (pet, mr); each gives its own features.'),
    outcome: z
      .strictObject({
        column: z.string(),
        event: z.union([z.string(), z.number()]).default(1),
        separatedBy: z.array(z.string()).default([]).describe('Columns that separate the outcome without a mistake and may: measured before it, not made from it. Any other such column is refused.'),
      })
      .describe('The column to predict, and the value that is the event.'),
    clinical: z.array(z.string()).default([]).describe('Clinical columns that models may use.'),
    types: z
      .record(z.string(), z.enum(variableTypes))
      .default({})
      .describe('How columns are read: number, flag (yes and no), category or date; by what their cells suggest otherwise.'),
    missing: z.array(z.string()).default([]).describe('Further words for a missing value, beside the usual ones (empty, NA, -, 未查 …).'),
    exclusions: z.string().optional().describe('CSV file with the columns reason and count (or one row a candidate with id and reason): what happened before this cohort.'),
  }),
  imaging: imaging.default(imaging.parse({})),
  split: z
    .strictObject({ method: z.string().default('k-fold').describe('A splitter: k-fold, hold-out, leave-one-group-out, external, bootstrap.'), settings: z.record(z.string(), z.unknown()).default({}) })
    .default({ method: 'k-fold', settings: {} })
    .describe('How rows are divided. By default into folds: with tuning inside each, nested cross-validation.'),
  nested: z
    .strictObject({ folds: z.int().min(2).default(5), repeats: z.int().min(1).default(1) })
    .nullable()
    .default(null)
    .describe('The whole analysis once more on folds of all rows, each tested by models that never saw it; the report sets both side by side.'),
  selection: z
    .array(named)
    .default(['zero-variance', 'near-zero-variance', 'correlation', 'lasso'])
    .describe('Transforms and selectors, in order, fitted on training rows; as-published: true among the settings of one fits it on all rows and marks what follows.'),
  sets: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/), predictorSet)
    .default({})
    .describe('Sets of predictors compared in one study, or selected apart and joined: clinical, radiomics, combined. None: all predictors together.'),
  tuning: z
    .strictObject({
      folds: z.int().min(2).default(10),
      repeats: z.int().min(1).default(1),
      metric: z.enum(['auc', 'brier', 'log-loss', 'accuracy']).default('auc'),
      rule: z.enum(['best', 'one-standard-error']).default('best'),
    })
    .default({ folds: 10, repeats: 1, metric: 'auc', rule: 'best' }),
  balance: z
    .union([z.null(), named])
    .default(null)
    .describe('What is done about a rare class, in training rows only: class-weights, or a resampler by name (smote); null for nothing.'),
  threshold: z
    .strictObject({
      rule: z.enum(['fixed', 'youden', 'top-left', 'sensitivity']).default('fixed').describe('fixed: the value; the others choose on training rows held out in turn.'),
      value: z.number().gt(0).lt(1).default(0.5).describe('Threshold between the classes; for the other rules where no threshold is better than chance.'),
      sensitivity: z.number().gt(0).max(1).default(0.9).describe('Sensitivity that the rule sensitivity keeps.'),
    })
    .default({ rule: 'fixed', value: 0.5, sensitivity: 0.9 })
    .describe('The threshold between the classes, the same for training and test rows.'),
  models: z.record(z.string(), model).default({ 'random-forest': null, svm: null, knn: null, stacking: null }).describe('Classifiers by name; an ensemble blends all of them.'),
  evaluation: z
    .array(named)
    .default(['discrimination'])
    .describe('What is measured: discrimination, calibration, decision-curve, comparison, explanation, selection, sample-size, bootstrap-632.'),
  controls: z
    .array(named)
    .default([])
    .describe('The whole analysis once more where there is nothing to learn, as a check: permuted-labels, random-features.'),
  report: z.strictObject({ language: z.enum(['en', 'zh']).default('en') }).default({ language: 'en' }),
});

export type Study = z.output<typeof studySchema>;
export type Imaging = Study['imaging'];

/** JSON Schema of the study file, for editors. */
export function studyJsonSchema(): Record<string, unknown> {
  return { $id: 'radloom.study.schema.json', title: 'Radloom study', ...(z.toJSONSchema(studySchema, { io: 'input', unrepresentable: 'any' }) as object) };
}

/** `name` and settings of an entry such as `zero-variance` or `correlation: { threshold: 0.9 }`. */
export function nameAndSettings(entry: z.output<typeof named>): { readonly name: string; readonly settings: Record<string, unknown> } {
  if (typeof entry === 'string') return { name: entry, settings: {} };
  const [[name, settings]] = Object.entries(entry);
  return { name, settings: settings ?? {} };
}

/** A step of the selection; `as-published` among its settings is the study's word, not the plugin's. @throws `bad-setting` */
export function selectionStep(entry: z.output<typeof named>): { readonly name: string; readonly settings: Record<string, unknown>; readonly asPublished: boolean } {
  const { name, settings } = nameAndSettings(entry);
  const { 'as-published': asPublished = false, ...own } = settings;
  if (typeof asPublished === 'boolean') return { name, settings: own, asPublished };
  throw new RadloomError({ code: 'bad-setting', what: `as-published of ${name} is ${JSON.stringify(asPublished)}.`, where: { field: `selection.${name}.as-published` }, fix: 'Allowed: true, false.' });
}

/** Names of the plugins that the file names, those of a PyRadiomics parameter file aside; one name may belong to several kinds. */
export function namedPlugins(study: Study): string[] {
  const imagings = [study.imaging, ...Object.values(study.cohort.images ?? {}).flatMap((own) => own.imaging ?? [])];
  const entries = [
    ...imagings.flatMap(({ filters, features }) => [...filters, ...features]),
    ...study.selection,
    ...Object.values(study.sets).flatMap((set) => set.selection ?? []),
    ...study.evaluation,
    ...study.controls,
    ...(study.balance === null ? [] : [study.balance]),
  ];
  // Controls are judged by their discrimination, whatever else the study measures.
  return [...entries.map((entry) => nameAndSettings(entry).name), ...Object.keys(study.models), study.split.method, ...(usualThreshold(study) ? [] : ['threshold']), ...(study.controls.length > 0 || study.nested !== null ? ['discrimination'] : []), ...(entries.some((entry) => selectionStep(entry).asPublished) ? ['rejoin'] : []), ...(Object.keys(study.sets).length > 0 ? ['predictors'] : []), ...(study.nested === null ? [] : ['k-fold'])];
}

/** True for one half, which needs no step of its own. */
export function usualThreshold({ threshold: { rule, value } }: Study): boolean {
  return rule === 'fixed' && value === 0.5;
}

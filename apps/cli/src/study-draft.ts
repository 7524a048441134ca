import type { ClinicalTable } from './clinical.js';
import type { ScanPair } from './scans.js';

/** What `radloom init` found, before it is written down. */
export interface CohortDraft {
  /** Name of the table. */
  readonly table: string;
  readonly cases: readonly { readonly id: string; readonly pairs: Readonly<Record<string, ScanPair>> }[];
  /** Names of the images where a case has several; empty where each has one. */
  readonly modalities: readonly string[];
  readonly clinical: ClinicalTable | undefined;
  readonly label: { readonly label: number; readonly seen: readonly number[] } | undefined;
}

const imageColumns = ({ modalities }: CohortDraft): string[] => (modalities.length === 0 ? ['image', 'mask'] : modalities.flatMap((name) => [`${name}_image`, `${name}_mask`]));

/** Clinical columns that the table takes over: not those it has already, nor those that only name the scans. */
function clinicalColumns({ cases, clinical, ...draft }: CohortDraft): string[] {
  if (clinical === undefined) return [];
  const taken = new Set(['id', 'event', ...imageColumns({ cases, clinical, ...draft })]);
  const scans = new Set(cases.flatMap(({ pairs }) => Object.values(pairs).flatMap(({ image, mask }) => [image, mask])));
  const namesScans = (name: string): boolean => cases.some(({ id }) => scans.has(clinical.row(id)?.[name] ?? ''));
  return clinical.columns.filter((name) => name === clinical.outcome?.column || (!taken.has(name) && !namesScans(name)));
}

/** Some names, and how many more there are. */
const few = (names: readonly string[]): string => (names.length <= 8 ? names.join(', ') : `${names.slice(0, 7).join(', ')} and ${names.length - 7} more`);

/** The cohort table: one row a case, `event` to be filled in where no outcome was found. */
export function tableText(draft: CohortDraft): string {
  const { cases, modalities, clinical } = draft;
  const columns = clinicalColumns(draft);
  const blank = clinical?.outcome === undefined;
  const rows = cases.map(({ id, pairs }) => {
    const own = modalities.length === 0 ? Object.values(pairs) : modalities.map((name) => pairs[name]);
    return [id, ...own.flatMap((pair) => [pair?.image ?? '', pair?.mask ?? '']), ...(blank ? [''] : []), ...columns.map((name) => clinical?.row(id)?.[name] ?? '')];
  });
  return [['id', ...imageColumns(draft), ...(blank ? ['event'] : []), ...columns], ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
}

/** A field of a CSV file, quoted where it must be. */
const field = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A text as YAML: plain where that is safe, quoted otherwise. */
const scalar = (text: string): string => (/^[A-Za-z_][\w-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : /^(0|-?[1-9]\d*)$/.test(text) ? text : JSON.stringify(text));

/** The study file, with a word on everything that a person may want to change. */
export function studyText(draft: CohortDraft): string {
  const { table, modalities, clinical, label } = draft;
  const outcome = clinical?.outcome ?? { column: 'event', event: '1' };
  const predictors = clinicalColumns(draft).filter((name) => name !== outcome.column);
  const region = `${label?.label ?? 1}${label !== undefined && label.seen.length > 1 ? `                  # the segmentations hold ${label.seen.join(', ')}` : '                  # which label of the segmentation is the region'}`;
  const images = modalities.length === 0
    ? `  image: image              # columns of the table: a file, or a folder of DICOM slices, as seen from the table\n  mask: mask\n  label: ${region}`
    : `  images:                   # each gives features of its own\n${modalities.map((name) => `    ${name}: { image: ${name}_image, mask: ${name}_mask, label: ${label?.label ?? 1} }`).join('\n')}`;
  return `# What is computed, from which cohort, and how it is judged. Every setting: radloom plugins NAME; the work it means: radloom plan FILE
title: My study
cohort:
  table: ${scalar(table)}
${images}
  outcome: { column: ${scalar(outcome.column)}, event: ${scalar(outcome.event)} }${clinical?.outcome === undefined ? '   # fill in the column: 1 where it happened, 0 where not' : '   # a guess: the value that is the event'}
  clinical: []              # columns that models may use${predictors.length === 0 ? '' : `; the table has ${few(predictors)}`}
imaging:
  resample: { spacing: [1, 1, 1] }      # mm; null keeps the scanner's grid
  discretise: { binWidth: 25 }          # 25 Hounsfield units suit CT; for MR normalise first, for PET in SUV take 0.25 or so
  filters: [original]       # add: log: { sigma: [1, 2, 3] }, wavelet
  features: [shape, firstorder, glcm, glrlm, glszm, gldm, ngtdm]
split: { method: k-fold }               # every case is predicted once by a model that never saw it; or hold-out: one training and one test set
selection: [zero-variance, near-zero-variance, correlation, lasso]      # fitted on training cases only
models: { random-forest: null, svm: null, knn: null, stacking: null }
`;
}

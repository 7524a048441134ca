import { type Document, type Failure, isRadloomError, makeTable, type Plain, RadloomError } from '@radloom/core';
import { type FileRef, from, type PlanFacts, type Ref, type Source, type Step, type Workflow } from '@radloom/engine';
import { numberOf, plainCell } from './cells.js';
import { clinicalPart, type Cohort, groupTable, missingCell, readCohort, readExclusions, requireColumn } from './cohort.js';
import { type ColumnGroup, extractionGraph, type ExtractionOptions, type ExtractionSettings, type FindPlugin } from './extraction.js';
import { imagingSettings } from './imaging.js';
import { groupingColumn, modellingGraph } from './modelling.js';
import { requireNamedColumns } from './named-columns.js';
import { readParams } from './params-file.js';
import { type Imaging, type Study, studySchema } from './schema.js';
import { filledFrom, secondReading, secondTable } from './second-reader.js';
import { groupsSource, selectionPlugins } from './selection-steps.js';
import { predictorSets, setFacts } from './sets.js';
import { type StepFacts, stepFacts } from './step-facts.js';
import type { TextTable } from './text-table.js';
import type { Variable } from './variables.js';
import { check } from './check.js';
import { parseYaml } from './yaml.js';

/** What a host finds at a path: the files of one image and the reader for them. */
export type Resolved = { readonly files: readonly FileRef[]; readonly reader: string } | { readonly failure: Failure };

/** How a study reaches what lies beside it; paths are as written in the study file or the cohort table. */
export interface StudyHost {
  /** Text of a file. @throws `file-missing` */
  text(path: string): Promise<string>;
  /** A table as text, where the host reads more than CSV in UTF-8: workbooks, other encodings. */
  table?(path: string): Promise<TextTable>;
  /** Files behind a cell of the cohort table; `base` is the table's path. */
  resolve(path: string, base: string): Promise<Resolved> | Resolved;
  /** Path of `path` as seen from the folder of `base`. */
  beside(base: string, path: string): string;
  readonly find: FindPlugin;
  /** Values for `${NAME}` in paths. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Package versions, for the report. */
  readonly versions: Readonly<Record<string, string>>;
  /** The command that repeats this run, without paths of this machine. */
  readonly reproduce: string;
}

export interface BuiltStudy {
  readonly study: Study;
  readonly workflow: Workflow;
  readonly columns: readonly ColumnGroup[];
  readonly cohort: Cohort;
  /** Outcome and clinical columns as they were understood. */
  readonly variables: readonly Variable[];
}

/** Reads and checks a study file. Errors carry file, line and column. */
export function readStudy(text: string, file: string): Study {
  return check(studySchema, parseYaml(text, file, literalKeys));
}

/** Settings whose numbers are part of a name as they were written. */
export const literalKeys: ReadonlySet<string> = new Set(['sigma']);

/** Turns a study file into the workflow it stands for. `file` is its path as the user wrote it; errors that concern no other file name it. */
export async function buildStudy(study: Study, file: string, host: StudyHost): Promise<BuiltStudy> {
  try {
    return await built(study, file, host);
  } catch (error) {
    throw isRadloomError(error) ? error.at({ file }) : error;
  }
}

async function built(study: Study, file: string, host: StudyHost): Promise<BuiltStudy> {
  const tablePath = host.beside(file, substitute(study.cohort.table, host, file));
  const cohort = readCohort(await tableAt(tablePath, host), tablePath, study.cohort.id);
  const { table: clinical, variables } = clinicalPart(cohort, study, tablePath);
  const images = imagesOf(study, file);
  const selection = predictorSets(study).flatMap((set) => selectionPlugins(set, host.find));
  const compares = selection.find((step) => step.second);
  const sources: Record<string, Source> = { clinical: { kind: 'value', type: 'table', value: clinical } };
  const steps: Step[] = [];
  const columns: ColumnGroup[] = [];
  const overviews: Ref[] = [];
  const secondColumns: ColumnGroup[] = [];
  for (const { modality, image, mask, label, imaging, second } of images) {
    for (const name of [image, mask, ...(typeof label === 'string' ? [label] : []), ...(second === undefined ? [] : [second])]) requireColumn(cohort.columns, name, tablePath);
    const settings = await settingsOf(imaging, file, host);
    const source = (what: string) => (modality === undefined ? what : `${modality}:${what}`);
    const imageFiles = await filesOf(cohort, image, tablePath, host);
    const maskFiles = await filesOf(cohort, mask, tablePath, host);
    sources[source('image-files')] = { kind: 'files', cases: imageFiles.cases };
    sources[source('segmentation-files')] = { kind: 'files', cases: maskFiles.cases };
    const labels = typeof label === 'string' ? Object.fromEntries(cohort.rows.map((row) => [row.id, { params: { label: labelOf(row, label, tablePath) } }])) : undefined;
    const options: ExtractionOptions = {
      settings: typeof label === 'number' ? { ...settings, mask: { label, ...settings.mask } } : settings,
      find: host.find,
      image: { source: source('image-files'), reader: imageFiles.reader, others: imageFiles.others },
      segmentation: { source: source('segmentation-files'), reader: maskFiles.reader, others: maskFiles.others },
      labels,
      modality,
      overview: true,
    };
    const graph = extractionGraph(options);
    steps.push(...graph.steps);
    columns.push(...graph.columns);
    if (compares !== undefined && second !== undefined) {
      const files = filledFrom(await filesOf(cohort, second, tablePath, host), maskFiles);
      sources[source('second-files')] = { kind: 'files', cases: files.cases };
      const segmentation = { source: source('second-files'), reader: files.reader, others: files.others };
      const own = secondReading(graph, extractionGraph({ ...options, segmentation, modality: modality === undefined ? 'second' : `${modality}-second`, overview: false }));
      steps.push(...own.steps);
      secondColumns.push(...own.columns);
    }
    for (const { id } of graph.steps.filter((step) => step.plugin === 'preprocess/overview')) overviews.push(from(id, 'overview', { name: modality ?? 'image', gather: ['case'] }));
  }
  sources['shared-images'] = { kind: 'shared', type: 'data', of: images.map(({ modality }) => (modality === undefined ? 'image-files' : `${modality}:image-files`)) };
  const grouping = groupingColumn(study, host.find);
  const groups = grouping === undefined ? undefined : groupTable(cohort, study, grouping, tablePath);
  if (groups !== undefined) sources.groups = { kind: 'value', type: 'table', value: groups };
  for (const { groups: column } of selection) if (column !== undefined) sources[groupsSource(column)] = { kind: 'value', type: 'table', value: groupTable(cohort, study, column, tablePath) };
  if (compares !== undefined && secondColumns.length === 0) {
    throw new RadloomError({ code: 'second-reader-missing', what: `${compares.name} compares two readings of the same cases, and the study names no second one.`, where: { file, field: `selection.${compares.name}` }, fix: 'Name the column with the second reader’s segmentations: cohort: second.' });
  }
  const second = secondColumns.length === 0 ? undefined : secondTable(secondColumns);
  if (second !== undefined) {
    steps.push(second.step);
    sources['second-cases'] = { kind: 'value', type: 'table', value: makeTable({ rows: cohort.rows.filter((row) => images.every((own) => own.second === undefined || missingCell(row, own.second) === undefined)).map(({ id }) => ({ id })), columns: [] }) };
  }
  requireNamedColumns(study, selection, cohort, columns, file);
  // The table holds the event as it was understood: 1 where the file says yes.
  const understood: Study = { ...study, cohort: { ...study.cohort, outcome: { ...study.cohort.outcome, event: clinical.outcome!.event } } };
  const modelling = modellingGraph(understood, columns, host.find, groups, second?.table, true);
  steps.push(...modelling.steps);
  const exclusions = study.cohort.exclusions === undefined ? undefined : await exclusionsOf(study.cohort.exclusions, file, host);
  // Settings are checked here, where the file is known.
  const facts = stepFacts(steps, host.find);
  sources.facts = { kind: 'facts', type: 'data', value: (plan) => studyFacts(study, host, cohort, variables, exclusions, plan, facts) };
  const { report } = modelling;
  steps.push({
    id: 'report',
    plugin: 'report/html',
    operation: 'run',
    params: { language: study.report.language },
    inputs: { study: { source: 'facts' }, table: report.table, models: report.models, choices: report.choices, predictions: report.predictions, metrics: report.metrics, overviews, ...(report.controls.length === 0 ? {} : { controls: report.controls }), ...(report.nested.length === 0 ? {} : { nested: report.nested }), ...(report.data.length === 0 ? {} : { data: report.data }) },
  });
  const workflow: Workflow = { dimensions: { case: cohort.rows.map((row) => row.id), ...modelling.dimensions }, sources, steps, seed: study.seed };
  return { study, workflow, columns, cohort, variables };
}

async function exclusionsOf(written: string, file: string, host: StudyHost): Promise<{ reason: string; count: number }[]> {
  const path = host.beside(file, substitute(written, host, file));
  return readExclusions(await tableAt(path, host), path);
}

/** A table by the host's own reader, or as CSV. */
async function tableAt(path: string, host: StudyHost): Promise<string | TextTable> {
  return host.table === undefined ? host.text(path) : host.table(path);
}

/** @throws `cell-unreadable` when a row's label is no whole number */
function labelOf(row: Cohort['rows'][number], column: string, file: string): number {
  const label = numberOf(plainCell(row.cells[column]));
  if (label !== undefined && Number.isInteger(label)) return label;
  throw new RadloomError({ code: 'cell-unreadable', what: `Case ${row.id} has "${row.cells[column]}" in ${column}, where the label of its region, a whole number, is needed.`, where: { file, line: row.line, field: column } });
}

function imagesOf(study: Study, file: string): { modality?: string; image: string; mask: string; label: number | string; second?: string; imaging: Imaging }[] {
  const { image, mask, label, second, images } = study.cohort;
  if (images !== undefined) return Object.entries(images).map(([modality, own]) => ({ modality, image: own.image, mask: own.mask, label: own.label, second: own.second, imaging: own.imaging ?? study.imaging }));
  if (image === undefined || mask === undefined) {
    throw new RadloomError({ code: 'cohort-images', what: 'The study does not say where the images and masks are.', where: { file, field: 'cohort' }, fix: 'Set cohort: image and cohort: mask to columns of the table, or cohort: images for several images a case.' });
  }
  return [{ image, mask, label, second, imaging: study.imaging }];
}

async function settingsOf(imaging: Imaging, file: string, host: StudyHost): Promise<ExtractionSettings> {
  if (imaging.params === undefined) return imagingSettings(imaging);
  const path = host.beside(file, substitute(imaging.params, host, file));
  return readParams(await host.text(path), path).settings;
}

/** Files of one column, case by case; the most usual reader, and the cases that need another one. */
async function filesOf(cohort: Cohort, column: string, tablePath: string, host: StudyHost): Promise<{ cases: Extract<Source, { kind: 'files' }>['cases']; reader: string; others: Step['overrides'] }> {
  const cases: Record<string, { files: readonly FileRef[] } | { failure: Failure }> = {};
  const readers = new Map<string, string>();
  for (const row of cohort.rows) {
    const absent = missingCell(row, column);
    const resolved = absent === undefined ? host.resolve(substitute(row.cells[column], host, tablePath), tablePath) : { failure: absent };
    // Most hosts know at once; thousands of waits for nothing would be felt.
    const found = resolved instanceof Promise ? await resolved : resolved;
    if ('failure' in found) cases[row.id] = { failure: found.failure };
    else {
      cases[row.id] = { files: found.files };
      readers.set(row.id, found.reader);
    }
  }
  const counts = new Map<string, number>();
  for (const reader of readers.values()) counts.set(reader, (counts.get(reader) ?? 0) + 1);
  const reader = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? 'reader/nifti';
  const others = Object.fromEntries([...readers].filter(([, own]) => own !== reader).map(([id, own]) => [id, { plugin: own }]));
  return { cases, reader, others };
}

/** `${DATA}/cohort.csv` with the variable filled in. @throws `variable-unset` */
function substitute(path: string, host: StudyHost, file: string): string {
  if (!path.includes('$')) return path;
  return path.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = host.variables[name];
    if (value !== undefined) return value;
    throw new RadloomError({ code: 'variable-unset', what: `The variable ${name} has no value.`, where: { file }, fix: `Give it on the command line (--set ${name}=…) or in the environment.` });
  });
}

function studyFacts(study: Study, host: StudyHost, cohort: Cohort, variables: readonly Variable[], exclusions: { reason: string; count: number }[] | undefined, plan: PlanFacts, steps: readonly StepFacts[]): Plain {
  const excluded = exclusions?.reduce((sum, entry) => sum + entry.count, 0) ?? 0;
  return {
    type: 'data',
    value: {
      title: study.title,
      ...(study.description === undefined ? {} : { description: study.description }),
      planId: plan.planId,
      dataDigest: plan.dataDigest,
      tainted: plan.tainted,
      seed: study.seed,
      profile: study.profile,
      reproduce: host.reproduce,
      versions: host.versions,
      steps,
      settings: { imaging: study.imaging, split: study.split, selection: study.selection, sets: setFacts(study), tuning: study.tuning, balance: study.balance, threshold: study.threshold, models: study.models, evaluation: study.evaluation, controls: study.controls, nested: study.nested, outcome: study.cohort.outcome, clinical: study.cohort.clinical },
      cohort: { candidates: cohort.rows.length + excluded, cases: cohort.rows.length, variables, ...(exclusions === undefined ? {} : { excluded: exclusions }) },
    },
  };
}

/** The document of a port value, for writing. */
export function isDocument(value: { readonly type: string }): value is Document {
  return value.type === 'document';
}

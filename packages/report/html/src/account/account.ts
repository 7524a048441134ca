import { record } from '../reading/plain.js';
import { imageNames, type Overview, overviews } from '../reading/overviews.js';
import { parseFeatureName } from '../reading/feature-name.js';
import { performances } from '../reading/performance.js';
import { type ProtocolFact, protocolFacts } from '../reading/protocol.js';
import type { StudyResults } from '../reading/results.js';
import { type Run, runOf } from './run.js';

/** Everything from which the run gives account of itself: in the methods, the reporting guideline, the checklists. */
export interface Account {
  readonly results: StudyResults;
  readonly run: Run;
  readonly overviews: readonly Overview[];
  /** By image name. */
  readonly protocol: ReadonlyMap<string, readonly ProtocolFact[]>;
  /** DICOM's two letters of each modality in the images; empty where the files do not say. */
  readonly modalities: ReadonlySet<string>;
  readonly features: number;
  readonly models: readonly ModelMakeup[];
}

/** Of what a fitted model is made. */
export interface ModelMakeup {
  readonly name: string;
  readonly plugin: string;
  readonly radiomic: number;
  readonly clinical: number;
}

/** Undefined where the report was given no steps. */
export function accountOf(results: StudyResults): Account | undefined {
  const run = runOf(results);
  if (run === undefined) return undefined;
  const all = overviews(results);
  return {
    results,
    run,
    overviews: all,
    protocol: new Map(imageNames(results).map((image) => [image, protocolFacts(all.filter((entry) => entry.image === image))])),
    modalities: new Set(all.flatMap(({ acquisition }) => acquisition.get('Modality') ?? []).map(String)),
    features: results.table?.columns.filter(({ name }) => parseFeatureName(name) !== undefined).length ?? 0,
    models: makeups(results),
  };
}

/** Each classifier once; of several folds, the largest makeup. */
function makeups({ models }: StudyResults): ModelMakeup[] {
  const found = new Map<string, ModelMakeup>();
  for (const { name, value } of models) {
    if (value === undefined || !value.plugin.startsWith('classifier/')) continue;
    const radiomic = value.predictors.filter((predictor) => parseFeatureName(predictor) !== undefined).length;
    const clinical = value.predictors.length - radiomic;
    const before = found.get(name);
    found.set(name, { name, plugin: value.plugin, radiomic: Math.max(radiomic, before?.radiomic ?? 0), clinical: Math.max(clinical, before?.clinical ?? 0) });
  }
  return [...found.values()];
}

/** True when the study asked for the evaluation and it gave something. */
export function measured({ results }: Account, family: string): boolean {
  return results.metrics.some(({ value }) => value?.family === family && value.entries.length > 0);
}

/** Roles of which performance is known. */
export function evaluatedRoles({ results }: Account): ReadonlySet<string> {
  return new Set(performances(results).map(({ role }) => role));
}

/** The clinical variables that models might use. */
export function clinicalVariables({ results }: Account): string[] {
  const { clinical } = results.study.settings;
  return Array.isArray(clinical) ? clinical.map(String) : [];
}

/** `haemorrhagic_transformation = 1`; undefined where the study does not say. */
export function outcomeText({ results }: Account): string | undefined {
  const outcome = record(results.study.settings.outcome);
  return outcome === undefined ? undefined : `${String(outcome.column)} = ${String(outcome.event)}`;
}

/** Radloom's version, as its packages give it. */
export function softwareVersion({ results }: Account): string | undefined {
  return results.study.versions['@radloom/core'] ?? Object.entries(results.study.versions).find(([name]) => name.startsWith('@radloom/'))?.[1];
}

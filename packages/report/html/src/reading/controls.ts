import type { Metric } from '@radloom/core';
import { performances, type Role } from './performance.js';
import type { StudyResults } from './results.js';

/** The AUC of one model where there was something to learn, and where there was not. */
export interface ControlledModel {
  readonly model: string;
  readonly result?: Metric;
  /** By control, in the order of `controlNames`. */
  readonly controls: readonly (Metric | undefined)[];
}

/** `permuted-labels`, `random-features`: what the study asked for. */
export function controlNames({ controls }: StudyResults): string[] {
  return [...new Set(controls.map(({ name }) => name))];
}

/** The set on which controls are shown: test rows, or where there are none those held out in turn. */
export function controlledRole(results: StudyResults): Role {
  return performances(results).some(({ role }) => role === 'test') ? 'test' : 'out-of-fold';
}

/** Every model with its results and controls, on rows that it had not seen. */
export function controlledModels(results: StudyResults): ControlledModel[] {
  const role = controlledRole(results);
  const own = performances(results).filter((entry) => entry.role === role);
  const names = controlNames(results);
  const ofControl = (name: string, model: string) =>
    results.controls.find((entry) => entry.name === name)?.value?.entries.find((entry) => entry.model === model && entry.role === role)?.metrics.find((metric) => metric.name === 'auc');
  return own.map(({ model, metrics }) => ({ model, result: metrics.get('auc'), controls: names.map((name) => ofControl(name, model)) }));
}

import type { Metric, Metrics } from '@radloom/core';
import { type Role, roles } from './performance.js';
import { type PlainRecord, record, text } from './plain.js';
import { isTainted, place, type StudyResults } from './results.js';
import { setOf } from './sets.js';

/** What one evaluation found of one model and role. */
export interface Evaluated {
  readonly model: string;
  readonly role: Role;
  /** The fold, where the evaluation ran in each. */
  readonly place: string;
  /** The set of predictors, where the evaluation ran for each. */
  readonly set?: string;
  readonly rows: number;
  readonly events: number;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly detail: PlainRecord;
  readonly notes: readonly string[];
  readonly tainted: boolean;
}

/** Every entry of an evaluation, models in the order given, each role together. */
export function evaluated({ study, metrics }: StudyResults, family: string): Evaluated[] {
  const found = metrics.flatMap((gathered) =>
    gathered.value?.family === family ? gathered.value.entries.map((entry) => ({ ...evaluatedEntry(entry, place(gathered.at), isTainted(study, gathered, entry.model)), set: setOf(study, gathered) })) : [],
  );
  return roles.flatMap((role) => found.filter((entry) => entry.role === role));
}

function evaluatedEntry({ model, role, rows, events, metrics, detail }: Metrics['entries'][number], at: string, tainted: boolean): Evaluated {
  const notes = Array.isArray(detail.notes) ? detail.notes.flatMap((note) => text(record(note)?.text) ?? []) : [];
  return { model, role, place: at, rows, events, metrics: new Map(metrics.map((metric) => [metric.name, metric])), detail, notes, tainted };
}

/** True when the study asked for an evaluation: it gave something, or failed. */
export function isAsked({ metrics }: StudyResults, family: string): boolean {
  return metrics.some(({ name, value }) => value?.family === family || (value === undefined && name === family));
}

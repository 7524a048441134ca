import type { Gathered, Model } from '@radloom/core';
import { number, record, text } from './plain.js';
import { isTainted, place, type StudyResults } from './results.js';

/** One column tested on its own. */
export interface ScreenedColumn {
  readonly column: string;
  readonly test: string;
  readonly pValue: number;
  readonly adjusted: number;
  readonly missing?: number;
  readonly kept: boolean;
  readonly reason?: string;
}

export interface Screening {
  readonly columns: readonly ScreenedColumn[];
  readonly alpha?: number;
  /** `none`, `holm` … */
  readonly adjustment?: string;
  readonly tainted: boolean;
}

/** One term of a logistic regression of several columns together. */
export interface RegressionTerm {
  readonly term: string;
  readonly coefficient: number;
  readonly standardError: number;
  readonly z: number;
  readonly pValue: number;
  readonly oddsRatio: number;
  readonly lower: number;
  readonly upper: number;
}

export interface Regression {
  readonly terms: readonly RegressionTerm[];
  readonly rows?: number;
  readonly events?: number;
  readonly level?: number;
  readonly method?: string;
  readonly interval?: string;
  readonly notes: readonly string[];
  readonly tainted: boolean;
}

/** The first fold's model of a selector, by its plugin. */
function selectorModel({ models }: StudyResults, plugin: string): (Gathered<Model> & { readonly value: Model }) | undefined {
  const first = models.find(({ value }) => value?.plugin === plugin);
  return first === undefined ? undefined : (models.find(({ value, at }) => value?.plugin === plugin && place(at) === place(first.at)) as Gathered<Model> & { readonly value: Model });
}

export function screening(results: StudyResults): Screening | undefined {
  const found = selectorModel(results, 'selector/univariate');
  const summary = found?.value.summary;
  if (found === undefined || !Array.isArray(summary?.tests)) return undefined;
  const columns = summary.tests.flatMap((test): ScreenedColumn[] => {
    const entry = record(test);
    const column = text(entry?.column);
    if (entry === undefined || column === undefined) return [];
    return [{ column, test: text(entry.test) ?? '', pValue: number(entry.pValue) ?? NaN, adjusted: number(entry.adjusted) ?? NaN, missing: number(entry.missing), kept: entry.kept === true, reason: text(entry.reason) }];
  });
  return { columns, alpha: number(summary.alpha), adjustment: text(summary.adjust), tainted: isTainted(results.study, found) };
}

export function regression(results: StudyResults): Regression | undefined {
  const found = selectorModel(results, 'selector/multivariable-logistic');
  const summary = found?.value.summary;
  if (found === undefined || !Array.isArray(summary?.terms)) return undefined;
  const terms = summary.terms.flatMap((term): RegressionTerm[] => {
    const entry = record(term);
    const name = text(entry?.term);
    if (entry === undefined || name === undefined) return [];
    const [coefficient, standardError, z, pValue, oddsRatio, lower, upper] = ['coefficient', 'standardError', 'z', 'pValue', 'oddsRatio', 'lower', 'upper'].map((field) => number(entry[field]) ?? NaN);
    return [{ term: name, coefficient, standardError, z, pValue, oddsRatio, lower, upper }];
  });
  return {
    terms,
    rows: number(summary.rows),
    events: number(summary.events),
    level: number(summary.level),
    method: text(summary.method),
    interval: text(summary.interval),
    notes: Array.isArray(summary.notes) ? summary.notes.flatMap((note) => text(record(note)?.text) ?? []) : [],
    tainted: isTainted(results.study, found),
  };
}

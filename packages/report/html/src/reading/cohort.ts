import { outcomeOf, type Predictions, type Table } from '@radloom/core';
import { performances } from './performance.js';
import type { StudyResults } from './results.js';

/** Rows on one side of the split. */
export interface RowSet {
  readonly role: 'training' | 'test';
  readonly rows: number;
  readonly events: number;
}

/** Cases from the first list to the rows that models saw. */
export interface CohortFlow {
  readonly candidates?: number;
  readonly excluded: readonly { readonly reason: string; readonly count: number }[];
  /** Cases given to feature extraction: those that became rows and those that failed. */
  readonly scanned?: number;
  readonly failed: number;
  readonly rows?: number;
  readonly events?: number;
  /** Empty where there are several splits, whose sizes belong to each. */
  readonly sets: readonly RowSet[];
  /** Candidates less exclusions, where that is not the number scanned. */
  readonly expected?: number;
}

export function cohortFlow({ study, table, predictions }: StudyResults): CohortFlow {
  const { candidates, excluded } = study.cohort;
  const rows = table?.rows.length;
  const failed = table?.failures.length ?? 0;
  const scanned = rows === undefined ? undefined : rows + failed;
  const remaining = candidates === undefined ? undefined : excluded.reduce((left, { count }) => left - count, candidates);
  return {
    candidates,
    excluded,
    scanned,
    failed,
    rows,
    events: table === undefined ? undefined : eventCount(table),
    sets: rowSets(predictions.flatMap((entry) => entry.value ?? [])),
    ...(remaining !== undefined && scanned !== undefined && remaining !== scanned ? { expected: remaining } : {}),
  };
}

/** Training rows of the only split, or of that fold which has the fewest of the rarer outcome; undefined where no model was taught. */
export function trainingSide(results: StudyResults): RowSet | undefined {
  const sets = results.predictions.flatMap(({ value }): RowSet[] => (value?.role === 'training' ? [{ role: 'training', rows: value.rows.length, events: events(value.outcome) }] : []));
  const rarer = ({ rows, events: with_ }: RowSet) => Math.min(with_, rows - with_);
  return sets.length > 0 ? sets.reduce((least, set) => (rarer(set) < rarer(least) ? set : least)) : evaluatedSide(results, 'training');
}

/** Cases that models were tested on, each counted once however many folds tested it. */
export function testSide(results: StudyResults): RowSet | undefined {
  const tested = new Map<string, number>();
  for (const { value } of results.predictions) if (value?.role === 'test') value.rows.forEach((row, i) => tested.set(row, value.outcome[i]));
  return tested.size > 0 ? { role: 'test', rows: tested.size, events: [...tested.values()].reduce((sum, outcome) => sum + outcome, 0) } : evaluatedSide(results, 'test');
}

/** Predictions of the test rows that one model made, all folds together. */
export function testedRows({ predictions }: StudyResults): number {
  const counts = new Map<string, number>();
  for (const { value } of predictions) if (value?.role === 'test') counts.set(value.model, (counts.get(value.model) ?? 0) + value.rows.length);
  return Math.max(0, ...counts.values());
}

/** Where there are no predictions, what the evaluation says of the only split. */
function evaluatedSide(results: StudyResults, role: RowSet['role']): RowSet | undefined {
  const evaluated = performances(results).filter((entry) => entry.role === role);
  return new Set(evaluated.map(({ place }) => place)).size === 1 ? { role, rows: evaluated[0].rows, events: evaluated[0].events } : undefined;
}

/** Undefined where the table has no outcome, or not for every row. */
function eventCount(table: Table): number | undefined {
  if (table.outcome === undefined) return undefined;
  try {
    return events(outcomeOf(table));
  } catch {
    return undefined; // the steps that need the outcome have said why; the flow only leaves the number out
  }
}

function rowSets(predictions: readonly Predictions[]): RowSet[] {
  const sets = new Map<string, RowSet>();
  for (const { partition, role, rows, outcome } of predictions) {
    const side = role === 'test' ? 'test' : 'training';
    sets.set(`${side} ${partition.rowSet}`, { role: side, rows: rows.length, events: events(outcome) });
  }
  const sides = (['training', 'test'] as const).map((side) => [...sets.values()].filter((set) => set.role === side));
  return sides.every((found) => found.length <= 1) ? sides.flat() : [];
}

const events = (outcome: Uint8Array) => outcome.reduce((sum, value) => sum + value, 0);

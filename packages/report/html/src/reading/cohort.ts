import { outcomeOf, type Predictions, type Table } from '@radloom/core';
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

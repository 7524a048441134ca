import { type Folds, isRadloomError, type Predictions } from '@radloom/core';

/** What would have been chosen had a fold not been there. */
export interface Apart {
  readonly id: string;
  /** Rows of the fold. */
  readonly test: readonly string[];
  /** Place of the candidate, among those that stand. */
  readonly chosen: number;
}

/**
 * For each fold the candidate that the rows of the other folds would have chosen, by the same rule. Where they cannot choose, for want of a
 * class, it is the first: the order of preference knows nothing of the rows.
 *
 * @param rows   names of the rows, as the predictions have them
 * @param usable indices of the rows on which candidates are compared
 * @param choose the place of the best candidate on some of them
 */
export function chosenApart({ folds }: Folds, rows: readonly string[], usable: readonly number[], choose: (rows: readonly number[]) => number, candidates: number): Apart[] {
  return folds.map(({ id, test }) => {
    const held = new Set(test);
    return { id, test, chosen: candidates === 1 ? 0 : chosenBy(usable.filter((r) => !held.has(rows[r])), choose) };
  });
}

function chosenBy(rows: readonly number[], choose: (rows: readonly number[]) => number): number {
  if (rows.length === 0) return 0;
  try {
    return choose(rows);
  } catch (error) {
    if (isRadloomError(error) && error.code === 'one-class') return 0;
    throw error;
  }
}

/**
 * Each row's probability by the candidate that was chosen without its fold, the mean over its folds where folds repeat.
 *
 * The winner's own predictions of these rows are too good, out of fold as they are: of several candidates it is the one that these very
 * outcomes favour (Varma & Simon 2006; Cawley & Talbot 2010). A choice that the row's fold had no part in is free of that, without a model
 * being fitted anew. What is left is of second order: the other folds' models learned from the row.
 */
export function heldOutOfChoice(winner: Predictions, standing: readonly Predictions[], apart: readonly Apart[]): Predictions {
  if (apart.every(({ chosen }) => standing[chosen] === winner)) return winner;
  const place = new Map(winner.rows.map((row, r) => [row, r]));
  const sum = new Float64Array(winner.rows.length);
  const times = new Uint32Array(winner.rows.length);
  for (const { test, chosen } of apart) {
    for (const row of test) {
      const r = place.get(row);
      if (r === undefined) continue;
      sum[r] += standing[chosen].probability[r];
      times[r]++;
    }
  }
  return { ...winner, probability: sum.map((total, r) => total / times[r]) };
}

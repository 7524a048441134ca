import { RadloomError } from '@radloom/core';

/** Scores of the two classes, apart and in the order of the rows. */
export interface Classes {
  readonly events: Float64Array;
  readonly others: Float64Array;
}

/**
 * Scores split by outcome.
 *
 * @param outcome per row 1 (event) or 0
 * @param score   per row, finite
 * @throws `one-class` when either class is empty, `score-missing` when a score is not a number, `length-mismatch`
 */
export function splitClasses(outcome: ArrayLike<number>, score: ArrayLike<number>): Classes {
  if (outcome.length !== score.length) {
    throw new RadloomError({ code: 'length-mismatch', what: `There are ${outcome.length} outcomes and ${score.length} scores.` });
  }
  const events: number[] = [];
  const others: number[] = [];
  for (let i = 0; i < score.length; i++) {
    if (Number.isNaN(score[i])) throw new RadloomError({ code: 'score-missing', what: `Score ${i + 1} is not a number.`, data: { row: i } });
    (outcome[i] === 1 ? events : others).push(score[i]);
  }
  if (events.length === 0 || others.length === 0) {
    throw new RadloomError({
      code: 'one-class',
      what: `Discrimination needs both classes; the ${score.length} rows have ${events.length} with the event and ${others.length} without.`,
      data: { events: events.length, others: others.length },
    });
  }
  return { events: Float64Array.from(events), others: Float64Array.from(others) };
}

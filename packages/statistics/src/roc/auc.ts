import { midranks } from './midranks.js';
import { splitClasses } from './labels.js';

/**
 * The area under the ROC curve: the probability that a row with the event scores higher than one without, ties counting half.
 *
 * @throws `one-class`, `score-missing`
 */
export function auc(outcome: ArrayLike<number>, score: ArrayLike<number>): number {
  const { events, others } = splitClasses(outcome, score);
  const ranks = midranks([...events, ...others]);
  let sum = 0;
  for (let i = 0; i < events.length; i++) sum += ranks[i];
  return (sum - (events.length * (events.length + 1)) / 2) / (events.length * others.length);
}

/** Standard error of an AUC from the numbers of rows alone: Hanley & McNeil (1982). */
export function hanleyMcNeilError(area: number, events: number, others: number): number {
  const q1 = area / (2 - area);
  const q2 = (2 * area * area) / (1 + area);
  const variance = (area * (1 - area) + (events - 1) * (q1 - area * area) + (others - 1) * (q2 - area * area)) / (events * others);
  return Math.sqrt(variance);
}

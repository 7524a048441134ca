import type { Geometry } from '@radloom/core';

/** An index axis of the grid, and whether the index grows towards the patient's left, back or head. */
export interface Axis {
  readonly index: 0 | 1 | 2;
  readonly grows: boolean;
}

/** The grid's axis for each of the patient's: left, posterior, superior. */
export type AnatomicalAxes = readonly [left: Axis, posterior: Axis, superior: Axis];

const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] as const;

/** Which index axis runs most nearly along each of the patient's axes: the assignment with the largest sum of cosines. */
export function anatomicalAxes({ direction }: Geometry): AnatomicalAxes {
  const cosine = (patient: number, index: number) => direction[3 * patient + index];
  const agreement = (order: readonly number[]) => order.reduce((sum, index, patient) => sum + Math.abs(cosine(patient, index)), 0);
  const best = orders.reduce((chosen, order) => (agreement(order) > agreement(chosen) ? order : chosen));
  const axis = (patient: 0 | 1 | 2): Axis => ({ index: best[patient], grows: cosine(patient, best[patient]) >= 0 });
  return [axis(0), axis(1), axis(2)];
}

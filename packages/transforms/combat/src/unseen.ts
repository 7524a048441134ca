import type { CombatModel } from '@radloom/statistics';

/** Name of the average batch: no batch can be called so, since names have no blanks at their ends. */
const AVERAGE = ' average ';

/** The model with one more batch, whose shift and scale are the means of those learned, and each row's batch with unseen ones replaced by it. */
export function averageBatch(model: CombatModel, batch: readonly string[]): [CombatModel, string[]] {
  const mean = (lists: readonly Float64Array[]) => lists[0].map((_, feature) => lists.reduce((sum, values) => sum + values[feature], 0) / lists.length);
  const known = new Set(model.batches);
  const extended = { ...model, batches: [...model.batches, AVERAGE], shift: [...model.shift, mean(model.shift)], scale: [...model.scale, mean(model.scale)] };
  return [extended, batch.map((name) => (known.has(name) ? name : AVERAGE))];
}

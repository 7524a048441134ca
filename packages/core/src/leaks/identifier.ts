import { RadloomError } from '../errors.js';
import { numbers, predictorNames, type Table } from '../table.js';

/** A shorter run may be a measurement. */
const FEWEST_ROWS = 20;

/**
 * Refuses a column that numbers the rows, up or down, one by one: it tells how the table was put together, often by outcome, centre or date, and
 * nothing of a patient who is not in it.
 */
export function refuseIdentifiers(table: Table): void {
  if (table.rows.length < FEWEST_ROWS) return;
  for (const name of predictorNames(table)) {
    const values = numbers(table, name);
    const step = values[1] - values[0];
    if (Math.abs(step) !== 1 || values.some((value, r) => value !== values[0] + r * step)) continue;
    throw new RadloomError({
      code: 'identifier-column',
      what: `${name} numbers the rows, from ${values[0]} to ${values.at(-1)}: models could learn from it how the table was put together.`,
      where: { field: name },
      fix: `Leave ${name} out of the predictors.`,
    });
  }
}

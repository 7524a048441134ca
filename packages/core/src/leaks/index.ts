import type { Table } from '../table.js';
import { refuseIdentifiers } from './identifier.js';
import { refuseOutcomeDerived } from './outcome-derived.js';
import { refuseSameScan } from './same-scan.js';

export { type Known, knownOf, knows, refuseShared, taughtBy } from './shared-rows.js';

/**
 * Refuses a table that would leak however its rows are divided: a case that stands twice under two ids, a column that was made from the
 * outcome, one that numbers the rows. Asked of all rows, before they are divided; nothing is learned from the answer.
 *
 * @throws `same-scan`, `outcome-derived`, `identifier-column`
 */
export function refuseLeaks(table: Table): void {
  refuseSameScan(table);
  refuseOutcomeDerived(table);
  refuseIdentifiers(table);
}

import { RadloomError } from '../errors.js';
import { categoryNames, column, numbers, outcomeOf, predictorNames, type Table } from '../table.js';
import { patientOf } from './shared-rows.js';

/** A column that tells the outcome without an error is refused where chance would do so with less than this probability, over all columns. */
const UNBELIEVABLE = 1e-6;
/** Values that several patients share are looked at where so large a part of the patients has such values: of one patient any value tells the outcome. */
const SHARED_VALUES = 0.9;
/** A share of events as it is written to three digits. */
const WRITTEN = 5e-4;

/**
 * Refuses a column that is the outcome under another name, or a consequence of it. Its values, or where it is missing, tell events from the
 * others without an error in any row: above and below a limit, which of n rows with k events happens by chance with probability 2 / C(n, k),
 * or value by value, as a code of several outcomes does, or an encoding of categories by the outcomes of the others. Or its values are the
 * shares of events among the rows that have them.
 */
export function refuseOutcomeDerived(table: Table): void {
  if (table.outcome === undefined) return;
  const outcome = outcomeOf(table);
  const names = [...predictorNames(table), ...categoryNames(table)];
  const limit = Math.log(UNBELIEVABLE) - Math.log(Math.max(1, names.length));
  const events = outcome.reduce((sum, value) => sum + value, 0);
  const bySide = Math.log(2) - logChoose(outcome.length, events) <= limit;
  const patients = table.rows.map(patientOf);
  for (const name of names) {
    if (table.outcome.separatedBy?.includes(name) === true) continue;
    const found = column(table, name);
    const values = found.kind === 'numeric' ? numbers(table, name) : Float64Array.from(found.codes, (code) => (code < 0 ? NaN : code));
    const how = giveAway(values, outcome, patients, bySide && found.kind === 'numeric', limit);
    if (how === undefined) continue;
    throw new RadloomError({
      code: 'outcome-derived',
      what: `${name} gives the outcome ${table.outcome.column} away: ${how.replace('{rows}', `the ${events} rows with the event from the ${outcome.length - events} others`)}, as a column does that was made from the outcome or recorded after it.`,
      where: { field: name },
      fix: `Leave ${name} out. If it was measured before the outcome and is that good, say so: cohort: outcome: separatedBy: [${name}].`,
    });
  }
}

/** How a column gives the outcome away, if it does. */
function giveAway(values: Float64Array, outcome: Uint8Array, patients: readonly string[], bySide: boolean, limit: number): string | undefined {
  if (bySide && separates(values, outcome)) return 'its values tell {rows} without one mistake';
  if (bySide && separates(values.map((value) => (Number.isNaN(value) ? 1 : 0)), outcome)) return 'where it is missing tells {rows} without one mistake';
  if (!valuesComeAgain(values)) return undefined;
  const groups = groupsOf(values, outcome, patients);
  if (tellsByValue(groups, limit)) return `each of its ${groups.length} values is had by rows of one outcome only, and so tells {rows} without one mistake`;
  if (sharesOfEvents(groups)) return 'its values are the shares of events among the rows that have them';
  return undefined;
}

/** True when every value of one class is above every value of the other. */
function separates(values: Float64Array, outcome: Uint8Array): boolean {
  const least = [Infinity, Infinity];
  const most = [-Infinity, -Infinity];
  for (let r = 0; r < values.length; r++) {
    if (Number.isNaN(values[r])) return false;
    least[outcome[r]] = Math.min(least[outcome[r]], values[r]);
    most[outcome[r]] = Math.max(most[outcome[r]], values[r]);
  }
  return most[0] < least[1] || most[1] < least[0];
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= Math.min(k, n - k); i++) sum += Math.log((n - i + 1) / i);
  return sum;
}

/** False for most measurements: where more than so many values are distinct, too few are shared for what follows. */
function valuesComeAgain(values: Float64Array): boolean {
  const most = (1 - SHARED_VALUES / 2) * values.length + 2;
  const distinct = new Set<number>();
  for (let r = 0; r < values.length && distinct.size <= most; r++) distinct.add(values[r]);
  return distinct.size <= most;
}

/** The rows that have one value; missing is a value. */
interface Group {
  readonly value: number;
  rows: number;
  events: number;
  readonly patients: Set<string>;
}

function groupsOf(values: Float64Array, outcome: Uint8Array, patients: readonly string[]): Group[] {
  const groups = new Map<number, Group>();
  for (let r = 0; r < values.length; r++) {
    const group = groups.get(values[r]) ?? { value: values[r], rows: 0, events: 0, patients: new Set<string>() };
    group.rows++;
    group.events += outcome[r];
    group.patients.add(patients[r]);
    groups.set(values[r], group);
  }
  return [...groups.values()];
}

/** True when rows of each value have one outcome, most values are had by several patients, and chance would not do it. */
function tellsByValue(groups: readonly Group[], limit: number): boolean {
  if (groups.some(({ rows, events }) => events > 0 && events < rows)) return false;
  const count = (of: readonly Group[]) => of.reduce((sum, { patients }) => sum + patients.size, 0);
  const shared = groups.filter(({ patients }) => patients.size > 1);
  if (count(shared) < SHARED_VALUES * count(groups)) return false;
  const share = groups.reduce((sum, { events }) => sum + events, 0) / groups.reduce((sum, { rows }) => sum + rows, 0);
  return groups.reduce((sum, { patients: { size } }) => sum + Math.log(share ** size + (1 - share) ** size), 0) < limit;
}

/** True when every value is the share of events among its rows, as in an encoding of categories by their outcomes; two shares must be exact, more may be rounded. */
function sharesOfEvents(groups: readonly Group[]): boolean {
  const inner = groups.filter(({ rows, events }) => events > 0 && events < rows);
  const allowed = inner.length > 2 ? WRITTEN : 1e-9;
  return inner.length > 1 && groups.every(({ value, rows, events }) => Math.abs(value - events / rows) <= allowed);
}

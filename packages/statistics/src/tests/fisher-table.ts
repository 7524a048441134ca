import { RadloomError } from '@radloom/core';
import { logGamma } from '../distributions/log-gamma.js';
import { type CountTable, margins } from './contingency.js';

/** Work beyond which an exact P is refused. */
const MOST_STEPS = 30_000_000;
/** Paths whose logarithm of probability agrees to this are one. */
const SAME = 1e-9;
/** Tables as likely as the observed one count as such up to a factor 1 + 1e-7. */
const SLACK = 1e-7;

/** What can still happen from a state: largest and smallest log weight of the remaining columns, and the total weight of all. */
interface Ahead {
  readonly largest: number;
  readonly smallest: number;
  readonly logTotal: number;
}

/** Ways of filling one column from what is left of the rows: the rows' rest, and the column's −Σ log x!. */
interface Fill {
  readonly rest: readonly number[];
  readonly weight: number;
}

/**
 * P of Fisher's exact test for an r × c table: the probability of all tables with these margins that are no likelier than this one.
 *
 * The network algorithm of Mehta & Patel (1983): columns are filled one by one; states with the same rest of rows, and paths to them of
 * the same probability, are joined; paths of which all or none of the completions count are settled at once.
 *
 * @throws `table-degenerate`, `table-too-large`
 */
export function exactTableP(table: CountTable): number {
  const { rows, columns, total } = margins(table);
  const [states, lines] = rows.length <= columns.length ? [rows, columns] : [columns, rows];
  const order = lines.toSorted((a, b) => b - a);
  const network = new Network(order, total);
  const observed = -table.flat().reduce((sum, count) => sum + network.logFactorial[count], 0);
  return Math.min(1, network.pValue(sorted(states), observed));
}

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);

class Network {
  readonly logFactorial: Float64Array;
  private readonly ahead = new Map<string, Ahead>();
  private steps = 0;

  constructor(
    private readonly columns: readonly number[],
    total: number,
  ) {
    this.logFactorial = Float64Array.from({ length: total + 1 }, (_, n) => logGamma(n + 1));
  }

  pValue(start: readonly number[], observed: number): number {
    const limit = observed + Math.log1p(SLACK);
    const all = this.lookAhead(0, start).logTotal;
    let paths = new Map<string, { rest: readonly number[]; weights: Map<number, { log: number; count: number }> }>();
    paths.set(start.join(), { rest: start, weights: new Map([[0, { log: 0, count: 1 }]]) });
    let p = 0;
    for (let stage = 0; stage < this.columns.length; stage++) {
      const next: typeof paths = new Map();
      for (const { rest, weights } of paths.values()) {
        for (const fill of this.fills(stage, rest)) {
          const key = fill.rest.join();
          const ahead = this.lookAhead(stage + 1, fill.rest);
          for (const { log, count } of weights.values()) {
            this.count();
            const reached = log + fill.weight;
            if (reached + ahead.largest <= limit) p += count * Math.exp(reached + ahead.logTotal - all);
            else if (reached + ahead.smallest <= limit) join(next, key, fill.rest, reached, count);
          }
        }
      }
      paths = next;
    }
    return p;
  }

  private lookAhead(stage: number, rest: readonly number[]): Ahead {
    if (stage === this.columns.length) return { largest: 0, smallest: 0, logTotal: 0 };
    const key = `${stage}|${rest.join()}`;
    const known = this.ahead.get(key);
    if (known !== undefined) return known;
    let [largest, smallest] = [-Infinity, Infinity];
    const logs: number[] = [];
    for (const fill of this.fills(stage, rest)) {
      const further = this.lookAhead(stage + 1, fill.rest);
      largest = Math.max(largest, fill.weight + further.largest);
      smallest = Math.min(smallest, fill.weight + further.smallest);
      logs.push(fill.weight + further.logTotal);
    }
    const top = logs.reduce((a, b) => Math.max(a, b), -Infinity);
    const found = { largest, smallest, logTotal: top + Math.log(logs.reduce((sum, value) => sum + Math.exp(value - top), 0)) };
    this.ahead.set(key, found);
    return found;
  }

  /** Every way to spread a column's count over the rows. */
  private fills(stage: number, rest: readonly number[]): Fill[] {
    const out: Fill[] = [];
    const room = rest.map((_, i) => rest.slice(i).reduce((a, b) => a + b, 0));
    const later = this.columns.slice(stage + 1).reduce((a, b) => a + b, 0);
    const spread = (row: number, left: number, taken: readonly number[], weight: number) => {
      this.count();
      if (row === rest.length) {
        out.push({ rest: sorted(rest.map((count, i) => count - taken[i])), weight });
        return;
      }
      const least = Math.max(0, left - (room[row + 1] ?? 0), rest[row] - later);
      for (let x = least; x <= Math.min(left, rest[row]); x++) spread(row + 1, left - x, [...taken, x], weight - this.logFactorial[x]);
    };
    spread(0, this.columns[stage], [], 0);
    return out;
  }

  private count(): void {
    if (++this.steps <= MOST_STEPS) return;
    throw new RadloomError({ code: 'table-too-large', what: 'The table has too many relatives for an exact test.', fix: 'Use the chi-squared test, or join rare categories.' });
  }
}

function join(paths: Map<string, { rest: readonly number[]; weights: Map<number, { log: number; count: number }> }>, key: string, rest: readonly number[], log: number, count: number): void {
  const state = paths.get(key) ?? { rest, weights: new Map<number, { log: number; count: number }>() };
  paths.set(key, state);
  const bin = Math.round(log / SAME);
  const met = state.weights.get(bin);
  if (met === undefined) state.weights.set(bin, { log, count });
  else met.count += count;
}

import { RadloomError } from '@radloom/core';
import { brentRoot } from '../distributions/roots.js';
import { type Alternative } from './alternative.js';
import { type CountTable, margins } from './contingency.js';
import { exactTableP } from './fisher-table.js';

export interface FisherTest {
  readonly pValue: number;
  /** 2 × 2 only: the conditional maximum likelihood estimate, which is not the sample's (a d)/(b c), and its limits. */
  readonly oddsRatio?: { readonly estimate: number; readonly lower: number; readonly upper: number };
}

/** Tables as likely as the observed one count as such up to this factor. */
const LIKELIHOOD_SLACK = 1 + 1e-7;

/**
 * Fisher's exact test. 2 × 2: sums the probabilities of tables no likelier than the observed one, with the odds ratio; larger tables:
 * the same P (two-sided only).
 *
 * Odds ratio and limits are found to R's tolerance of about 1e-4; give `tolerance` for more.
 *
 * @throws `table-degenerate`; `table-too-large` when the exact P is out of reach
 */
export function fisherTest(table: CountTable, options: { alternative?: Alternative; level?: number; tolerance?: number } = {}): FisherTest {
  const { rows, columns, total } = margins(table);
  const { alternative = 'two-sided', level = 0.95, tolerance = Number.EPSILON ** 0.25 } = options;
  if (rows.length > 2 || columns.length > 2) {
    if (alternative !== 'two-sided') throw new RadloomError({ code: 'alternative-undefined', what: `A ${rows.length} × ${columns.length} table has no direction; use the two-sided test.` });
    return { pValue: exactTableP(table) };
  }
  const x = table[0][0];
  const counts = new ConditionalCounts(columns[0], total - columns[0], rows[0]);
  return { pValue: counts.pValue(x, alternative), oddsRatio: { estimate: counts.mostLikely(x, tolerance), ...counts.limits(x, alternative, level, tolerance) } };
}

/** The first cell given all margins: noncentral hypergeometric in the odds ratio. */
class ConditionalCounts {
  readonly low: number;
  readonly high: number;
  /** log probability of low..high at odds ratio 1, up to a constant. */
  private readonly logWeights: Float64Array;

  constructor(firstColumn: number, secondColumn: number, firstRow: number) {
    this.low = Math.max(0, firstRow - secondColumn);
    this.high = Math.min(firstRow, firstColumn);
    this.logWeights = new Float64Array(this.high - this.low + 1);
    for (let i = 1; i < this.logWeights.length; i++) {
      const k = this.low + i;
      this.logWeights[i] = this.logWeights[i - 1] + Math.log(((firstColumn - k + 1) * (firstRow - k + 1)) / (k * (secondColumn - firstRow + k)));
    }
  }

  private probabilities(odds: number): Float64Array {
    const logs = this.logWeights.map((weight, i) => weight + Math.log(odds) * (this.low + i));
    const largest = logs.reduce((a, b) => Math.max(a, b), -Infinity);
    const values = logs.map((value) => Math.exp(value - largest));
    const sum = values.reduce((a, b) => a + b, 0);
    return values.map((value) => value / sum);
  }

  private tail(x: number, odds: number, upper: boolean): number {
    if (odds === 0) return (upper ? x <= this.low : x >= this.low) ? 1 : 0;
    return this.probabilities(odds).reduce((sum, p, i) => ((upper ? this.low + i >= x : this.low + i <= x) ? sum + p : sum), 0);
  }

  private mean(odds: number): number {
    if (odds === 0) return this.low;
    return this.probabilities(odds).reduce((sum, p, i) => sum + p * (this.low + i), 0);
  }

  pValue(x: number, alternative: Alternative): number {
    if (alternative !== 'two-sided') return Math.min(1, this.tail(x, 1, alternative === 'greater'));
    const all = this.probabilities(1);
    const most = all[x - this.low] * LIKELIHOOD_SLACK;
    return Math.min(1, all.reduce((sum, p) => (p <= most ? sum + p : sum), 0));
  }

  mostLikely(x: number, tolerance: number): number {
    if (x === this.low) return 0;
    if (x === this.high) return Infinity;
    return solveOdds((odds) => this.mean(odds) - x, tolerance);
  }

  limits(x: number, alternative: Alternative, level: number, tolerance: number): { lower: number; upper: number } {
    const tail = alternative === 'two-sided' ? (1 - level) / 2 : 1 - level;
    const lower = () => (x === this.low ? 0 : solveOdds((odds) => this.tail(x, odds, true) - tail, tolerance));
    const upper = () => (x === this.high ? Infinity : solveOdds((odds) => tail - this.tail(x, odds, false), tolerance));
    return { lower: alternative === 'less' ? 0 : lower(), upper: alternative === 'greater' ? Infinity : upper() };
  }
}

/** The odds ratio where a rising function is 0: sought in (0, 1), or as the inverse of a number there. */
function solveOdds(rising: (odds: number) => number, tolerance: number): number {
  const atOne = rising(1);
  if (atOne === 0) return 1;
  if (atOne > 0) return brentRoot(rising, 0, 1, { tolerance });
  return 1 / brentRoot((inverse) => rising(1 / inverse), Number.EPSILON, 1, { tolerance });
}

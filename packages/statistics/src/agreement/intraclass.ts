import { fDistribution } from '../distributions/f.js';
import { type MeanSquares, meanSquares } from './mean-squares.js';

/** Which intraclass correlation is meant (McGraw & Wong 1996). */
export interface IccForm {
  /** `one-way`: raters differ from subject to subject; `two-way`: the same raters for all. */
  readonly model: 'one-way' | 'two-way';
  /** Two-way only. `agreement`: a rater's constant offset counts as error; `consistency`: it does not. */
  readonly type?: 'agreement' | 'consistency';
  /** Reliability of one rating, or of the mean of all. */
  readonly unit?: 'single' | 'average';
}

export interface IntraclassCorrelation {
  /** Shrout & Fleiss's name: `ICC(2,1)`. */
  readonly name: string;
  readonly icc: number;
  readonly lower: number;
  readonly upper: number;
  /** F test of no correlation. */
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly pValue: number;
}

export interface IccOptions {
  readonly level?: number;
  /**
   * Two-way agreement only. `mcgraw-wong` (irr): the limits of the mean's reliability have degrees of freedom of their own, and the F
   * test has Satterthwaite's; `shrout-fleiss` (psych): the mean's limits are those of one rating stepped up, the F test has (n−1)(k−1).
   */
  readonly convention?: 'mcgraw-wong' | 'shrout-fleiss';
}

/**
 * An intraclass correlation with its limits. NaN when nothing varies; where raters agree to the last digit both limits are 1, too.
 *
 * @param ratings one array per rater, each with a value per subject in the same order
 * @throws `ratings-shape`, `value-missing`
 */
export function intraclassCorrelation(ratings: readonly ArrayLike<number>[], form: IccForm, options: IccOptions = {}): IntraclassCorrelation {
  const squares = meanSquares(ratings);
  const { model, type = 'agreement', unit = 'single' } = form;
  const { level = 0.95, convention = 'mcgraw-wong' } = options;
  const name = `ICC(${model === 'one-way' ? 1 : type === 'agreement' ? 2 : 3},${unit === 'single' ? 1 : 'k'})`;
  const tail = (1 - level) / 2;
  if (model === 'two-way' && type === 'agreement') return { name, ...agreement(squares, unit, tail, convention) };
  const { subjects: n, raters: k, between } = squares;
  const [error, df2] = model === 'one-way' ? [squares.within, n * (k - 1)] : [squares.residual, (n - 1) * (k - 1)];
  return { name, ...ratio(between, error, n - 1, df2, unit === 'single' ? k : 1, tail) };
}

/** All forms that are a function of one F ratio: (F − 1)/(F + k − 1) for one rating, (F − 1)/F for the mean (k = 1 here). */
function ratio(between: number, error: number, df1: number, df2: number, k: number, tail: number): Omit<IntraclassCorrelation, 'name'> {
  const f = between / error;
  const form = (value: number) => (value === Infinity ? 1 : (value - 1) / (value + k - 1));
  const icc = (between - error) / (between + (k - 1) * error);
  return {
    icc, lower: form(f / fDistribution.upperQuantile(tail, df1, df2)), upper: form(f * fDistribution.upperQuantile(tail, df2, df1)),
    f, df1, df2, pValue: fDistribution.upper(f, df1, df2),
  };
}

/** Two-way agreement: the error is a mix of two mean squares, so its degrees of freedom are Satterthwaite's. */
function agreement(squares: MeanSquares, unit: 'single' | 'average', tail: number, convention: 'mcgraw-wong' | 'shrout-fleiss'): Omit<IntraclassCorrelation, 'name'> {
  const { subjects: n, raters: k, between, rater, residual } = squares;
  const single = (between - residual) / (between + (k - 1) * residual + (k / n) * (rater - residual));
  const average = (between - residual) / (between + (rater - residual) / n);
  const icc = unit === 'single' ? single : average;
  const f = between / residual;
  if (icc === 1) return { icc, lower: 1, upper: 1, f, df1: n - 1, df2: (n - 1) * (k - 1), pValue: fDistribution.upper(f, n - 1, (n - 1) * (k - 1)) };
  const own = satterthwaite(squares, convention === 'shrout-fleiss' ? single : icc);
  const df2 = convention === 'shrout-fleiss' ? (n - 1) * (k - 1) : own;
  const fl = fDistribution.upperQuantile(tail, n - 1, own);
  const fu = fDistribution.upperQuantile(tail, own, n - 1);
  const direct = unit === 'average' && convention === 'mcgraw-wong';
  const noise = direct ? rater - residual : k * rater + (k * n - k - n) * residual;
  const lower = (n * (between - fl * residual)) / (fl * noise + n * between);
  const upper = (n * (fu * between - residual)) / (noise + n * fu * between);
  const steppedUp = (value: number) => (unit === 'average' && !direct ? (value * k) / (1 + value * (k - 1)) : value);
  return { icc, lower: steppedUp(lower), upper: steppedUp(upper), f, df1: n - 1, df2, pValue: fDistribution.upper(f, n - 1, df2) };
}

function satterthwaite({ subjects: n, raters: k, rater, residual }: MeanSquares, icc: number): number {
  const a = (k * icc) / (n * (1 - icc));
  const b = 1 + (k * icc * (n - 1)) / (n * (1 - icc));
  return (a * rater + b * residual) ** 2 / ((a * rater) ** 2 / (k - 1) + (b * residual) ** 2 / ((n - 1) * (k - 1)));
}

import { RadloomError } from '@radloom/core';

/** Mean squares of subjects × raters. */
export interface MeanSquares {
  readonly subjects: number;
  readonly raters: number;
  /** Between subjects, df = n − 1. */
  readonly between: number;
  /** Within subjects, df = n (k − 1). */
  readonly within: number;
  /** Between raters, df = k − 1. */
  readonly rater: number;
  /** What subjects and raters leave over, df = (n − 1)(k − 1). */
  readonly residual: number;
}

/**
 * Analysis of variance of ratings.
 *
 * @param ratings one array per rater, each with a value per subject in the same order
 * @throws `ratings-shape` for fewer than two raters or subjects, or unequal lengths; `value-missing`
 */
export function meanSquares(ratings: readonly ArrayLike<number>[]): MeanSquares {
  const k = ratings.length;
  const n = ratings[0]?.length ?? 0;
  if (k < 2 || n < 2 || ratings.some((values) => values.length !== n)) {
    throw new RadloomError({ code: 'ratings-shape', what: 'Agreement needs at least two raters who rated the same two or more subjects.' });
  }
  const origin = ratings[0][0]; // far from 0 the means would lose the digits in which raters differ
  const subjectMeans = new Float64Array(n);
  const raterMeans = new Float64Array(k);
  ratings.forEach((values, j) => {
    for (let i = 0; i < n; i++) {
      if (!Number.isFinite(values[i])) throw new RadloomError({ code: 'value-missing', what: `Rater ${j + 1} has no value for subject ${i + 1}.`, fix: 'Leave the subject out, for every rater.', data: { rater: j, subject: i } });
      subjectMeans[i] += (values[i] - origin) / k;
      raterMeans[j] += (values[i] - origin) / n;
    }
  });
  const grand = raterMeans.reduce((sum, value) => sum + value, 0) / k;
  const between = k * subjectMeans.reduce((sum, value) => sum + (value - grand) ** 2, 0);
  const rater = n * raterMeans.reduce((sum, value) => sum + (value - grand) ** 2, 0);
  let within = 0;
  let residual = 0;
  ratings.forEach((values, j) => {
    for (let i = 0; i < n; i++) {
      const value = values[i] - origin;
      within += (value - subjectMeans[i]) ** 2;
      residual += (value - subjectMeans[i] - raterMeans[j] + grand) ** 2;
    }
  });
  return { subjects: n, raters: k, between: between / (n - 1), within: within / (n * (k - 1)), rater: rater / (k - 1), residual: residual / ((n - 1) * (k - 1)) };
}

import { RadloomError } from '@radloom/core';

/**
 * Ranks from 1, ties sharing their mean rank.
 *
 * @throws `value-missing` when a value is not a number
 */
export function midranks(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(values[i])) throw new RadloomError({ code: 'value-missing', what: `Value ${i + 1} of ${n} is missing: it has no rank.`, fix: 'Leave missing values out, or impute them on training rows.', data: { index: i } });
  }
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const ranks = new Float64Array(n);
  for (let start = 0; start < n; ) {
    let end = start;
    while (end < n && values[order[end]] === values[order[start]]) end++;
    const rank = (start + end + 1) / 2;
    for (let i = start; i < end; i++) ranks[order[i]] = rank;
    start = end;
  }
  return ranks;
}

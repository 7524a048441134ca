/** How to allow for many tests: family-wise (`holm`, `hochberg`, `bonferroni`) or by false discovery rate (`BH`, `BY`). */
export type Adjustment = 'holm' | 'hochberg' | 'bonferroni' | 'BH' | 'BY';

/**
 * P values adjusted for their number, in the order given; NaN stays NaN and does not count.
 */
export function adjustPValues(pValues: ArrayLike<number>, method: Adjustment): Float64Array {
  const out = Float64Array.from(pValues);
  const places = Array.from(out.keys()).filter((i) => !Number.isNaN(out[i]));
  const n = places.length;
  const rising = method === 'holm';
  const order = places.toSorted((i, j) => (rising ? out[i] - out[j] : out[j] - out[i]));
  const harmonic = method === 'BY' ? order.reduce((sum, _, i) => sum + 1 / (i + 1), 0) : 1;
  const factor = (place: number) => {
    if (method === 'bonferroni') return n;
    if (method === 'holm') return n - place;
    return method === 'hochberg' ? place + 1 : (harmonic * n) / (n - place); // place counted from the largest P
  };
  let running = rising ? 0 : 1;
  order.forEach((at, place) => {
    const scaled = factor(place) * pValues[at];
    if (method !== 'bonferroni') running = rising ? Math.max(running, scaled) : Math.min(running, scaled);
    out[at] = Math.min(1, method === 'bonferroni' ? scaled : running);
  });
  return out;
}

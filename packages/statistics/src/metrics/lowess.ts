/** A smoothed scatter: x ascending, y the fitted values. */
export interface Smooth {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Cleveland's (1979) lowess without robustness iterations: local lines with tricube weights over the nearest share `span` of the points,
 * at points further apart than `skip` of the range, straight lines between them (R's lowess with iter = 0).
 */
export function lowess(x: ArrayLike<number>, y: ArrayLike<number>, span = 2 / 3, skip = 0.01): Smooth {
  const n = x.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => x[i] - x[j]);
  const xs = Float64Array.from(order, (i) => x[i]);
  const ys = Float64Array.from(order, (i) => y[i]);
  const fitted = new Float64Array(n);
  if (n < 2) return { x: xs, y: ys };
  const near = Math.max(2, Math.min(n, Math.floor(span * n + 1e-7)));
  const delta = skip * (xs[n - 1] - xs[0]);
  let left = 0;
  let last = -1;
  for (let i = 0; ; ) {
    while (left + near < n && xs[i] - xs[left] > xs[left + near] - xs[i]) left++;
    fitted[i] = localLine(xs, ys, xs[i], left, left + near - 1) ?? ys[i];
    for (let j = last + 1; j < i; j++) {
      const share = (xs[j] - xs[last]) / (xs[i] - xs[last]);
      fitted[j] = share * fitted[i] + (1 - share) * fitted[last];
    }
    last = i;
    const limit = xs[last] + delta;
    for (i = last + 1; i < n && xs[i] <= limit; i++) {
      if (xs[i] !== xs[last]) continue;
      fitted[i] = fitted[last];
      last = i;
    }
    i = Math.max(last + 1, i - 1);
    if (last >= n - 1) return { x: xs, y: fitted };
  }
}

/** The value at `at` of a weighted line through points left..right and ties beyond; undefined when no point has weight. */
function localLine(x: Float64Array, y: Float64Array, at: number, left: number, right: number): number | undefined {
  const n = x.length;
  const range = x[n - 1] - x[0];
  const reach = Math.max(at - x[left], x[right] - at);
  const weight = new Float64Array(n);
  let total = 0;
  let end = left;
  for (; end < n; end++) {
    const distance = Math.abs(x[end] - at);
    if (distance <= 0.999 * reach) {
      weight[end] = distance <= 0.001 * reach ? 1 : (1 - (distance / reach) ** 3) ** 3;
      total += weight[end];
    } else if (x[end] > at) break;
  }
  if (total <= 0) return undefined;
  let centre = 0;
  for (let j = left; j < end; j++) centre += (weight[j] / total) * x[j];
  let square = 0;
  for (let j = left; j < end; j++) square += (weight[j] / total) * (x[j] - centre) ** 2;
  const sloped = reach > 0 && Math.sqrt(square) > 0.001 * range; // otherwise the points are too close for a slope
  const tilt = sloped ? (at - centre) / square : 0;
  let value = 0;
  for (let j = left; j < end; j++) value += (weight[j] / total) * (1 + tilt * (x[j] - centre)) * y[j];
  return value;
}

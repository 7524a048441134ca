/**
 * An interpolating cubic spline; at each end the third derivative is that of the cubic through the four outermost points
 * (Forsythe, Malcolm & Moler 1977).
 *
 * @param x ascending, at least two
 * @returns the spline as a function; outside the points, the outermost cubic
 */
export function cubicSpline(x: readonly number[], y: readonly number[]): (at: number) => number {
  const n = x.length;
  const b = new Float64Array(n);
  const c = new Float64Array(n);
  const d = new Float64Array(n);
  if (n < 3) b.fill((y[1] - y[0]) / (x[1] - x[0]));
  else coefficients(x, y, b, c, d);
  return (at) => {
    let low = 0;
    let high = n - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (x[middle] > at) high = middle;
      else low = middle;
    }
    if (at >= x[n - 1]) low = n - 1;
    const h = at - x[low];
    return y[low] + h * (b[low] + h * (c[low] + h * d[low]));
  };
}

/** Slopes (b), half second (c) and sixth third derivatives (d) at each point, from the tridiagonal system of the second derivatives. */
function coefficients(x: readonly number[], y: readonly number[], b: Float64Array, c: Float64Array, d: Float64Array): void {
  const n = x.length;
  const last = n - 1;
  for (let i = 0; i < last; i++) d[i] = x[i + 1] - x[i];
  c[1] = (y[1] - y[0]) / d[0];
  for (let i = 1; i < last; i++) {
    b[i] = 2 * (d[i - 1] + d[i]);
    c[i + 1] = (y[i + 1] - y[i]) / d[i];
    c[i] = c[i + 1] - c[i];
  }
  b[0] = -d[0];
  b[last] = -d[last - 1];
  c[0] = 0;
  c[last] = 0;
  if (n > 3) {
    const first = c[2] / (x[3] - x[1]) - c[1] / (x[2] - x[0]);
    const final = c[last - 1] / (x[last] - x[last - 2]) - c[last - 2] / (x[last - 1] - x[last - 3]);
    c[0] = (first * d[0] * d[0]) / (x[3] - x[0]);
    c[last] = (-final * d[last - 1] * d[last - 1]) / (x[last] - x[last - 3]);
  }
  for (let i = 1; i < n; i++) {
    const t = d[i - 1] / b[i - 1];
    b[i] -= t * d[i - 1];
    c[i] -= t * c[i - 1];
  }
  c[last] /= b[last];
  for (let i = last - 1; i >= 0; i--) c[i] = (c[i] - d[i] * c[i + 1]) / b[i];
  const lastStep = d[last - 1];
  b[last] = (y[last] - y[last - 1]) / lastStep + lastStep * (c[last - 1] + 2 * c[last]);
  for (let i = 0; i < last; i++) {
    const h = d[i];
    b[i] = (y[i + 1] - y[i]) / h - h * (c[i + 1] + 2 * c[i]);
    d[i] = (c[i + 1] - c[i]) / h;
    c[i] *= 3;
  }
  c[last] *= 3;
  d[last] = d[last - 1];
}

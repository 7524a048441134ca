const INVERSE_ROOT_TWO_PI = 0.39894228040143267794;

/** e^(−x²/2) with the square split so that large |x| lose no digits. */
function halfSquareExponential(x: number): number {
  const coarse = Math.trunc(x * 16) / 16;
  return Math.exp(-0.5 * coarse * coarse) * Math.exp(-0.5 * (x - coarse) * (x + coarse));
}

/** P(0 < Z < x) / φ(x), x ≥ 0: x + x³/3 + x⁵/15 + … (Abramowitz & Stegun 26.2.11), all terms positive. */
function centralRatio(x: number): number {
  const xx = x * x;
  let term = x;
  let sum = x;
  for (let k = 3; term > 1e-17 * sum; k += 2) {
    term *= xx / k;
    sum += term;
  }
  return sum;
}

/** Mills' ratio P(Z > x) / φ(x), x ≥ 2: 1/(x+ 1/(x+ 2/(x+ …))) (Abramowitz & Stegun 26.2.14), from the inside out. */
function tailRatio(x: number): number {
  let value = x;
  for (let k = Math.ceil(12 + 480 / (x * x)); k >= 1; k--) value = x + k / value;
  return 1 / value;
}

function upper(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 40) return 0;
  if (x < -9) return 1;
  const size = Math.abs(x);
  const height = INVERSE_ROOT_TWO_PI * halfSquareExponential(size);
  if (size < 2) return 0.5 - Math.sign(x) * centralRatio(size) * height;
  const tail = tailRatio(size) * height;
  return x > 0 ? tail : 1 - tail;
}

function rational(numerator: readonly number[], denominator: readonly number[], r: number): number {
  let top = 0;
  let bottom = 0;
  for (let i = numerator.length - 1; i >= 0; i--) {
    top = top * r + numerator[i];
    bottom = bottom * r + denominator[i];
  }
  return top / bottom;
}

/** Coefficients of Wichura M. (1988) Algorithm AS 241, PPND16: centre, shoulder, far tail. */
const CENTRE = [
  [3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727],
  [1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061, 28729.085735721942674, 5226.495278852854561],
];
const SHOULDER = [
  [1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4],
  [1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459, 0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9],
];
const FAR = [
  [6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
  [1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15],
];

function quantile(p: number): number {
  if (Number.isNaN(p) || p < 0 || p > 1) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * rational(CENTRE[0], CENTRE[1], 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const size = r <= 5 ? rational(SHOULDER[0], SHOULDER[1], r - 1.6) : rational(FAR[0], FAR[1], r - 5);
  return q < 0 ? -size : size;
}

/** The standard normal distribution. */
export const normal = {
  density: (x: number): number => INVERSE_ROOT_TWO_PI * halfSquareExponential(x),
  /** P(Z ≤ x). */
  cdf: (x: number): number => upper(-x),
  /** P(Z > x), accurate in the far tail. */
  upper,
  /** x with P(Z ≤ x) = p. */
  quantile,
  /** x with P(Z > x) = p. */
  upperQuantile: (p: number): number => -quantile(p),
} as const;

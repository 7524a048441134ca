const INVERSE_ROOT_TWO_PI = 0.3989422804014327;

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
  [3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227],
  [1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943, 5226.495278852854],
];
const SHOULDER = [
  [1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414],
  [1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9],
];
const FAR = [
  [6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7],
  [1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15],
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

/*
 * Math.exp, Math.sin and Math.cos may differ in the last bit between engines and from the C library. A recursive filter's
 * coefficients feed back into every voxel, so they are computed here from power series in exact integers: rounded once, the same
 * everywhere. Slow (microseconds), and meant for a few dozen calls a volume.
 */

const bits = 240n;
const one = 1n << bits;

/** x in units of 2^-240, exact for |x| >= 2^-187. */
const fixed = (x: number): bigint => BigInt(x * 2 ** 240);

/** The nearest double; conversion from BigInt rounds half to even, and the division by a power of two is exact. */
const rounded = (x: bigint): number => Number(x) / 2 ** 240;

/** e^x for x down to -64, beyond which Math.exp serves. */
export function exp(x: number): number {
  if (Math.abs(x) > 64) return Math.exp(x);
  return rounded(series(fixed(x), one, (k) => k));
}

/** sin x for |x| up to 64, beyond which Math.sin serves. */
export function sin(x: number): number {
  if (Math.abs(x) > 64) return Math.sin(x);
  return rounded(series(negativeSquare(x), fixed(x), (k) => 2n * k * (2n * k + 1n)));
}

/** cos x for |x| up to 64, beyond which Math.cos serves. */
export function cos(x: number): number {
  if (Math.abs(x) > 64) return Math.cos(x);
  return rounded(series(negativeSquare(x), one, (k) => 2n * k * (2n * k - 1n)));
}

const negativeSquare = (x: number): bigint => -((fixed(x) * fixed(x)) >> bits);

/** first + first u/c(1) + first u^2/(c(1) c(2)) + ..., until terms vanish. */
function series(u: bigint, first: bigint, divisor: (k: bigint) => bigint): bigint {
  let sum = first;
  for (let term = first, k = 1n; ; k++) {
    term = (term * u) / (divisor(k) << bits); // truncates towards zero, so that small terms end
    if (term === 0n) return sum;
    sum += term;
  }
}

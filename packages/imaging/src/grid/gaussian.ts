/** Width of the Gaussian in voxels, and where it is cut off, in widths: what SimpleITK gives ITK's Gaussian interpolator. */
const sigma = 0.8;
const alpha = 4;

/** Most samples that the Gaussian weighs along an axis. */
export const gaussianTaps = 2 * Math.ceil(sigma * alpha) + 1;

/**
 * Weights of the samples around position x (in voxels): the Gaussian integrated over each sample's voxel, times 2.
 *
 * They do not sum to 1; who uses them divides by their sum. ITK `GaussianInterpolateImageFunction`.
 *
 * @param size voxels along the axis; samples beyond it are left out
 * @returns    number of taps written to `source` and `weight` from offset `at` on
 */
export function gaussianSupport(x: number, spacing: number, size: number, source: Int32Array, weight: Float64Array, at: number): number {
  const width = sigma * spacing;
  const cutOff = (width * alpha) / spacing;
  const scaling = 1 / ((Math.SQRT2 * width) / spacing);
  const begin = Math.max(0, Math.floor(x + 0.5 - cutOff));
  const end = Math.min(size, Math.ceil(x + 0.5 + cutOff));
  let t = (-0.5 - x + begin) * scaling;
  let before = errorFunction(t);
  for (let i = begin; i < end; i++) {
    t += scaling;
    const after = errorFunction(t);
    source[at + i - begin] = i;
    weight[at + i - begin] = after - before;
    before = after;
  }
  return end - begin;
}

/** Whether x is so near to where a sample enters or leaves the cut-off that rounding decides: the value jumps there by some 1e-4. */
export function gaussianJumps(x: number): boolean {
  return [x + 0.5 - sigma * alpha, x + 0.5 + sigma * alpha].some((edge) => Math.abs(edge - Math.round(edge)) < 1e-9);
}

/**
 * The error function, as VNL approximates it and ITK's Gaussian interpolator uses it: the incomplete gamma function P(1/2, x²) by
 * series or continued fraction, stopped at a relative change of 3e-7. A better one would give other values than ITK's in the
 * seventh digit.
 */
function errorFunction(x: number): number {
  const p = incompleteGammaHalf(x * x);
  return x < 0 ? -p : p;
}

const stop = 3e-7;
const tiny = 1e-30;

/** ln Γ(1/2) as VNL's six-term Lanczos approximation gives it: 3e-11 off. */
const logGammaHalf = 0.572364942924847;

/** P(1/2, x) for x >= 0. */
function incompleteGammaHalf(x: number): number {
  if (x === 0) return 0;
  const a = 0.5;
  const front = Math.exp(-x + a * Math.log(x) - logGammaHalf);
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let i = 1; i <= 100; i++) {
      term *= x / (a + i);
      sum += term;
      if (Math.abs(term) < Math.abs(sum) * stop) break;
    }
    return sum * front;
  }
  // Lentz's algorithm: numerators i (a - i), denominators growing by 2.
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i <= 100; i++) {
    const numerator = i * (a - i);
    b += 2;
    d = numerator * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + numerator / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < stop) break;
  }
  return 1 - front * fraction;
}

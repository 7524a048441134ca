import type { SplineOrder } from './spline-coefficients.js';

/** Number of samples that a spline of this order weighs along an axis. */
export function splineTaps(order: SplineOrder): number {
  return order + 1;
}

/**
 * Weights of the samples around position x (in voxels), and which samples they are, mirrored at both ends.
 *
 * The support starts from x rounded to float32, as ITK has it: it differs from the exact one within 1e-7 of a voxel centre, where
 * both give the same value up to rounding.
 *
 * @param size voxels along the axis
 * @returns    number of taps written to `source` and `weight` from offset `at` on
 */
export function splineSupport(order: SplineOrder, x: number, size: number, source: Int32Array, weight: Float64Array, at: number): number {
  const half = order % 2 === 0 ? 0.5 : 0;
  const first = Math.floor(Math.fround(Math.fround(x) + half)) - (order >> 1);
  splineWeights(order, x - (first + (order >> 1)), weight, at);
  for (let t = 0; t <= order; t++) source[at + t] = mirrored(first + t, size);
  return order + 1;
}

/** Reflects an index at the first and the last voxel, without repeating them. */
function mirrored(index: number, size: number): number {
  if (size === 1) return 0;
  let i = index;
  while (i < 0 || i >= size) i = i < 0 ? -i : 2 * (size - 1) - i;
  return i;
}

/** Values of the B-spline at w - t, t counting taps from the middle one; the expressions round as ITK's do. */
function splineWeights(order: SplineOrder, w: number, out: Float64Array, at: number): void {
  if (order === 3) {
    const d = (1 / 6) * w * w * w;
    const a = 1 / 6 + 0.5 * w * (w - 1) - d;
    const c = w + a - 2 * d;
    out[at + 3] = d;
    out[at] = a;
    out[at + 2] = c;
    out[at + 1] = 1 - a - c - d;
  } else if (order === 1) {
    out[at + 1] = w;
    out[at] = 1 - w;
  } else if (order === 2) {
    const b = 0.75 - w * w;
    const c = 0.5 * (w - b + 1);
    out[at + 1] = b;
    out[at + 2] = c;
    out[at] = 1 - b - c;
  } else if (order === 4) {
    quarticWeights(w, out, at);
  } else {
    quinticWeights(w, out, at);
  }
}

function quarticWeights(w: number, out: Float64Array, at: number): void {
  const w2 = w * w;
  const t = (1 / 6) * w2;
  const edge = (0.5 - w) * (0.5 - w);
  const a = edge * ((1 / 24) * edge);
  const odd = w * (t - 11 / 24);
  const even = 19 / 96 + w2 * (0.25 - t);
  const e = a + odd + 0.5 * w;
  out[at] = a;
  out[at + 1] = even + odd;
  out[at + 3] = even - odd;
  out[at + 4] = e;
  out[at + 2] = 1 - a - out[at + 1] - out[at + 3] - e;
}

function quinticWeights(w: number, out: Float64Array, at: number): void {
  const w2 = w * w;
  const last = (1 / 120) * w * w2 * w2;
  const q = w2 - w;
  const q2 = q * q;
  const centred = w - 0.5;
  const t = q * (q - 3);
  out[at + 5] = last;
  out[at] = (1 / 24) * (1 / 5 + q + q2) - last;
  const inner = (1 / 24) * (q * (q - 5) + 46 / 5);
  const innerOdd = (-1 / 12) * centred * (t + 4);
  out[at + 2] = inner + innerOdd;
  out[at + 3] = inner - innerOdd;
  const outer = (1 / 16) * (9 / 5 - t);
  const outerOdd = (1 / 24) * centred * (q2 - q - 5);
  out[at + 1] = outer + outerOdd;
  out[at + 4] = outer - outerOdd;
}

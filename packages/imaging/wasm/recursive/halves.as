/** Bytes from one sample of the block's sixteen lines to the next. */
export const ROW: usize = 128;

/*
 * Four lines at a time, two in each vector: while one vector waits for its last result, the other is worked on. Sums run from left to
 * right, as the plain version's do.
 */

// @ts-ignore: decorator
@inline
function coefficient(coefficients: usize, index: usize): v128 {
  return v128.load64_splat(coefficients + (index << 3));
}

/** x1 a1 + x2 a2 + x3 a3 + x4 a4 - (y1 b1 + y2 b2 + y3 b3 + y4 b4) */
// @ts-ignore: decorator
@inline
function response(
  x1: v128, a1: v128, x2: v128, a2: v128, x3: v128, a3: v128, x4: v128, a4: v128, y1: v128, b1: v128, y2: v128, b2: v128, y3: v128, b3: v128, y4: v128, b4: v128,
): v128 {
  return f64x2.sub(sumOfProducts(x1, a1, x2, a2, x3, a3, x4, a4), sumOfProducts(y1, b1, y2, b2, y3, b3, y4, b4));
}

// @ts-ignore: decorator
@inline
function sumOfProducts(x1: v128, a1: v128, x2: v128, a2: v128, x3: v128, a3: v128, x4: v128, a4: v128): v128 {
  return f64x2.add(f64x2.add(f64x2.add(f64x2.mul(x1, a1), f64x2.mul(x2, a2)), f64x2.mul(x3, a3)), f64x2.mul(x4, a4));
}

/** The causal half, first sample to last. Before its start a line is as it starts, forever. */
export function causal(samples: usize, out: usize, length: i32, coefficients: usize): void {
  const n0 = coefficient(coefficients, 0), n1 = coefficient(coefficients, 1), n2 = coefficient(coefficients, 2), n3 = coefficient(coefficients, 3);
  const d1 = coefficient(coefficients, 8), d2 = coefficient(coefficients, 9), d3 = coefficient(coefficients, 10), d4 = coefficient(coefficients, 11);
  const b1 = coefficient(coefficients, 12), b2 = coefficient(coefficients, 13), b3 = coefficient(coefficients, 14), b4 = coefficient(coefficients, 15);
  // x, y: samples and results of the first pair of lines; p, q: of the second.
  const v = v128.load(samples);
  const w = v128.load(samples, 16);
  let x3 = v128.load(samples, ROW), x2 = v128.load(samples, 2 * ROW), x1 = v128.load(samples, 3 * ROW);
  let p3 = v128.load(samples, ROW + 16), p2 = v128.load(samples, 2 * ROW + 16), p1 = v128.load(samples, 3 * ROW + 16);
  let y4 = response(v, n0, v, n1, v, n2, v, n3, v, b1, v, b2, v, b3, v, b4);
  let y3 = response(x3, n0, v, n1, v, n2, v, n3, y4, d1, v, b2, v, b3, v, b4);
  let y2 = response(x2, n0, x3, n1, v, n2, v, n3, y3, d1, y4, d2, v, b3, v, b4);
  let y1 = response(x1, n0, x2, n1, x3, n2, v, n3, y2, d1, y3, d2, y4, d3, v, b4);
  let q4 = response(w, n0, w, n1, w, n2, w, n3, w, b1, w, b2, w, b3, w, b4);
  let q3 = response(p3, n0, w, n1, w, n2, w, n3, q4, d1, w, b2, w, b3, w, b4);
  let q2 = response(p2, n0, p3, n1, w, n2, w, n3, q3, d1, q4, d2, w, b3, w, b4);
  let q1 = response(p1, n0, p2, n1, p3, n2, w, n3, q2, d1, q3, d2, q4, d3, w, b4);
  storeFour(out, y4, q4, y3, q3, y2, q2, y1, q1);
  const end = samples + <usize>length * ROW;
  for (samples += 4 * ROW, out += 4 * ROW; samples < end; samples += ROW, out += ROW) {
    const x = v128.load(samples);
    const p = v128.load(samples, 16);
    const y = response(x, n0, x1, n1, x2, n2, x3, n3, y1, d1, y2, d2, y3, d3, y4, d4);
    const q = response(p, n0, p1, n1, p2, n2, p3, n3, q1, d1, q2, d2, q3, d3, q4, d4);
    v128.store(out, y);
    v128.store(out, q, 16);
    x3 = x2; x2 = x1; x1 = x; y4 = y3; y3 = y2; y2 = y1; y1 = y;
    p3 = p2; p2 = p1; p1 = p; q4 = q3; q3 = q2; q2 = q1; q1 = q;
  }
}

/** The anticausal half, last sample to first, added to what `out` holds. After its end a line is as it ends, forever. */
export function anticausal(samples: usize, out: usize, length: i32, coefficients: usize): void {
  const m1 = coefficient(coefficients, 4), m2 = coefficient(coefficients, 5), m3 = coefficient(coefficients, 6), m4 = coefficient(coefficients, 7);
  const d1 = coefficient(coefficients, 8), d2 = coefficient(coefficients, 9), d3 = coefficient(coefficients, 10), d4 = coefficient(coefficients, 11);
  const b1 = coefficient(coefficients, 16), b2 = coefficient(coefficients, 17), b3 = coefficient(coefficients, 18), b4 = coefficient(coefficients, 19);
  const first = samples;
  samples += <usize>(length - 4) * ROW;
  out += <usize>(length - 4) * ROW;
  let x1 = v128.load(samples), x2 = v128.load(samples, ROW), x3 = v128.load(samples, 2 * ROW), x4 = v128.load(samples, 3 * ROW);
  let p1 = v128.load(samples, 16), p2 = v128.load(samples, ROW + 16), p3 = v128.load(samples, 2 * ROW + 16), p4 = v128.load(samples, 3 * ROW + 16);
  let y4 = response(x4, m1, x4, m2, x4, m3, x4, m4, x4, b1, x4, b2, x4, b3, x4, b4);
  let y3 = response(x4, m1, x4, m2, x4, m3, x4, m4, y4, d1, x4, b2, x4, b3, x4, b4);
  let y2 = response(x3, m1, x4, m2, x4, m3, x4, m4, y3, d1, y4, d2, x4, b3, x4, b4);
  let y1 = response(x2, m1, x3, m2, x4, m3, x4, m4, y2, d1, y3, d2, y4, d3, x4, b4);
  let q4 = response(p4, m1, p4, m2, p4, m3, p4, m4, p4, b1, p4, b2, p4, b3, p4, b4);
  let q3 = response(p4, m1, p4, m2, p4, m3, p4, m4, q4, d1, p4, b2, p4, b3, p4, b4);
  let q2 = response(p3, m1, p4, m2, p4, m3, p4, m4, q3, d1, q4, d2, p4, b3, p4, b4);
  let q1 = response(p2, m1, p3, m2, p4, m3, p4, m4, q2, d1, q3, d2, q4, d3, p4, b4);
  addFour(out, y1, q1, y2, q2, y3, q3, y4, q4);
  while (samples > first) {
    samples -= ROW;
    out -= ROW;
    const y = response(x1, m1, x2, m2, x3, m3, x4, m4, y1, d1, y2, d2, y3, d3, y4, d4);
    const q = response(p1, m1, p2, m2, p3, m3, p4, m4, q1, d1, q2, d2, q3, d3, q4, d4);
    add(out, y, q);
    x4 = x3; x3 = x2; x2 = x1; x1 = v128.load(samples); y4 = y3; y3 = y2; y2 = y1; y1 = y;
    p4 = p3; p3 = p2; p2 = p1; p1 = v128.load(samples, 16); q4 = q3; q3 = q2; q2 = q1; q1 = q;
  }
}

/** Results of four samples, in the order of memory. */
// @ts-ignore: decorator
@inline
function storeFour(out: usize, a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128): void {
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, ROW);
  v128.store(out, d, ROW + 16);
  v128.store(out, e, 2 * ROW);
  v128.store(out, f, 2 * ROW + 16);
  v128.store(out, g, 3 * ROW);
  v128.store(out, h, 3 * ROW + 16);
}

// @ts-ignore: decorator
@inline
function addFour(out: usize, a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128): void {
  add(out, a, b);
  add(out + ROW, c, d);
  add(out + 2 * ROW, e, f);
  add(out + 3 * ROW, g, h);
}

/** Forward plus backward, in this order. */
// @ts-ignore: decorator
@inline
function add(out: usize, a: v128, b: v128): void {
  v128.store(out, f64x2.add(v128.load(out), a));
  v128.store(out, f64x2.add(v128.load(out, 16), b), 16);
}

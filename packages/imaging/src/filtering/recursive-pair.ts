import type { RecursiveFilter } from './recursive-gaussian.js';

/*
 * Two lines at a time, x and p: entries `pair` and `pair + 1` are their first samples, the next follow `stride` further on. Each
 * output needs the one before it: with two independent chains the processor works on one while it waits for the other. Plain locals
 * throughout: destructuring in these functions was measured at twice the cost of the sums.
 */

/** The causal half, first sample to last. */
export function causalPair(samples: Float64Array, out: Float64Array, pair: number, stride: number, length: number, filter: RecursiveFilter): void {
  startCausal(samples, out, pair, stride, filter);
  startCausal(samples, out, pair + 1, stride, filter);
  const n0 = filter.n[0];
  const n1 = filter.n[1];
  const n2 = filter.n[2];
  const n3 = filter.n[3];
  const d1 = filter.d[0];
  const d2 = filter.d[1];
  const d3 = filter.d[2];
  const d4 = filter.d[3];
  let x1 = samples[pair + 3 * stride];
  let x2 = samples[pair + 2 * stride];
  let x3 = samples[pair + stride];
  let p1 = samples[pair + 1 + 3 * stride];
  let p2 = samples[pair + 1 + 2 * stride];
  let p3 = samples[pair + 1 + stride];
  let y1 = out[pair + 3 * stride];
  let y2 = out[pair + 2 * stride];
  let y3 = out[pair + stride];
  let y4 = out[pair];
  let q1 = out[pair + 1 + 3 * stride];
  let q2 = out[pair + 1 + 2 * stride];
  let q3 = out[pair + 1 + stride];
  let q4 = out[pair + 1];
  const end = pair + length * stride;
  for (let i = pair + 4 * stride; i < end; i += stride) {
    const x = samples[i];
    const p = samples[i + 1];
    const y = x * n0 + x1 * n1 + x2 * n2 + x3 * n3 - (y1 * d1 + y2 * d2 + y3 * d3 + y4 * d4);
    const q = p * n0 + p1 * n1 + p2 * n2 + p3 * n3 - (q1 * d1 + q2 * d2 + q3 * d3 + q4 * d4);
    out[i] = y;
    out[i + 1] = q;
    x3 = x2;
    x2 = x1;
    x1 = x;
    y4 = y3;
    y3 = y2;
    y2 = y1;
    y1 = y;
    p3 = p2;
    p2 = p1;
    p1 = p;
    q4 = q3;
    q3 = q2;
    q2 = q1;
    q1 = q;
  }
}

/** The anticausal half, last sample to first. */
export function anticausalPair(samples: Float64Array, out: Float64Array, pair: number, stride: number, length: number, filter: RecursiveFilter): void {
  const last = pair + (length - 1) * stride;
  startAnticausal(samples, out, last, stride, filter);
  startAnticausal(samples, out, last + 1, stride, filter);
  const m1 = filter.m[0];
  const m2 = filter.m[1];
  const m3 = filter.m[2];
  const m4 = filter.m[3];
  const d1 = filter.d[0];
  const d2 = filter.d[1];
  const d3 = filter.d[2];
  const d4 = filter.d[3];
  let x1 = samples[last - 3 * stride];
  let x2 = samples[last - 2 * stride];
  let x3 = samples[last - stride];
  let x4 = samples[last];
  let p1 = samples[last + 1 - 3 * stride];
  let p2 = samples[last + 1 - 2 * stride];
  let p3 = samples[last + 1 - stride];
  let p4 = samples[last + 1];
  let y1 = out[last - 3 * stride];
  let y2 = out[last - 2 * stride];
  let y3 = out[last - stride];
  let y4 = out[last];
  let q1 = out[last + 1 - 3 * stride];
  let q2 = out[last + 1 - 2 * stride];
  let q3 = out[last + 1 - stride];
  let q4 = out[last + 1];
  for (let i = last - 4 * stride; i >= pair; i -= stride) {
    const y = x1 * m1 + x2 * m2 + x3 * m3 + x4 * m4 - (y1 * d1 + y2 * d2 + y3 * d3 + y4 * d4);
    const q = p1 * m1 + p2 * m2 + p3 * m3 + p4 * m4 - (q1 * d1 + q2 * d2 + q3 * d3 + q4 * d4);
    out[i] = y;
    out[i + 1] = q;
    x4 = x3;
    x3 = x2;
    x2 = x1;
    x1 = samples[i];
    y4 = y3;
    y3 = y2;
    y2 = y1;
    y1 = y;
    p4 = p3;
    p3 = p2;
    p2 = p1;
    p1 = samples[i + 1];
    q4 = q3;
    q3 = q2;
    q2 = q1;
    q1 = q;
  }
}

/** Samples 0..3 of the line that starts at entry w; before them the line is as it starts, forever. */
function startCausal(samples: Float64Array, out: Float64Array, w: number, stride: number, { n, d, bn }: RecursiveFilter): void {
  const v = samples[w];
  const a1 = samples[w + stride];
  const a2 = samples[w + 2 * stride];
  const a3 = samples[w + 3 * stride];
  const y0 = v * n[0] + v * n[1] + v * n[2] + v * n[3] - (v * bn[0] + v * bn[1] + v * bn[2] + v * bn[3]);
  const y1 = a1 * n[0] + v * n[1] + v * n[2] + v * n[3] - (y0 * d[0] + v * bn[1] + v * bn[2] + v * bn[3]);
  const y2 = a2 * n[0] + a1 * n[1] + v * n[2] + v * n[3] - (y1 * d[0] + y0 * d[1] + v * bn[2] + v * bn[3]);
  out[w] = y0;
  out[w + stride] = y1;
  out[w + 2 * stride] = y2;
  out[w + 3 * stride] = a3 * n[0] + a2 * n[1] + a1 * n[2] + v * n[3] - (y2 * d[0] + y1 * d[1] + y0 * d[2] + v * bn[3]);
}

/** The last four samples of the line that ends at entry w; after them the line is as it ends, forever. */
function startAnticausal(samples: Float64Array, out: Float64Array, w: number, stride: number, { m, d, bm }: RecursiveFilter): void {
  const v = samples[w];
  const a1 = samples[w - stride];
  const a2 = samples[w - 2 * stride];
  const y0 = v * m[0] + v * m[1] + v * m[2] + v * m[3] - (v * bm[0] + v * bm[1] + v * bm[2] + v * bm[3]);
  const y1 = v * m[0] + v * m[1] + v * m[2] + v * m[3] - (y0 * d[0] + v * bm[1] + v * bm[2] + v * bm[3]);
  const y2 = a1 * m[0] + v * m[1] + v * m[2] + v * m[3] - (y1 * d[0] + y0 * d[1] + v * bm[2] + v * bm[3]);
  out[w] = y0;
  out[w - stride] = y1;
  out[w - 2 * stride] = y2;
  out[w - 3 * stride] = a2 * m[0] + a1 * m[1] + v * m[2] + v * m[3] - (y2 * d[0] + y1 * d[1] + y0 * d[2] + v * bm[3]);
}

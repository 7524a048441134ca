/** What a filter of correlated pairs needs, without the matrix: mean absolute correlation per column, and the pairs above a threshold. */
export interface CorrelatedPairs {
  /** Mean |r| of each column with all columns, itself included. */
  readonly mean: Float64Array;
  /** Pairs (first < second) with |r| above the threshold, second ascending, then first. */
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** Columns handled together, so that a block of them stays in the processor's cache. */
const block = 64;

/**
 * Correlations of every two columns, pair by pair, without keeping them.
 *
 * @param x         p columns of n rows, column by column; a missing value is NaN
 * @param threshold pairs with |r| above it are returned
 */
export function correlatedPairs(x: Float64Array, n: number, p: number, threshold: number): CorrelatedPairs {
  const complete = Uint8Array.from({ length: p }, (_, c) => Number(!x.subarray(c * n, (c + 1) * n).some(Number.isNaN)));
  const unit = new Float64Array(x.length);
  for (let c = 0; c < p; c++) if (complete[c] === 1) unit.set(standardised(x.subarray(c * n, (c + 1) * n)), c * n);
  const sum = new Float64Array(p).fill(1);
  const found: { first: number; second: number }[] = [];
  const take = (a: number, b: number, r: number): void => {
    const size = Math.abs(r);
    sum[a] += size;
    sum[b] += size;
    if (size > threshold) found.push({ first: a, second: b });
  };
  for (let start = 0; start < p; start += block) {
    const end = Math.min(p, start + block);
    for (let b = start + 1; b < p; b++) {
      for (let a = start; a < Math.min(end, b); a++) {
        if (complete[a] === 1 && complete[b] === 1) take(a, b, dot(unit, a * n, b * n, n));
        else take(a, b, pairwise(x, a * n, b * n, n));
      }
    }
  }
  found.sort((u, v) => u.second - v.second || u.first - v.first);
  return { mean: sum.map((total) => total / p), first: Int32Array.from(found, (pair) => pair.first), second: Int32Array.from(found, (pair) => pair.second) };
}

/** (x - mean) over its Euclidean length; zeros for a constant column. */
function standardised(values: Float64Array): Float64Array {
  let mean = 0;
  for (const value of values) mean += value;
  mean /= values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const length = Math.sqrt(squares);
  return values.map((value) => (length > 0 ? (value - mean) / length : 0));
}

function dot(x: Float64Array, a: number, b: number, n: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += x[a + i] * x[b + i];
    s1 += x[a + i + 1] * x[b + i + 1];
    s2 += x[a + i + 2] * x[b + i + 2];
    s3 += x[a + i + 3] * x[b + i + 3];
  }
  for (; i < n; i++) s0 += x[a + i] * x[b + i];
  return s0 + s1 + (s2 + s3);
}

/** Correlation over the rows in which neither is missing; 0 when it is not defined. */
function pairwise(x: Float64Array, a: number, b: number, n: number): number {
  let [count, meanA, meanB] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(x[a + i]) || Number.isNaN(x[b + i])) continue;
    count++;
    meanA += x[a + i];
    meanB += x[b + i];
  }
  meanA /= count;
  meanB /= count;
  let [aa, bb, ab] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const u = x[a + i] - meanA;
    const v = x[b + i] - meanB;
    if (Number.isNaN(u) || Number.isNaN(v)) continue;
    aa += u * u;
    bb += v * v;
    ab += u * v;
  }
  const r = ab / Math.sqrt(aa * bb);
  return Number.isFinite(r) ? r : 0;
}

import { midranks } from '../roc/midranks.js';

/** A column ready for correlation. */
export interface PreparedColumn {
  /** Deviations from the mean, scaled to length 1; absent when values are missing or do not vary. */
  readonly direction: Float64Array | undefined;
  readonly missing: boolean;
  /** Fewer than two different values that are not missing. */
  readonly constant: boolean;
}

export type CorrelationMethod = 'pearson' | 'spearman';

export function prepareColumn(values: Float64Array, method: CorrelationMethod): PreparedColumn {
  const missing = values.some(Number.isNaN);
  const known = missing ? values.filter((value) => !Number.isNaN(value)) : values;
  const constant = known.every((value) => value === known[0]);
  const direction = missing || constant ? undefined : unitDeviations(method === 'spearman' ? midranks(values) : values);
  return { direction, missing, constant };
}

/** (x − mean) / √Σ(x − mean)². The mean is corrected once, which makes it exact to rounding. */
export function unitDeviations(x: Float64Array): Float64Array {
  const n = x.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += x[i];
  mean /= n;
  let rest = 0;
  for (let i = 0; i < n; i++) rest += x[i] - mean;
  mean += rest / n;
  const out = new Float64Array(n);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    out[i] = x[i] - mean;
    largest = Math.max(largest, Math.abs(out[i]));
  }
  let square = 0;
  for (let i = 0; i < n; i++) {
    out[i] /= largest; // keeps the square in range
    square += out[i] * out[i];
  }
  const length = Math.sqrt(square);
  for (let i = 0; i < n; i++) out[i] /= length;
  return out;
}

/** Correlation over the rows that both columns have; NaN when fewer than two are, or one of the columns does not vary over them. */
export function pairwiseCorrelation(x: Float64Array, y: Float64Array, method: CorrelationMethod): number {
  const both: number[] = [];
  for (let i = 0; i < x.length; i++) if (!Number.isNaN(x[i]) && !Number.isNaN(y[i])) both.push(i);
  const [a, b] = [x, y].map((column) => Float64Array.from(both, (i) => column[i]));
  const varies = (column: Float64Array) => column.some((value) => value !== column[0]);
  if (!varies(a) || !varies(b)) return NaN;
  const [u, v] = [a, b].map((column) => unitDeviations(method === 'spearman' ? midranks(column) : column));
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += u[i] * v[i];
  return Math.max(-1, Math.min(1, sum));
}

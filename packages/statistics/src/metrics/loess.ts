import { RadloomError } from '@radloom/core';
import { leastNormSolution } from './least-norm.js';

/** The fit at one vertex: what Hermite interpolation needs. */
interface Vertex {
  readonly at: number;
  readonly value: number;
  readonly slope: number;
}

/**
 * Local quadratic regression of one variable (Cleveland, Grosse & Shyu), values at the data or at other places.
 *
 * As R's loess with its defaults (degree 2, family gaussian, surface "interpolate"): the regression is solved at the vertices of a
 * k-d tree with at most span × 0.2 of the points a cell, and joined by cubic Hermite polynomials.
 *
 * @param at where to evaluate, default x; NaN outside the range of x, where nothing is known
 * @returns  values in the order of `at`
 * @throws `too-few-rows` when the span holds fewer than four points
 */
export function loess(x: ArrayLike<number>, y: ArrayLike<number>, span = 0.75, at: ArrayLike<number> = x): Float64Array {
  const n = x.length;
  const near = Math.min(n, Math.floor(n * span + 1e-5));
  if (near < 4) throw new RadloomError({ code: 'too-few-rows', what: `A local quadratic needs 4 points within its span; ${n} rows at span ${span} give ${near}.`, fix: 'Use a wider span or more rows.' });
  const ascending = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => x[i] - x[j]);
  const sorted = Float64Array.from(ascending, (i) => x[i]);
  const heights = Float64Array.from(ascending, (i) => y[i]);
  const vertices = vertexPositions(sorted, Math.floor(n * (span * 0.2))).map((place) => localQuadratic(sorted, heights, place, near, span));
  const [first, last] = [sorted[0], sorted[n - 1]];
  return Float64Array.from(at, (value) => (value < first || value > last ? NaN : hermite(vertices, value)));
}

/** The ends of a slightly widened range and the cuts of cells with more than `most` points, ascending. */
function vertexPositions(sorted: Float64Array, most: number): number[] {
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  const margin = 0.005 * Math.max(last - first, 1e-10 * Math.max(Math.abs(first), Math.abs(last)) + 1e-30);
  const cuts: number[] = [];
  const split = (from: number, to: number, low: number, high: number) => {
    if (to - from + 1 <= most) return;
    const middle = cutIndex(sorted, from, to);
    const at = sorted[middle];
    if (at === low || at === high) return;
    cuts.push(at);
    split(from, middle, low, at);
    split(middle + 1, to, at, high);
  };
  split(0, sorted.length - 1, first - margin, last + margin);
  return [first - margin, ...[...new Set(cuts)].sort((a, b) => a - b), last + margin];
}

/** The median's index, moved to the nearest place where neighbours differ, so that ties stay in one cell. */
function cutIndex(sorted: Float64Array, from: number, to: number): number {
  const middle = Math.floor((from + to + 2) / 2) - 1; // counted from 1, as the cell limits of the original are
  let offset = 0;
  while (middle + offset < to && middle + offset >= from) {
    if (sorted[middle + offset] !== sorted[middle + offset + 1]) return middle + offset;
    offset = -offset;
    if (offset >= 0) offset++;
  }
  return middle;
}

/** Value and slope at a point of the quadratic through its nearest points, tricube weights; x ascending. */
function localQuadratic(x: Float64Array, y: Float64Array, at: number, near: number, span: number): Vertex {
  const first = nearestWindow(x, at, near);
  const reach = Math.max((x[first] - at) ** 2, (x[first + near - 1] - at) ** 2) * Math.max(1, span);
  if (!(reach > 0)) return { at, value: y.subarray(first, first + near).reduce((sum, value) => sum + value, 0) / near, slope: 0 };
  const columns = [new Float64Array(near), new Float64Array(near), new Float64Array(near)];
  const right = new Float64Array(near);
  for (let i = 0; i < near; i++) {
    const step = x[first + i] - at;
    const weight = Math.sqrt((1 - Math.sqrt((step * step) / reach) ** 3) ** 3);
    columns[0][i] = weight;
    columns[1][i] = weight * step;
    columns[2][i] = weight * step * step;
    right[i] = weight * y[first + i];
  }
  const [value, slope] = leastNormSolution(columns, right);
  return { at, value, slope };
}

/** Where the run of the nearest points begins. Of points as far on either side it may take either: at the edge their weight is 0. */
function nearestWindow(x: Float64Array, at: number, near: number): number {
  let low = 0;
  let high = x.length - near;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at - x[middle] > x[middle + near] - at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function hermite(vertices: readonly Vertex[], at: number): number {
  let k = 1;
  while (k < vertices.length - 1 && at > vertices[k].at) k++;
  const [a, b] = [vertices[k - 1], vertices[k]];
  const width = b.at - a.at;
  const h = (at - a.at) / width;
  const g = 1 - h;
  return g * g * (1 + 2 * h) * a.value + h * h * (3 - 2 * h) * b.value + (h * g * g * a.slope - h * h * g * b.slope) * width;
}

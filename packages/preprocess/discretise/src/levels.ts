import { type Levels, RadloomError, type VoxelArray } from '@radloom/core';

export interface Binning {
  readonly binWidth: number;
  /** Wins over the width where given. */
  readonly binCount: number | null;
}

/** Highest number of grey levels that can be told apart and counted. */
const mostLevels = 2 ** 31 - 1;

/**
 * Grey levels of a ROI's intensities: 1 is the lowest bin; bins are closed below and open above.
 *
 * Numbers are those of PyRadiomics' `getBinEdges` with NumPy: a level is the number of edges not above the value, and edges are
 * rounded as `arange` and `linspace` round them.
 *
 * @param values intensities inside the ROI; at least one
 * @returns      levels in the smallest array class that holds them; `count` is the highest level that occurs
 * @throws `image-not-finite`, `bins-uncountable`
 */
export function levelsOf(values: VoxelArray, { binWidth, binCount }: Binning): Levels {
  const { minimum, maximum } = extremes(values);
  const edges = binCount === null ? edgesOfWidth(minimum, maximum, binWidth) : edgesOfCount(minimum, maximum, binCount, values instanceof Float32Array);
  if (!(edges.count <= mostLevels) || !(edges.step > 0)) {
    throw new RadloomError({
      code: 'bins-uncountable',
      what: `Intensities from ${minimum} to ${maximum} cannot be sorted into bins ${binCount === null ? `of width ${binWidth}` : `by a count of ${binCount}`}: there would be more grey levels than can be counted.`,
      fix: binCount === null ? 'Use a larger binWidth, in the units of this image, or a binCount.' : 'Use a smaller binCount.',
      data: { minimum, maximum, binWidth, binCount },
    });
  }
  const highest = levelAt(maximum, edges);
  const levels = highest <= 255 ? new Uint8Array(values.length) : highest <= 65535 ? new Uint16Array(values.length) : new Int32Array(values.length);
  // A table pays where edges are fewer than the values that look them up.
  if (edges.count <= values.length) levelsByTable(values, edges, levels);
  else for (let i = 0; i < values.length; i++) levels[i] = levelAt(values[i], edges);
  return { values: levels, count: highest };
}

/** `levelAt` of every value, none of them below the first edge, with the edges computed once. */
function levelsByTable(values: VoxelArray, { first, step, count, at }: Edges, levels: Uint8Array | Uint16Array | Int32Array): void {
  const edge = new Float64Array(count + 1).fill(Infinity);
  for (let i = 0; i < count; i++) edge[i] = at(i);
  const perStep = 1 / step;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    let level = Math.min(((x - first) * perStep + 1) | 0, count);
    while (edge[level] <= x) level++;
    while (level > 0 && edge[level - 1] > x) level--;
    levels[i] = level;
  }
}

/** Ascending bin edges: edge i at `at(i)`, i from 0 to count - 1. */
interface Edges {
  readonly count: number;
  readonly first: number;
  /** About the distance of two edges: where to look for a value's bin. */
  readonly step: number;
  at(i: number): number;
}

/** Multiples of the width from the one at or below the minimum to beyond the maximum: NumPy's `arange(low, maximum + 2 width, width)`. */
function edgesOfWidth(minimum: number, maximum: number, width: number): Edges {
  const rest = minimum % width;
  const first = minimum - (rest < 0 ? rest + width : rest);
  const second = first + width;
  const step = second - first;
  return { first, step, count: Math.ceil((maximum + 2 * width - first) / width), at: (i) => (i === 0 ? first : i === 1 ? second : first + i * step) };
}

/**
 * Edges from the minimum to the maximum, the last one raised by 1 so that the maximum falls into the last bin; a flat ROI gets edges
 * half a unit around its value. NumPy keeps the edges of a float32 image in float32.
 */
function edgesOfCount(minimum: number, maximum: number, count: number, single: boolean): Edges {
  const flat = minimum === maximum;
  const first = flat ? minimum - 0.5 : minimum;
  const last = flat ? maximum + 0.5 : maximum;
  const step = (last - first) / count;
  const round = single ? Math.fround : (x: number) => x;
  return { first, step, count: count + 1, at: (i) => (i < count ? round(i * step + first) : round(round(last) + 1)) };
}

/** Number of edges not above x. */
function levelAt(x: number, { first, step, count, at }: Edges): number {
  let level = Math.min(Math.max(Math.floor((x - first) / step) + 1, 0), count);
  while (level < count && at(level) <= x) level++;
  while (level > 0 && at(level - 1) > x) level--;
  return level;
}

function extremes(values: VoxelArray): { minimum: number; maximum: number } {
  let minimum = Infinity;
  let maximum = -Infinity;
  let bad = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    if (!Number.isFinite(value)) bad++;
  }
  if (bad === 0) return { minimum, maximum };
  throw new RadloomError({
    code: 'image-not-finite',
    what: `The image has no finite value (NaN or infinity) at ${bad} of the ROI's ${values.length} voxels.`,
    fix: 'Exclude these voxels from the segmentation; if a filter made them, leave out that filter.',
    data: { voxels: bad },
  });
}

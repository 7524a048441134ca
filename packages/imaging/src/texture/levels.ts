import { type Levels, RadloomError, type Region } from '@radloom/core';

/** Levels that fit a byte are their own rows; beyond that, rows number the levels that occur. */
const NARROW_LEVELS = 255;
/** The look-up from levels to rows may take this many entries. */
const MOST_LEVELS = 2 ** 22;

/**
 * Rows of the texture matrices: one per grey level that may occur.
 *
 * Up to 255 levels the row is the level itself; above, only levels that occur have a row, so nothing grows with the square (or even
 * the number) of levels that exist.
 */
export interface LevelRows {
  /** Per ROI voxel, ascending: its row, from 1. */
  readonly rows: Int32Array;
  /** Grey level of each row; `levels[0]` is 0, the outside. */
  readonly levels: Int32Array;
  /** ROI voxels in each row; entry 0 unused. */
  readonly population: Uint32Array;
}

/** The region's discretised grey levels. @throws `levels-missing` */
export function requireLevels(region: Region): Levels {
  if (region.levels !== undefined) return region.levels;
  throw new RadloomError({
    code: 'levels-missing',
    what: 'This feature family counts grey levels, and the region has none.',
    fix: 'Discretise the image first: give the region a bin width or a bin count.',
  });
}

/** The rows of a region's levels; once a region. */
export function levelRows(region: Region): LevelRows {
  return region.once('texture-rows', () => {
    const levels = requireLevels(region);
    if (levels.count > MOST_LEVELS) {
      throw new RadloomError({
        code: 'too-many-levels',
        what: `The region has grey levels up to ${levels.count}; texture matrices take at most ${MOST_LEVELS}.`,
        fix: 'Choose a larger bin width, or a fixed bin count.',
        data: { levels: levels.count, most: MOST_LEVELS },
      });
    }
    const values = new Int32Array(levels.values);
    checkRange(values, levels.count);
    return levels.count <= NARROW_LEVELS ? rowPerLevel(values, levels.count) : rowPerOccurringLevel(values, levels.count);
  });
}

function checkRange(values: Int32Array, count: number): void {
  let lowest = count;
  let highest = 1;
  for (let v = 0; v < values.length; v++) {
    if (values[v] < lowest) lowest = values[v];
    if (values[v] > highest) highest = values[v];
  }
  if (lowest < 1 || highest > count) {
    throw new RadloomError({ code: 'levels-range', what: `Grey levels run from ${lowest} to ${highest}; they must lie between 1 and the highest level, ${count}.`, deterministic: false });
  }
}

function rowPerLevel(values: Int32Array, count: number): LevelRows {
  const population = new Uint32Array(count + 1);
  for (let v = 0; v < values.length; v++) population[values[v]]++;
  return { rows: values, levels: Int32Array.from(population, (_, level) => level), population };
}

function rowPerOccurringLevel(values: Int32Array, count: number): LevelRows {
  const voxels = new Uint32Array(count + 1);
  for (let v = 0; v < values.length; v++) voxels[values[v]]++;
  const rowOf = new Int32Array(count + 1);
  let last = 0;
  for (let level = 1; level <= count; level++) if (voxels[level] > 0) rowOf[level] = ++last;
  const levels = new Int32Array(last + 1);
  const population = new Uint32Array(last + 1);
  for (let level = 1; level <= count; level++) {
    if (rowOf[level] === 0) continue;
    levels[rowOf[level]] = level;
    population[rowOf[level]] = voxels[level];
  }
  const rows = new Int32Array(values.length);
  for (let v = 0; v < values.length; v++) rows[v] = rowOf[values[v]];
  return { rows, levels, population };
}

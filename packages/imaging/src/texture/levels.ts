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
  /** Per ROI voxel, ascending: its row, from 1. Bytes where the row is the level itself. */
  readonly rows: Uint8Array | Int32Array;
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

/** Voxels by grey level, from 0 to the highest that may occur; shared with the texture families where levels fit a byte. */
export function levelPopulation(region: Region): ArrayLike<number> {
  const levels = requireLevels(region);
  if (levels.count <= NARROW_LEVELS) return levelRows(region).population;
  const population = new Uint32Array(levels.count + 1);
  for (let v = 0; v < levels.values.length; v++) population[levels.values[v]]++;
  return population;
}

/** The rows of a region's levels; once a region. */
export function levelRows(region: Region): LevelRows {
  return region.once('texture-rows', () => {
    const levels = requireLevels(region);
    if (levels.count > MOST_LEVELS) {
      throw new RadloomError({
        code: 'too-many-levels',
        what: `The region has grey levels up to ${levels.count}; texture matrices take at most ${MOST_LEVELS}.`,
        fix: 'Choose a larger bin width, or a smaller bin count.',
        data: { levels: levels.count, most: MOST_LEVELS },
      });
    }
    if (levels.count > NARROW_LEVELS) {
      const values = new Int32Array(levels.values);
      checkRange(values, levels.count);
      return rowPerOccurringLevel(values, levels.count);
    }
    return rowPerLevel(levels);
  });
}

function checkRange(values: ArrayLike<number>, count: number): void {
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

function rowPerLevel({ values, count }: Levels): LevelRows {
  if (!(values instanceof Uint8Array)) checkRange(values, count);
  const rows = values instanceof Uint8Array ? values : new Uint8Array(values);
  const voxels = countBytes(rows);
  if (voxels.some((n, level) => n > 0 && (level < 1 || level > count))) checkRange(rows, count);
  return { rows, levels: Int32Array.from({ length: count + 1 }, (_, level) => level), population: voxels.slice(0, count + 1) };
}

/** How often each byte occurs. Four tables in turn: one alone would often wait for its own last addition. */
function countBytes(bytes: Uint8Array): Uint32Array {
  const tables = new Uint32Array(4 * 256);
  const whole = bytes.length - (bytes.length % 4);
  for (let i = 0; i < whole; i += 4) {
    tables[bytes[i]]++;
    tables[256 + bytes[i + 1]]++;
    tables[512 + bytes[i + 2]]++;
    tables[768 + bytes[i + 3]]++;
  }
  for (let i = whole; i < bytes.length; i++) tables[bytes[i]]++;
  for (let byte = 0; byte < 256; byte++) tables[byte] += tables[256 + byte] + tables[512 + byte] + tables[768 + byte];
  return tables.slice(0, 256);
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

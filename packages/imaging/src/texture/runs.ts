import type { Region, Vec3 } from '@radloom/core';
import { type PlaneSettings, unitDirections } from './directions.js';
import { directionsWithLines } from './grid.js';
import { LevelSizeCounter, type LevelSizeMatrix } from './level-sizes.js';
import { textureWalk, type TextureWalk } from './walk.js';

/** The run length matrix of one direction: cells of (grey level, run length). */
export interface DirectionRuns {
  readonly direction: Vec3;
  readonly runs: LevelSizeMatrix;
}

/**
 * Runs of equal levels along each direction, broken by levels and by the ROI's border.
 * A direction in which no line holds more than one ROI voxel is left out, as PyRadiomics has it.
 */
export function runLengths(region: Region, settings: PlaneSettings): readonly DirectionRuns[] {
  const walk = textureWalk(region, settings);
  return region.once(`texture-runs:flat=${walk.flat}`, () => {
    const counters = unitDirections.map(() => new LevelSizeCounter(walk.levels.length - 1));
    countLongRuns(walk, counters);
    const lines = directionsWithLines(region.intensityMask, walk.flat);
    for (const counter of counters) addSingles(counter, walk.population);
    return unitDirections.flatMap((direction, k) => (lines[k] ? [{ direction, runs: counters[k].cells(walk.levels) }] : []));
  });
}

/**
 * Counts runs of two voxels and more. A run starts where the forward neighbour is equal and the backward one is not, and is followed
 * along the forward bits to its end; voxels that start no run cost one test for all 13 directions.
 */
function countLongRuns({ grid, equal, rows, offsets }: TextureWalk, counters: readonly LevelSizeCounter[]): void {
  const { segments } = grid;
  for (let s = 0, v = 0; s < segments.length; s += 2) {
    const first = segments[s];
    const end = first + segments[s + 1];
    for (let i = first; i < end; i++, v++) {
      const same = equal[i];
      let starts = (same >>> 13) & ~same & 0x1fff;
      while (starts !== 0) {
        const k = 31 - Math.clz32(starts & -starts);
        starts &= starts - 1;
        const offset = offsets[k];
        const forward = 0x2000 << k;
        let length = 2;
        for (let j = i + offset; (equal[j] & forward) !== 0; j += offset) length++;
        counters[k].add(rows[v], length);
      }
    }
  }
}

/** Runs of one voxel are the voxels that no longer run holds: counted by subtraction, never walked. */
function addSingles(counter: LevelSizeCounter, population: Uint32Array): void {
  const inLongRuns = counter.totals();
  for (let row = 1; row < population.length; row++) if (population[row] > inLongRuns[row]) counter.add(row, 1, population[row] - inLongRuns[row]);
}

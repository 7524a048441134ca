import type { Region, Vec3 } from '@radloom/core';
import { type PlaneSettings, unitDirections } from './directions.js';
import { directionsWithLines } from './grid.js';
import type { LevelSizeCounter, LevelSizeMatrix } from './level-sizes.js';
import { textureWalk } from './walk.js';

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
    const counters = walk.longRuns();
    const lines = directionsWithLines(region.intensityMask, walk.flat);
    for (const counter of counters) addSingles(counter, walk.population);
    return unitDirections.flatMap((direction, k) => (lines[k] ? [{ direction, runs: counters[k].cells(walk.levels) }] : []));
  });
}

/** Runs of one voxel are the voxels that no longer run holds: counted by subtraction, never walked. */
function addSingles(counter: LevelSizeCounter, population: Uint32Array): void {
  const inLongRuns = counter.totals();
  for (let row = 1; row < population.length; row++) if (population[row] > inLongRuns[row]) counter.add(row, 1, population[row] - inLongRuns[row]);
}

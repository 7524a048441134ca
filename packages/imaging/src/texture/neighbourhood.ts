import type { Region } from '@radloom/core';
import { flatAxis, isUnitDistance, type PlaneSettings, shellDirections } from './directions.js';
import { paddedRows, stepOffsets, textureGrid } from './grid.js';
import { levelRows } from './levels.js';
import { LevelSizeCounter, type LevelSizeMatrix } from './level-sizes.js';
import { textureWalk } from './walk.js';

export interface NeighbourhoodSettings extends PlaneSettings {
  /** Neighbours lie this many voxels away (infinity norm), one or more shells. */
  readonly distances: readonly number[];
}

/** GLDM: voxels by grey level and by how many neighbours (and themselves) have a level within `alpha` of theirs. */
export function dependenceMatrix(region: Region, settings: NeighbourhoodSettings & { readonly alpha: number }): LevelSizeMatrix {
  if (settings.alpha === 0 && isUnitDistance(settings.distances)) return textureWalk(region, settings).dependence;
  return neighbourhood(region, settings, settings.alpha).dependence;
}

/** NGTDM: per grey level that occurs, ascending, its voxels and their summed difference from the mean level of their neighbours. */
export interface ToneDifferences {
  readonly level: Float64Array;
  readonly population: Float64Array;
  readonly difference: Float64Array;
}

/** Voxels without neighbours count in `population` and add nothing to `difference`, as PyRadiomics has it. */
export function toneDifferences(region: Region, settings: NeighbourhoodSettings): ToneDifferences {
  const { difference } = isUnitDistance(settings.distances) ? textureWalk(region, settings) : neighbourhood(region, settings, 0);
  const { levels, population } = levelRows(region);
  const occurring = Array.from(levels.keys()).filter((row) => population[row] > 0);
  return {
    level: Float64Array.from(occurring, (row) => levels[row]),
    population: Float64Array.from(occurring, (row) => population[row]),
    difference: Float64Array.from(occurring, (row) => difference[row]),
  };
}

function neighbourhood(region: Region, settings: NeighbourhoodSettings, alpha: number): { dependence: LevelSizeMatrix; difference: Float64Array } {
  const { distances } = settings;
  const flat = flatAxis(settings);
  return region.once(`texture-neighbourhood:distances=${distances.join()},flat=${flat},alpha=${alpha}`, () => {
    const grid = textureGrid(region.intensityMask, Math.max(...distances), 'none');
    const forward = stepOffsets(grid, shellDirections(distances, region.geometry.size, flat));
    const offsets = Int32Array.of(...forward, ...forward.map((offset) => -offset));
    const { rows, levels } = levelRows(region);
    const counter = new LevelSizeCounter(levels.length - 1);
    const difference = compareNeighbours(paddedRows(grid, rows), grid.segments, offsets, levels, alpha, counter);
    return { dependence: counter.cells(levels), difference };
  });
}

/**
 * One look at any set of neighbours of each ROI voxel.
 *
 * @param volume      padded rows, 0 outside the ROI
 * @param offsets     index differences to all neighbours, both ways
 * @param levels      grey level of each row
 * @param dependence  counts (row, neighbours within alpha + 1)
 * @returns           per row the summed |level - mean level of the neighbours|
 */
function compareNeighbours(volume: Int32Array, segments: Int32Array, offsets: Int32Array, levels: Int32Array, alpha: number, dependence: LevelSizeCounter): Float64Array {
  const difference = new Float64Array(levels.length);
  for (let s = 0; s < segments.length; s += 2) {
    const first = segments[s];
    const end = first + segments[s + 1];
    for (let i = first; i < end; i++) {
      const row = volume[i];
      const level = levels[row];
      let sum = 0;
      let neighbours = 0;
      let dependent = 1;
      for (let k = 0; k < offsets.length; k++) {
        const other = volume[i + offsets[k]];
        if (other === 0) continue;
        const itsLevel = levels[other];
        neighbours++;
        sum += itsLevel;
        if (Math.abs(level - itsLevel) <= alpha) dependent++;
      }
      dependence.add(row, dependent);
      if (neighbours > 0) difference[row] += Math.abs(level - sum / neighbours);
    }
  }
  return difference;
}

import type { Region } from '@radloom/core';
import { cooccurrence, type Cooccurrence, type CooccurrenceSettings, type PairMatrix, stepLength, type WeightingNorm } from '@radloom/imaging';

export interface MatrixSettings extends CooccurrenceSettings {
  readonly weightingNorm: WeightingNorm | null;
}

export interface Matrices extends Pick<Cooccurrence, 'levels' | 'considered'> {
  /** One per direction; with a weighting norm, their weighted sum alone. Never without pairs. */
  readonly matrices: readonly PairMatrix[];
}

/**
 * The co-occurrence matrices that features are averaged over.
 *
 * With a norm, each direction's matrix is multiplied by exp(-d2), d the length of its step in mm, and all are added before any feature
 * is computed; `no_weighting` adds them as they are.
 */
export function cooccurrenceMatrices(region: Region, settings: MatrixSettings): Matrices {
  const { levels, considered, directions } = cooccurrence(region, settings);
  const { weightingNorm: norm } = settings;
  if (norm === null || directions.length === 0) return { levels, considered, matrices: directions.map(({ pairs }) => pairs) };
  const { spacing } = region.geometry;
  const weights = directions.map(({ direction }) => (norm === 'no_weighting' ? 1 : Math.exp(-(stepLength(direction, spacing, norm) ** 2))));
  return { levels, considered: 1, matrices: [sumOf(directions.map(({ pairs }) => pairs), weights, levels.length)] };
}

function sumOf(matrices: readonly PairMatrix[], weights: readonly number[], size: number): PairMatrix {
  const most = matrices.reduce((cells, { count }) => cells + count.length, 0);
  const start = new Uint32Array(size + 1);
  const column = new Uint32Array(most);
  const count = new Float64Array(most);
  const placeOf = new Int32Array(size).fill(-1);
  let cells = 0;
  for (let row = 0; row < size; row++) {
    matrices.forEach((matrix, m) => {
      for (let c = matrix.start[row]; c < matrix.start[row + 1]; c++) {
        const j = matrix.column[c];
        if (placeOf[j] < start[row]) {
          placeOf[j] = cells;
          column[cells++] = j;
        }
        count[placeOf[j]] += weights[m] * matrix.count[c];
      }
    });
    start[row + 1] = cells;
  }
  return { start, column: column.slice(0, cells), count: count.slice(0, cells) };
}

import type { Vec3 } from '@radloom/core';

/** The axis that neighbourhoods may not cross: every slice perpendicular to it stands alone (`force2D`); `none` in three dimensions. */
export type FlatAxis = 'none' | 'x' | 'y' | 'z';

/** How a family sees its neighbourhood. */
export interface PlaneSettings {
  readonly force2D: boolean;
  /** PyRadiomics' numbering: 0 = z, 1 = y, 2 = x. */
  readonly force2DDimension: 0 | 1 | 2;
}

export function flatAxis({ force2D, force2DDimension }: PlaneSettings): FlatAxis {
  return force2D ? (['z', 'y', 'x'] as const)[force2DDimension] : 'none';
}

/**
 * The 13 steps to half of the 26 neighbours, x y z; each leads forward in memory, its opposite backward.
 *
 * The order serves zone labelling: a neighbour further up the list touches more of the others, and neighbours that touch one already
 * joined need no joining of their own.
 */
export const unitDirections: readonly Vec3[] = [
  [0, 0, 1], [0, 1, 0], [0, 1, 1], [0, -1, 1], [1, 0, 0], [1, 0, 1], [-1, 0, 1], [1, 1, 0], [-1, 1, 0], [1, 1, 1], [-1, 1, 1], [1, -1, 1], [-1, -1, 1],
];

/** True when a step stays in its slice and inside a box of this size. */
export function stepFits(step: Vec3, size: Vec3, flat: FlatAxis): boolean {
  return step.every((s, axis) => Math.abs(s) < size[axis] && (s === 0 || 'xyz'[axis] !== flat));
}

/**
 * Half of the steps whose largest component is one of `distances` (infinity norm), those that lead forward in memory; steps as long
 * as the box are left out. The opposite of each step is meant too. Two distances [2] give 49 steps: a shell, not a ball.
 */
export function shellDirections(distances: readonly number[], size: Vec3, flat: FlatAxis): Vec3[] {
  const far = Math.max(...distances);
  const steps: Vec3[] = [];
  for (let z = far; z >= 0; z--) {
    for (let y = far; y >= -far; y--) {
      for (let x = far; x >= -far; x--) {
        const forward = z > 0 || (z === 0 && (y > 0 || (y === 0 && x > 0)));
        const step: Vec3 = [x, y, z];
        if (forward && distances.includes(Math.max(Math.abs(x), Math.abs(y), z)) && stepFits(step, size, flat)) steps.push(step);
      }
    }
  }
  return steps;
}

/** True when these distances are the 26 (8) direct neighbours that the shared walk covers. */
export function isUnitDistance(distances: readonly number[]): boolean {
  return distances.every((distance) => distance === 1);
}

/** Norms for weighting a direction; `no_weighting` counts every direction alike. */
export const weightingNorms = ['manhattan', 'euclidean', 'infinity', 'no_weighting'] as const;
export type WeightingNorm = (typeof weightingNorms)[number];

/** Length of a step in mm under a norm. */
export function stepLength(step: Vec3, spacing: Vec3, norm: Exclude<WeightingNorm, 'no_weighting'>): number {
  const [x, y, z] = step.map((s, axis) => Math.abs(s) * spacing[axis]);
  if (norm === 'manhattan') return x + y + z;
  return norm === 'euclidean' ? Math.sqrt(x * x + y * y + z * z) : Math.max(x, y, z);
}

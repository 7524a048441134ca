import { type Geometry, RadloomError, type Vec3 } from '@radloom/core';
import { voxelCentre } from './placement.js';

/** How two grids differ, by property; nothing is listed that agrees within the tolerance. */
export interface GridDifference {
  readonly differs: readonly ('size' | 'spacing' | 'origin' | 'direction')[];
  /** Largest difference between two spacings, mm. */
  readonly spacing: number;
  /** Largest difference between two coordinates of the origins, mm. */
  readonly origin: number;
  /** Largest difference between two direction cosines. */
  readonly direction: number;
  /** Largest distance between the same corner voxel of both grids, mm. */
  readonly farthestCorner: number;
}

/**
 * Compares grid `b` with grid `a`, as ITK's filters do before they use two images together.
 *
 * Spacing and origin may differ by `tolerance` times the first spacing of `a` (mm), direction cosines by `tolerance`.
 *
 * @returns null if the grids are the same within the tolerance
 */
export function compareGrids(a: Geometry, b: Geometry, tolerance: number): GridDifference | null {
  if (a === b) return null;
  const spacing = largestDifference(a.spacing, b.spacing);
  const origin = largestDifference(a.origin, b.origin);
  const direction = largestDifference(a.direction, b.direction);
  const millimetres = tolerance * a.spacing[0];
  const differs: GridDifference['differs'][number][] = [];
  if (a.size.some((n, axis) => n !== b.size[axis])) differs.push('size');
  if (!(spacing <= millimetres)) differs.push('spacing');
  if (!(origin <= millimetres)) differs.push('origin');
  if (!(direction <= tolerance)) differs.push('direction');
  return differs.length === 0 ? null : { differs, spacing, origin, direction, farthestCorner: farthestCorner(a, b) };
}

/**
 * Refuses a mask on another grid than its image.
 *
 * @param fix the way out, as the caller's settings offer it
 * @throws `geometry-mismatch`: which of size, spacing, origin and direction differ and by how much
 */
export function requireSameGrid(image: Geometry, mask: Geometry, tolerance: number, fix?: string): void {
  const difference = compareGrids(image, mask, tolerance);
  if (difference === null) return;
  throw new RadloomError({
    code: 'geometry-mismatch',
    what: `Image and mask are on different grids.\n${describeDifference(image, mask, difference)}`,
    ...(fix === undefined ? {} : { fix }),
    data: { ...difference, tolerance, image: plainGrid(image), mask: plainGrid(mask) },
  });
}

/** One line per property, as an error or a log shows it. */
function describeDifference(image: Geometry, mask: Geometry, difference: GridDifference): string {
  const line = (name: GridDifference['differs'][number], text: (grid: Geometry) => string, unit: string) =>
    `  ${name.padEnd(10)}${difference.differs.includes(name) ? `image ${text(image)}${unit}   mask ${text(mask)}${unit}` : 'equal'}`;
  return [
    line('size', (grid) => grid.size.join(' x '), ' voxels'),
    line('spacing', (grid) => grid.spacing.map(short).join(' '), ' mm'),
    line('origin', (grid) => grid.origin.map(short).join(' '), ' mm'),
    line('direction', (grid) => grid.direction.map(short).join(' '), ''),
    `  farthest corner differs by ${short(difference.farthestCorner)} mm`,
  ].join('\n');
}

function farthestCorner(a: Geometry, b: Geometry): number {
  let farthest = 0;
  for (let corner = 0; corner < 8; corner++) {
    const at = (grid: Geometry): Vec3 => voxelCentre(grid, [corner & 1 ? grid.size[0] - 1 : 0, corner & 2 ? grid.size[1] - 1 : 0, corner & 4 ? grid.size[2] - 1 : 0]);
    const p = at(a);
    const q = at(b);
    farthest = Math.max(farthest, Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
  }
  return farthest;
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}

function plainGrid({ size, spacing, origin, direction }: Geometry): Record<string, readonly number[]> {
  return { size, spacing, origin, direction };
}

/** Enough digits to see a difference, none that hide it. */
function short(value: number): string {
  return String(Number(value.toPrecision(7)));
}

import { type Mask, once, RadloomError } from '@radloom/core';
import { paddedMask } from './padded-mask.js';

/** Size of a flat mask and of the closed outline around it. */
export interface OutlineMeasures {
  /** Area inside the outline, mm2. */
  readonly area: number;
  /** Length of the outline, mm. */
  readonly perimeter: number;
  /** Area of the voxels, mm2. */
  readonly voxelArea: number;
}

/**
 * Outline of a mask one voxel thick by marching squares at level 0.5: lines between the middles of grid edges, around each square of
 * four neighbouring voxel centres. Corners that are inside and touch across a square's diagonal are kept apart. Computed once a mask
 * and axis.
 *
 * @param axis across the plane: 0 x, 1 y, 2 z
 * @throws `mask-empty`, `mask-not-flat` when the mask has voxels in more than one plane
 */
export function outlineMeasures(mask: Mask, axis: 0 | 1 | 2): OutlineMeasures {
  return once(mask, `outline-measures:${axis}`, () => {
    const { size, data, count } = paddedMask(mask);
    if (size[axis] > 3) {
      throw new RadloomError({
        code: 'mask-not-flat',
        what: `The region spans ${size[axis] - 2} planes along ${'xyz'[axis]}: shape in two dimensions needs a region of one plane.`,
        fix: 'Choose the axis across the segmented plane, segment one plane, or use the three-dimensional shape features.',
        data: { planes: size[axis] - 2, axis: 'xyz'[axis] },
      });
    }
    const [u, v] = ([[1, 2], [0, 2], [0, 1]] as const)[axis];
    const strides = [1, size[0], size[0] * size[1]];
    const [du, dv] = [strides[u], strides[v]];
    const squares = new Float64Array(16);
    for (let j = 0; j < size[v] - 1; j++) {
      for (let i = 0; i < size[u] - 1; i++) {
        const at = strides[axis] + i * du + j * dv;
        squares[data[at] | (data[at + du] << 1) | (data[at + dv] << 2) | (data[at + du + dv] << 3)]++;
      }
    }
    const [su, sv] = [mask.geometry.spacing[u], mask.geometry.spacing[v]];
    const cut = Math.sqrt(su * su + sv * sv) / 2; // line across one corner of a square
    const total = (configurations: readonly number[]) => configurations.reduce((sum, configuration) => sum + squares[configuration], 0);
    const [one, three] = [total([1, 2, 4, 8]), total([7, 11, 13, 14])];
    const [diagonal, alongU, alongV] = [total([6, 9]), total([3, 12]), total([5, 10])];
    return {
      area: su * sv * (one / 8 + diagonal / 4 + (alongU + alongV) / 2 + (three * 7) / 8 + squares[15]),
      perimeter: cut * (one + three + 2 * diagonal) + su * alongU + sv * alongV,
      voxelArea: count * su * sv,
    };
  });
}

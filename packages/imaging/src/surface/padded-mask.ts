import { type Mask, once, RadloomError, type Vec3 } from '@radloom/core';

/** A mask cut to its bounding box, with one voxel of 0 on every side. */
export interface PaddedMask {
  /** Voxels along x, y, z, margin included. */
  readonly size: Vec3;
  /** 0 or 1, x fastest. */
  readonly data: Uint8Array;
  /** Voxels inside. */
  readonly count: number;
}

/**
 * The mask's box with a margin of one voxel; computed once a mask.
 *
 * @throws `mask-empty`
 */
export function paddedMask(mask: Mask): PaddedMask {
  return once(mask, 'padded-mask', () => {
    const [nx, ny] = mask.geometry.size;
    const { lower, upper } = box(mask);
    const size: Vec3 = [upper[0] - lower[0] + 3, upper[1] - lower[1] + 3, upper[2] - lower[2] + 3];
    const data = new Uint8Array(size[0] * size[1] * size[2]);
    let count = 0;
    for (let z = lower[2]; z <= upper[2]; z++) {
      for (let y = lower[1]; y <= upper[1]; y++) {
        let to = 1 + size[0] * (y - lower[1] + 1 + size[1] * (z - lower[2] + 1));
        const row = nx * (y + ny * z);
        for (let i = row + lower[0]; i <= row + upper[0]; i++, to++) {
          const inside = mask.data[i];
          data[to] = inside;
          count += inside;
        }
      }
    }
    return { size, data, count };
  });
}

/** First and last index inside along x, y, z. */
function box(mask: Mask): { lower: Vec3; upper: Vec3 } {
  const { data } = mask;
  const [nx, ny, nz] = mask.geometry.size;
  const lower = [nx, ny, nz];
  const upper = [-1, -1, -1];
  for (let z = 0, row = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++, row += nx) {
      let first = 0;
      while (first < nx && data[row + first] === 0) first++;
      if (first === nx) continue;
      let last = nx - 1;
      while (data[row + last] === 0) last--;
      if (first < lower[0]) lower[0] = first;
      if (last > upper[0]) upper[0] = last;
      if (y < lower[1]) lower[1] = y;
      if (y > upper[1]) upper[1] = y;
      if (z < lower[2]) lower[2] = z;
      upper[2] = z;
    }
  }
  if (upper[2] < 0) throw new RadloomError({ code: 'mask-empty', what: 'The mask has no voxel inside.', fix: 'Check the label and the segmentation of this case.' });
  return { lower: [lower[0], lower[1], lower[2]], upper: [upper[0], upper[1], upper[2]] };
}

import { type Mask, once, RadloomError, type Vec3 } from '@radloom/core';
import { maskBox } from '../grid/box.js';

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
  return once(mask, 'padded-mask', () => pad(mask));
}

function pad(mask: Mask): PaddedMask {
  const box = maskBox(mask);
  if (box === null) throw new RadloomError({ code: 'mask-empty', what: 'The mask has no voxel inside.', fix: 'Check the label and the segmentation of this case.' });
  const { low, size: inner } = box;
  const [nx, ny] = mask.geometry.size;
  const size: Vec3 = [inner[0] + 2, inner[1] + 2, inner[2] + 2];
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  let count = 0;
  for (let z = 0; z < inner[2]; z++) {
    for (let y = 0; y < inner[1]; y++) {
      let from = low[0] + nx * (low[1] + y + ny * (low[2] + z));
      let to = 1 + size[0] * (y + 1 + size[1] * (z + 1));
      for (const end = from + inner[0]; from < end; from++, to++) {
        const inside = mask.data[from];
        data[to] = inside;
        count += inside;
      }
    }
  }
  return { size, data, count };
}

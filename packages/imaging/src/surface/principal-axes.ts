import { type Mask, once } from '@radloom/core';
import { paddedMask } from './padded-mask.js';
import { symmetricEigenvalues } from './symmetric-eigenvalues.js';

/**
 * Variances of a mask's voxel centres along its principal axes, mm2, largest first; divisor is the number of voxels. Computed once a
 * mask. Exactly 0 along an axis on which the mask is one voxel thick.
 *
 * @throws `mask-empty`
 */
export function principalVariances(mask: Mask): readonly [number, number, number] {
  return once(mask, 'principal-variances', () => {
    const [sx, sy, sz] = mask.geometry.spacing;
    const { count, sum, products } = moments(mask);
    const covariance = (product: number, a: number, b: number) => product / count - (sum[a] / count) * (sum[b] / count);
    const [xx, yy, zz, xy, xz, yz] = products;
    return symmetricEigenvalues(
      covariance(xx, 0, 0) * sx * sx, covariance(yy, 1, 1) * sy * sy, covariance(zz, 2, 2) * sz * sz,
      covariance(xy, 0, 1) * sx * sy, covariance(xz, 0, 2) * sx * sz, covariance(yz, 1, 2) * sy * sz,
    );
  });
}

/**
 * Sums of x, y, z and of xx, yy, zz, xy, xz, yz over the voxels, in voxels from the middle of the box: integers, and small, so that little
 * cancels. Rows are summed first.
 */
function moments(mask: Mask): { count: number; sum: number[]; products: number[] } {
  const { size, data, count } = paddedMask(mask);
  const [nx, ny, nz] = size;
  const [mx, my, mz] = [nx >> 1, ny >> 1, nz >> 1];
  const sum = [0, 0, 0];
  const products = [0, 0, 0, 0, 0, 0];
  for (let k = 0, i = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      let n = 0;
      let x1 = 0;
      let x2 = 0;
      for (let x = -mx; x < nx - mx; x++, i++) {
        if (data[i] === 0) continue;
        n++;
        x1 += x;
        x2 += x * x;
      }
      if (n === 0) continue;
      const y = j - my;
      const z = k - mz;
      sum[0] += x1;
      sum[1] += n * y;
      sum[2] += n * z;
      products[0] += x2;
      products[1] += n * y * y;
      products[2] += n * z * z;
      products[3] += x1 * y;
      products[4] += x1 * z;
      products[5] += n * y * z;
    }
  }
  return { count, sum, products };
}

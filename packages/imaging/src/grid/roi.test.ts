import { makeGeometry, makeMask, makeVolume, random, voxelIndices } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { checkRoi, countComponents, countVoxels, cropToRoi, cropVoxels, describeImage, describeInside, describeMask, indicesOnGrid, labelNamed, labelsIn, maskInBox, requireFinite, resampleRoi, takeLabel } from './index.js';

const limits = { minimumDimensions: 2, minimumSize: null };
const geometry = makeGeometry({ size: [10, 8, 6], spacing: [1, 1, 3], origin: [-5, 0, 20] });

function blockMask(low: readonly number[], size: readonly number[], label = 1) {
  const data = new Uint8Array(480);
  for (let z = low[2]; z < low[2] + size[2]; z++) for (let y = low[1]; y < low[1] + size[1]; y++) for (let x = low[0]; x < low[0] + size[0]; x++) data[x + 10 * (y + 8 * z)] = 1;
  return makeMask(geometry, data, label);
}

function refusal(action: () => unknown): { code: string; message: string; data: Record<string, unknown> } {
  try {
    action();
  } catch (error) {
    return error as { code: string; message: string; data: Record<string, unknown> };
  }
  throw new Error('nothing was refused');
}

describe('checkRoi', () => {
  test('lets a plane through and gives its box', () => {
    expect(checkRoi(blockMask([1, 1, 2], [3, 2, 1]), limits)).toEqual({ low: [1, 1, 2], size: [3, 2, 1] });
  });

  test('says what is wrong, with the numbers', () => {
    expect(refusal(() => checkRoi(blockMask([1, 1, 2], [6, 1, 1], 4), limits)).message).toMatch(/^The ROI is 6 x 1 x 1 voxels \(label 4\): it extends along 1 axis, 2 are asked for\./);
    expect(refusal(() => checkRoi(blockMask([1, 1, 2], [6, 1, 1]), limits))).toMatchObject({ code: 'roi-too-few-dimensions', data: { dimensions: 1, voxels: 6 } });
    expect(refusal(() => checkRoi(blockMask([1, 1, 2], [1, 1, 1]), { ...limits, minimumDimensions: 1 })).code).toBe('roi-single-voxel');
    expect(refusal(() => checkRoi(blockMask([0, 0, 0], [0, 0, 0]), limits)).code).toBe('roi-empty');
  });

  test('the size must exceed the limit', () => {
    const mask = blockMask([1, 1, 1], [2, 2, 2]);
    expect(countVoxels(mask)).toBe(8);
    expect(refusal(() => checkRoi(mask, { ...limits, minimumSize: 8 })).code).toBe('roi-too-small');
    expect(() => checkRoi(mask, { ...limits, minimumSize: 7 })).not.toThrow();
  });
});

test('values that are not finite matter inside the ROI only, and are counted', () => {
  const data = new Float32Array(480);
  data[0] = NaN;
  const mask = blockMask([2, 2, 2], [3, 3, 2]);
  expect(() => requireFinite(makeVolume(geometry, data), mask)).not.toThrow();
  data[4 + 10 * (3 + 8 * 2)] = Infinity;
  data[2 + 10 * (2 + 8 * 3)] = NaN;
  expect(refusal(() => requireFinite(makeVolume(geometry, data), mask))).toMatchObject({ code: 'image-not-finite', data: { voxels: 2, first: [4, 3, 2] } });
});

describe('resampleRoi', () => {
  const volume = makeVolume(geometry, new Int16Array(480).map((_, i) => (i * 31) % 200));
  const mask = blockMask([3, 2, 2], [4, 3, 2]);

  test('a grid that no image can hold is refused before it is made', () => {
    expect(refusal(() => resampleRoi(volume, mask, { spacing: [0.0001, 0.0001, 0], interpolator: 'linear', padDistance: 0 }))).toMatchObject({ code: 'grid-too-large', what: expect.stringContaining('0.0001 x 0.0001 x 3 mm') as string });
  });

  test('the grid, worked by hand', () => {
    // Along z: ratio 3 / 1 = 3, low = floor(1.5 * 3 - 2) = 2, high = min(17, ceil(3.5 * 3 + 2) = 13): 12 voxels, the first at
    // index 0.5 (1 - 3) / 3 + 2 / 3 = 1/3, that is 21 mm. Along x: ratio 1/2, low = floor(2.5 / 2 - 2) < 0, high = min(4, 6): 5 voxels
    // from index 0.5 on. Along y: low = floor(1.5 - 2) < 0, high = min(7, 7).
    const { volume: image, mask: fine } = resampleRoi(volume, mask, { spacing: [2, 0, 1], interpolator: 'linear', padDistance: 2 });
    expect(image.geometry).toMatchObject({ size: [5, 8, 12], spacing: [2, 1, 1], origin: [-4.5, 0, 21] });
    expect(fine.geometry).toBe(image.geometry);
    expect(describeMask(fine)?.box).toEqual({ low: [1, 2, 4], size: [2, 3, 6] });
    expect(image.data).toBeInstanceOf(Int16Array);
  });

  test("at the image's own spacing nothing is interpolated", () => {
    const { volume: image, mask: cut } = resampleRoi(volume, mask, { spacing: [1, 1, 3.00002], interpolator: 'bspline', padDistance: 1 });
    expect(image.geometry).toMatchObject({ size: [6, 5, 4], spacing: [1, 1, 3], origin: [-3, 1, 23] });
    expect(image.data[0]).toBe(volume.data[2 + 10 * (1 + 8)]);
    expect(countVoxels(cut)).toBe(24);
    expect(cropToRoi(volume, mask, 1).volume.data).toEqual(image.data);
  });

  test('an axis along which the ROI is one voxel long keeps its spacing', () => {
    expect(resampleRoi(volume, blockMask([3, 2, 2], [4, 3, 1]), { spacing: [2, 2, 2], interpolator: 'nearest', padDistance: 0 }).mask.geometry.spacing).toEqual([2, 2, 3]);
  });

  test('a mask on another grid leads the way', () => {
    const elsewhere = makeMask(makeGeometry({ size: [4, 4, 2], spacing: [2, 2, 3], origin: [-4.5, 0.5, 23] }), Uint8Array.from({ length: 32 }, (_, i) => (i % 4 === 1 || i % 4 === 2 ? 1 : 0)));
    const { volume: image } = resampleRoi(volume, elsewhere, { spacing: [1, 1, 3], interpolator: 'nearest', padDistance: 0 });
    expect(image.geometry.spacing).toEqual([1, 1, 3]);
    // The image's spacing: the mask went to the image's grid, columns 2 to 5 of it.
    expect(image.geometry.origin).toEqual([-3, 0, 23]);
    expect(image.geometry.size).toEqual([4, 8, 2]);
  });

  test('a ROI beyond the image is refused', () => {
    const beyond = makeMask(makeGeometry({ ...geometry, origin: [-5, 4, 20] }), mask.data);
    const far = blockMask([3, 5, 2], [2, 3, 2]);
    expect(refusal(() => resampleRoi(volume, makeMask(beyond.geometry, far.data), { spacing: [2, 2, 2], interpolator: 'linear', padDistance: 2 })).code).toBe('roi-outside-image');
  });
});

describe('labels', () => {
  const data = new Uint8Array(480);
  data[13] = 2;
  data[14] = 2;
  data[401] = 5;
  const segmentation = makeVolume(geometry, data, { segments: [{ label: 2, name: 'tumour' }] });

  test.each([Uint8Array, Int16Array, Int32Array, Float32Array, Float64Array])('are taken from a %o', (Class) => {
    const mask = takeLabel(makeVolume(geometry, Class.from(data), { segments: segmentation.segments }), 2);
    expect([...mask.data.keys()].filter((i) => mask.data[i] === 1)).toEqual([13, 14]);
    expect(mask).toMatchObject({ label: 2, name: 'tumour' });
  });

  test('are listed when the wanted one is not there', () => {
    expect(labelsIn(segmentation)).toEqual([2, 5]);
    const missing = refusal(() => takeLabel(segmentation, 1));
    expect(missing).toMatchObject({ code: 'label-absent', data: { labels: [2, 5] } });
    expect(missing.message).toContain('2 (tumour), 5');
    expect(refusal(() => takeLabel(makeVolume(geometry, new Uint8Array(480)), 1)).code).toBe('mask-empty');
    expect(labelNamed(segmentation, 'tumour')).toBe(2);
    expect(refusal(() => labelNamed(segmentation, 'liver'))).toMatchObject({ code: 'segment-absent', data: { names: ['tumour'] } });
  });

  test('are whole numbers', () => {
    expect(refusal(() => takeLabel(makeVolume(geometry, Float32Array.from(data, (value) => value / 4)), 1)).code).toBe('label-not-integer');
  });
});

test.each([Uint8Array, Int16Array, Int32Array])('a label is found wherever it lies (%o)', (Labels) => {
  const stream = random([5, 6, 7, 8]);
  for (let turn = 0; turn < 60; turn++) {
    const labels = new Labels(1 + Math.floor(stream.next() * 90)).map(() => (stream.next() < 0.06 ? 1 + Math.floor(stream.next() * 2) : 0));
    labels[Math.floor(stream.next() * labels.length)] = 2;
    const taken = takeLabel(makeVolume(makeGeometry({ size: [labels.length, 1, 1] }), labels), 2);
    expect([...taken.data]).toEqual(Array.from(labels, (label) => (label === 2 ? 1 : 0)));
  }
});

test.each([[7, 6, 5], [150, 3, 2]])('a mask\'s voxels are found by way of its box, as on the whole grid (%i x %i x %i)', (...size) => {
  const stream = random([size[0], 2, 3, 4]);
  const [nx, ny, nz] = size;
  const inside = (i: number) => i % nx > 1 && Math.floor(i / nx) % ny < ny - 1 && stream.next() < 0.3;
  const mask = makeMask(makeGeometry({ size: [nx, ny, nz] }), Uint8Array.from({ length: nx * ny * nz }, (_, i) => (inside(i) ? 1 : 0)));
  const voxels = [...mask.data.keys()].filter((i) => mask.data[i] === 1);
  expect([...indicesOnGrid(mask)]).toEqual(voxels);
  expect([...voxelIndices(mask)]).toEqual(voxels);
  const numbers = Float64Array.from(mask.data.keys());
  const cut = maskInBox(mask)!;
  const cropped = cropVoxels(numbers, mask.geometry.size, cut.box);
  expect([...voxelIndices(cut.mask)].map((i) => cropped[i])).toEqual(voxels);
  expect([...indicesOnGrid(makeMask(mask.geometry, new Uint8Array(mask.data.length)))]).toEqual([]);
});

describe('parts', () => {
  const count = (size: [number, number, number], voxels: number[]) => countComponents(makeMask(makeGeometry({ size }), Uint8Array.from(voxels)));

  test('touch by a corner, but not across a gap', () => {
    expect(count([2, 2, 2], [1, 0, 0, 0, 0, 0, 0, 1])).toBe(1);
    expect(count([3, 1, 1], [1, 0, 1])).toBe(2);
    expect(count([3, 3, 1], [1, 0, 0, 0, 1, 0, 1, 0, 1])).toBe(1);
    expect(count([2, 1, 1], [0, 0])).toBe(0);
  });

  test.each([1, 2, 3, 4])('are as many as flooding finds in a random mask (%i)', (seed) => {
    const stream = random([seed, 2, 3, 4]);
    const size: [number, number, number] = [9, 8, 7];
    const voxels = Array.from({ length: 504 }, () => (stream.next() < 0.12 ? 1 : 0));
    expect(count(size, voxels)).toBe(flood(size, voxels));
  });
});

/** Parts by flooding from every voxel not reached before. */
function flood([nx, ny, nz]: [number, number, number], voxels: number[]): number {
  const left = [...voxels];
  let parts = 0;
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 0) continue;
    parts++;
    const queue = [start];
    left[start] = 0;
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      const [x, y, z] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
      for (let c = Math.max(0, z - 1); c <= Math.min(nz - 1, z + 1); c++) {
        for (let b = Math.max(0, y - 1); b <= Math.min(ny - 1, y + 1); b++) {
          for (let a = Math.max(0, x - 1); a <= Math.min(nx - 1, x + 1); a++) {
            const next = a + nx * (b + ny * c);
            if (left[next] === 0) continue;
            left[next] = 0;
            queue.push(next);
          }
        }
      }
    }
  }
  return parts;
}

test('descriptions, worked by hand', () => {
  const small = makeGeometry({ size: [3, 2, 1], spacing: [2, 1, 1], origin: [10, 0, 0] });
  const volume = makeVolume(small, Float32Array.of(1, 2, 3, 4, 5, 9));
  expect(describeImage(volume)).toEqual({ spacing: [2, 1, 1], size: [3, 2, 1], mean: 4, minimum: 1, maximum: 9 });
  const mask = makeMask(small, Uint8Array.of(0, 1, 0, 0, 1, 1));
  expect(describeMask(mask)).toEqual({ spacing: [2, 1, 1], size: [3, 2, 1], box: { low: [1, 0, 0], size: [2, 2, 1] }, voxels: 3, components: 1, centreIndex: [4 / 3, 2 / 3, 0], centre: [10 + 8 / 3, 2 / 3, 0] });
  expect(describeInside(volume, mask)).toEqual({ mean: 16 / 3, minimum: 2, maximum: 9 });
  const empty = makeMask(small, new Uint8Array(6));
  expect([describeMask(empty), describeInside(volume, empty)]).toEqual([null, null]);
});

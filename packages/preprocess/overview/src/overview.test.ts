import { makeGeometry, makeMask, makeRegion, makeVolume, type Geometry, type Plain } from '@radloom/core';
import { ballMask, describeContract, exampleRegion, exampleVolume } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { anatomicalAxes } from './axes.js';
import plugin from './index.js';
import { outline } from './outline.js';
import { run } from './run.js';
import type { View } from './view.js';

const settings = { pixels: 96, surroundings: 0.35, smallest: 30 };

interface Found {
  readonly acquisition: Record<string, unknown>;
  readonly image: { readonly spacing: readonly number[] };
  readonly roi: { readonly voxels: number; readonly millilitres: number };
  readonly regions: readonly Record<string, unknown>[];
  readonly views: readonly View[];
}

const overviewOf = (inputs: Parameters<typeof run>[0], own = settings) => (run(inputs, own).overview satisfies Plain).value as Found;

/** A grid of 40 x 40 x 8 voxels of 1 x 1 x 5 mm, values growing along x, y and z, with a ROI of 2 x 2 x 1 voxels. */
function example(more: Partial<Geometry> = {}) {
  const size = [40, 40, 8] as const;
  const geometry = makeGeometry({ size, spacing: [1, 1, 5], ...more });
  const mask = new Uint8Array(40 * 40 * 8);
  for (const [x, y] of [[19, 19], [20, 19], [19, 20], [20, 20]]) mask[x + 40 * (y + 40 * 3)] = 1;
  const data = Int16Array.from(mask, (_, i) => (i % 40) + 2 * (Math.floor(i / 40) % 40) + 5 * Math.floor(i / 1600));
  return { image: makeVolume(geometry, data, { acquisition: { Modality: 'CT', KVP: 120 } }), mask: makeMask(geometry, mask) };
}

describe('overview', () => {
  test('four voxels of 5 mm3, counted on paper', () => {
    const found = overviewOf(example());
    expect(found).toMatchObject({ acquisition: { Modality: 'CT', KVP: 120 }, image: { spacing: [1, 1, 5] }, roi: { voxels: 4, millilitres: 0.02 }, regions: [] });
    expect(found.views.map(({ plane, slice, width, height, outline: path }) => [plane, slice, width, height, path])).toEqual([
      ['axial', 3, 30, 30, 'M14 14h2M14 16h2M14 14v2M16 14v2'],
      ['coronal', 19, 30, 6, 'M14 3h2M14 4h2M14 3v1M16 3v1'],
      ['sagittal', 19, 30, 6, 'M14 3h2M14 4h2M14 3v1M16 3v1'],
    ]);
    expect(found.views.map(({ pixel }) => pixel)).toEqual([[1, 1], [1, 5], [1, 5]]);
  });

  test('left is right, the back is down, the head is up', () => {
    const [axial, coronal, sagittal] = overviewOf(example()).views;
    const row = ({ pixels, width, height }: View, y: number) => Array.from(pixels.subarray(Math.min(y, height - 1) * width, Math.min(y, height - 1) * width + width));
    // Values grow to the left, the back and the head; the window holds them at its ends.
    for (const { pixels, width } of [axial, coronal, sagittal]) expect(pixels[Math.floor(width / 2) - 2]).toBeLessThanOrEqual(pixels[Math.floor(width / 2) + 2]);
    const columnOf = (shown: View) => Array.from({ length: shown.height }, (_, y) => row(shown, y)[14]);
    expect(columnOf(axial)).toEqual(columnOf(axial).sort((a, b) => a - b));
    for (const shown of [coronal, sagittal]) expect(columnOf(shown)).toEqual(columnOf(shown).sort((a, b) => b - a));
  });

  test('a grid that runs the other way, or by other axes, shows the same picture', () => {
    const { image, mask } = example();
    const expected = overviewOf({ image, mask }).views;
    // Index x towards the right: the same patient, stored mirrored.
    const geometry = makeGeometry({ size: [40, 40, 8], spacing: [1, 1, 5], origin: [39, 0, 0], direction: [-1, 0, 0, 0, 1, 0, 0, 0, 1] });
    const mirrored = <T extends Int16Array | Uint8Array>(data: T): T => data.map((_, i) => data[i - (i % 40) + 39 - (i % 40)]) as T;
    const views = overviewOf({ image: makeVolume(geometry, mirrored(image.data as Int16Array)), mask: makeMask(geometry, mirrored(mask.data)) }).views;
    // The two sagittal slices of the ROI are equally large: each grid shows its first.
    for (const plane of [0, 1]) expect(views[plane].pixels).toEqual(expected[plane].pixels);
    expect(views.map((shown) => shown.outline)).toEqual(expected.map((shown) => shown.outline));
    // Slices sagittal: index x to the back, y to the head, z to the left.
    expect(anatomicalAxes(makeGeometry({ size: [2, 2, 2], direction: [0, 0, 1, 1, 0, 0, 0, 1, 0] }))).toEqual([{ index: 2, grows: true }, { index: 0, grows: true }, { index: 1, grows: true }]);
  });

  test('a picture is never larger than asked for, and shows black outside the image', () => {
    const { image, mask } = example();
    const [axial] = overviewOf({ image, mask }, { ...settings, pixels: 16, smallest: 80 }).views;
    expect([axial.width, axial.height]).toEqual([16, 16]);
    expect(Array.from(axial.pixels.subarray(0, 16)).every((value) => value === 0)).toBe(true);
  });

  test('grey levels of the region: spanned and occurring; a region that failed says why', () => {
    const region = exampleRegion({ size: [2, 2, 1], values: Int16Array.of(0, 1, 1, 9), levels: [1, 2, 2, 10] });
    const { regions } = overviewOf({
      ...example(),
      regions: [
        { step: 'region@original', name: 'original', at: {}, value: region },
        { step: 'region@lost', name: 'lost', at: {}, failure: { code: 'roi-small', message: 'The region has one voxel.' } },
        { step: 'region@plain', name: 'plain', at: {}, value: makeRegion({ ...region, levels: undefined }) },
      ],
    });
    expect(regions).toMatchObject([{ name: 'original', voxels: 4, levels: 10, occupied: 3 }, { name: 'lost', failure: 'The region has one voxel.' }, { name: 'plain', voxels: 4 }]);
    expect(regions[2]).not.toHaveProperty('levels');
  });

  test('a mask on another grid is shown on the image; one beside the image has no picture', () => {
    const { image } = example();
    const fine = makeGeometry({ size: [4, 4, 1], spacing: [0.5, 0.5, 5], origin: [18.75, 18.75, 15] });
    const { views, roi } = overviewOf({ image, mask: makeMask(fine, new Uint8Array(16).fill(1)) });
    expect(roi).toEqual({ voxels: 16, millilitres: 0.02 });
    expect(views[0].outline).toBe('M14 14h2M14 16h2M14 14v2M16 14v2');
    expect(overviewOf({ image, mask: makeMask(makeGeometry({ size: [2, 2, 1], origin: [900, 0, 0] }), Uint8Array.of(1, 1, 1, 1)) }).views).toEqual([]);
  });

  test('an image of one value, or without a finite one, still has pictures', () => {
    const { image, mask } = example();
    expect(overviewOf({ image: makeVolume(image.geometry, image.data.map(() => 7)), mask }).views[0].pixels.every((value) => value < 255)).toBe(true);
    expect(overviewOf({ image: makeVolume(image.geometry, new Float32Array(image.data.length).fill(NaN)), mask }).views).toHaveLength(3);
  });
});

test('the outline of a ring has an inner border', () => {
  expect(outline(Uint8Array.of(1, 1, 1, 1, 0, 1, 1, 1, 1), 3, 3)).toBe('M0 0h3M1 1h1M1 2h1M0 3h3M0 0v3M1 1v1M2 1v1M3 0v3');
  expect(outline(new Uint8Array(9), 3, 3)).toBe('');
});

describeContract(plugin, {
  from: import.meta.url,
  examples: [{ operation: 'run', inputs: () => ({ image: exampleVolume(), mask: ballMask(exampleVolume().geometry) }) }],
});

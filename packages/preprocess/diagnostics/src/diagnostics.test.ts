import { makeGeometry, makeMask, makeVolume, type Plain } from '@radloom/core';
import { ballMask, describeContract, exampleVolume } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { run } from './run.js';

const geometry = makeGeometry({ size: [3, 2, 2], spacing: [1, 2, 3], origin: [10, 20, 30] });
// Two voxels that touch at a corner only: one part by 26-connectivity.
const labels = Uint8Array.of(0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2);
const image = makeVolume(geometry, Int16Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

const columns = (inputs: Parameters<typeof run>[0], label = 2) => Object.fromEntries((run(inputs, { label, geometryTolerance: 1e-6 }).diagnostics satisfies Plain).value as [string, unknown][]);

describe('diagnostics', () => {
  test('a mask of two voxels, counted on paper', () => {
    const found = columns({ image, segmentation: makeVolume(geometry, labels) });
    expect(found).toMatchObject({
      'diagnostics_Image-original_Dimensionality': '3D',
      'diagnostics_Image-original_Mean': 5.5,
      'diagnostics_Image-original_Maximum': 11,
      'diagnostics_Mask-original_BoundingBox': [1, 0, 0, 2, 2, 2],
      'diagnostics_Mask-original_VoxelNum': 2,
      'diagnostics_Mask-original_VolumeNum': 1,
      'diagnostics_Mask-original_CenterOfMassIndex': [1.5, 0.5, 0.5],
      'diagnostics_Mask-original_CenterOfMass': [11.5, 21, 31.5],
    });
    expect(Object.keys(found).some((name) => name.includes('interpolated'))).toBe(false);
    expect(Object.keys(found).map((name) => name.replace('diagnostics_', '')).slice(0, 9)).toEqual([
      ...['Hash', 'Dimensionality', 'Spacing', 'Size', 'Mean', 'Minimum', 'Maximum'].map((name) => `Image-original_${name}`),
      ...['Hash', 'Spacing'].map((name) => `Mask-original_${name}`),
    ]);
  });

  test('the hash is of the bytes: of int16 as they are, of a mask as uint32', () => {
    // SHA-1 of 24 bytes (0..11 as int16, little-endian) and of 48 bytes (the labels as uint32).
    const found = columns({ image, segmentation: makeVolume(geometry, labels) });
    const same = columns({ image, segmentation: makeVolume(geometry, Int16Array.from(labels)) });
    expect(found['diagnostics_Image-original_Hash']).toMatch(/^[0-9a-f]{40}$/);
    expect(same['diagnostics_Mask-original_Hash']).toBe(found['diagnostics_Mask-original_Hash']);
    expect(columns({ image: makeVolume(geometry, Int32Array.from(image.data)), segmentation: makeVolume(geometry, labels) })['diagnostics_Image-original_Hash']).not.toBe(found['diagnostics_Image-original_Hash']);
  });

  test('a corrected mask has columns only when its grid was another one', () => {
    const corrected = makeMask(geometry, labels.map((v) => (v === 2 ? 1 : 0)));
    expect(columns({ image, segmentation: makeVolume(geometry, labels), corrected })['diagnostics_Mask-corrected_VoxelNum']).toBeUndefined();
    const elsewhere = makeVolume(makeGeometry({ ...geometry, origin: [10.5, 20, 30] }), labels);
    expect(columns({ image, segmentation: elsewhere, corrected })).toMatchObject({ 'diagnostics_Mask-corrected_VoxelNum': 2, 'diagnostics_Mask-corrected_Mean': 6 });
  });

  test('what happened on the way has columns of its own, with the values inside', () => {
    const found = columns({ image, segmentation: makeVolume(geometry, labels), interpolatedImage: image, interpolatedMask: makeMask(geometry, labels.map((v) => (v === 2 ? 1 : 0))) });
    expect(found).toMatchObject({ 'diagnostics_Mask-interpolated_Mean': 6, 'diagnostics_Mask-interpolated_Minimum': 1, 'diagnostics_Mask-interpolated_Maximum': 11 });
  });
});

describeContract(plugin, {
  from: import.meta.url,
  examples: [{ operation: 'run', inputs: () => ({ image: exampleVolume(), segmentation: makeVolume(exampleVolume().geometry, ballMask(exampleVolume().geometry).data) }) }],
});

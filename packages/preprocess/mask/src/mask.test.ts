import { makeGeometry, makeVolume, parseParams } from '@radloom/core';
import { describeContract, exampleVolume, testContext } from '@radloom/testkit';
import { expect, test } from 'vitest';
import mask from './index.js';
import { type MaskSettings, run } from './run.js';

const geometry = makeGeometry({ size: [4, 3, 2], spacing: [1, 1, 4] });
const image = makeVolume(geometry, Float32Array.from({ length: 24 }, (_, i) => i));
/** Label 1: a 2 x 2 x 2 block from voxel (1, 0, 0); label 3: a single voxel; label 4: a line of two. */
const labels = Uint8Array.from({ length: 24 }, (_, i) => ([1, 2, 5, 6].includes(i % 12) ? 1 : i === 8 ? 3 : i === 22 || i === 23 ? 4 : 0));
const segmentation = makeVolume(geometry, labels, { segments: [{ label: 1, name: 'tumour' }, { label: 3, name: 'node' }] });

const settings = (given: object = {}) => parseParams(mask.params, given) as unknown as MaskSettings;
const take = (given: object = {}, of = segmentation, on = image, context = testContext()) => run({ image: on, segmentation: of }, settings(given), context).mask;

function refusal(action: () => unknown): { code: string; message: string; data: Record<string, unknown> } {
  try {
    action();
  } catch (error) {
    return error as { code: string; message: string; data: Record<string, unknown> };
  }
  throw new Error('nothing was refused');
}

test('label 1 of a small segmentation', () => {
  const found = take();
  expect([...found.data]).toEqual([0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
  expect(found).toMatchObject({ label: 1, name: 'tumour' });
  expect(found.geometry).toBe(image.geometry);
});

test('a segment can be chosen by its name', () => {
  expect(take({ name: 'tumour', label: 3 }).label).toBe(1);
  expect(refusal(() => take({ name: 'liver' }))).toMatchObject({ code: 'segment-absent', data: { names: ['tumour', 'node'] } });
});

test.each([
  [{ label: 9 }, 'label-absent'],
  [{ label: 3, minimumROIDimensions: 1 }, 'roi-single-voxel'],
  [{ label: 4 }, 'roi-too-few-dimensions'],
  [{ minimumROISize: 8 }, 'roi-too-small'],
  [{ labelChannel: 1 }, 'label-channel'],
])('%o is refused: %s', (given, code) => {
  expect(refusal(() => take(given)).code).toBe(code);
});

test('what just suffices passes', () => {
  expect(take({ label: 4, minimumROIDimensions: 1 }).label).toBe(4);
  expect(take({ minimumROISize: 7, minimumROIDimensions: 3 }).label).toBe(1);
});

test('an empty segmentation, fractions and values that are not finite are refused', () => {
  expect(refusal(() => take({}, makeVolume(geometry, new Uint8Array(24)))).code).toBe('mask-empty');
  expect(refusal(() => take({}, makeVolume(geometry, Float64Array.from(labels, (value) => value / 2)))).code).toBe('label-not-integer');
  const broken = makeVolume(geometry, Float32Array.from(image.data, (value) => (value === 13 || value === 0 ? NaN : value)));
  expect(refusal(() => take({}, segmentation, broken))).toMatchObject({ code: 'image-not-finite', data: { voxels: 1, first: [1, 0, 1] } });
});

test('values outside the ROI that are not finite are counted and said, and no reason to refuse', () => {
  const context = testContext();
  const broken = makeVolume(geometry, Float32Array.from(image.data, (value) => (value === 0 ? NaN : value === 23 ? Infinity : value)));
  run({ image: broken, segmentation }, settings(), context);
  expect(context.warnings).toEqual([expect.objectContaining({ code: 'image-not-finite', text: expect.stringContaining('at 2 of its 24 voxels') as string })]);
});

test('a mask on another grid is refused with the difference, or put right', () => {
  const elsewhere = makeVolume(makeGeometry({ ...geometry, origin: [0.25, 0, 0] }), labels);
  const problem = refusal(() => take({}, elsewhere));
  expect(problem).toMatchObject({ code: 'geometry-mismatch', data: { differs: ['origin'], origin: 0.25 } });
  expect(problem.message).toContain('correctMask: true');
  const context = testContext();
  const corrected = take({ correctMask: true }, elsewhere, image, context);
  expect([...corrected.data]).toEqual([...take().data]);
  expect(corrected.geometry).toBe(image.geometry);
  expect(context.warnings.map(({ code }) => code)).toEqual(['mask-corrected']);
});

test('a difference within the tolerance is none', () => {
  const near = makeVolume(makeGeometry({ ...geometry, origin: [0.0004, 0, 0] }), labels);
  expect(refusal(() => take({}, near)).code).toBe('geometry-mismatch');
  expect(take({ geometryTolerance: 0.001 }, near).geometry).toBe(image.geometry);
});

test('a ROI beyond the image cannot be put right', () => {
  const beyond = makeVolume(makeGeometry({ ...geometry, origin: [3, 0, 0] }), labels);
  expect(refusal(() => take({ correctMask: true }, beyond)).code).toBe('roi-outside-image');
});

test('deferred checks leave the mask on its own grid', () => {
  const other = makeVolume(makeGeometry({ ...geometry, origin: [7, 7, 7] }), labels);
  expect(take({ deferChecks: true, label: 3 }, other).geometry.origin).toEqual([7, 7, 7]);
  expect(refusal(() => take({ deferChecks: true, label: 9 }, other)).code).toBe('label-absent');
});

const volume = exampleVolume();
const ball = makeVolume(volume.geometry, Uint8Array.from(volume.data, (_, i) => (i % 5 === 0 ? 2 : 0)));
describeContract(mask, {
  from: import.meta.url,
  examples: [
    { operation: 'run', inputs: () => ({ image: exampleVolume(), segmentation: ball }), params: { label: 2 } },
    { operation: 'run', inputs: () => ({ image, segmentation: makeVolume(makeGeometry({ ...geometry, origin: [0.25, 0, 0] }), labels) }), params: { correctMask: true } },
  ],
});

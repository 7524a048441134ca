import { makeGeometry, makeVolume, parseParams, type Vec3, type Volume } from '@radloom/core';
import { describeContract, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import gradient from './index.js';

async function filtered(volume: Volume, params: object = {}): Promise<Volume> {
  const operation = await gradient.operations.apply.load();
  return (await operation({ volume }, parseParams(gradient.params, params), testContext())).gradient as Volume;
}

function field(size: Vec3, spacing: Vec3, f: (x: number, y: number, z: number) => number): Volume {
  const data = new Float64Array(size[0] * size[1] * size[2]);
  for (let z = 0, i = 0; z < size[2]; z++) for (let y = 0; y < size[1]; y++) for (let x = 0; x < size[0]; x++, i++) data[i] = f(x * spacing[0], y * spacing[1], z * spacing[2]);
  return makeVolume(makeGeometry({ size, spacing }), data);
}

describe('worked example: the line 1 2 4 8, 2 mm apart', () => {
  const line = makeVolume(makeGeometry({ size: [4, 1, 1], spacing: [2, 1, 1] }), Int16Array.of(1, 2, 4, 8));

  test('half the difference of the neighbours over 2 mm; at the ends the voxel itself stands in for the missing one', async () => {
    expect(Array.from((await filtered(line)).data)).toEqual([0.25, 0.75, 1.5, 1]);
  });

  test('per voxel without spacing', async () => {
    expect(Array.from((await filtered(line, { useSpacing: false })).data)).toEqual([0.5, 1.5, 3, 2]);
  });
});

describe('definition', () => {
  test('a plane a x + b y + c z has gradient sqrt(a^2 + b^2 + c^2), whatever the spacing', async () => {
    const image = await filtered(field([5, 5, 5], [0.7, 1.3, 2.5], (x, y, z) => 2 * x - 3 * y + 6 * z));
    expect(image.data[2 + 5 * (2 + 5 * 2)]).toBeCloseTo(7, 5);
  });

  test('a constant image has none', async () => {
    expect(Math.max(...(await filtered(field([3, 4, 5], [1, 1, 1], () => 42))).data)).toBe(0);
  });

  test('adding a constant or turning the sign changes nothing', async () => {
    const volume = exampleVolume([6, 5, 4]);
    const image = await filtered(volume);
    expect((await filtered(makeVolume(volume.geometry, volume.data.map((x) => 100 - x)))).data).toEqual(image.data);
  });

  test('the result is float32', async () => {
    expect((await filtered(exampleVolume([4, 4, 4]))).data).toBeInstanceOf(Float32Array);
  });
});

describeContract(gradient, {
  from: import.meta.url,
  examples: [
    { operation: 'apply', inputs: () => ({ volume: exampleVolume([6, 5, 4]) }) },
    { operation: 'apply', inputs: () => ({ volume: exampleVolume([6, 5, 1]) }), params: { useSpacing: false } },
  ],
});

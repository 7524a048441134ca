import { makeGeometry, makeVolume, parseParams, type Volume } from '@radloom/core';
import { describeContract, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import square from './index.js';

async function filtered(volume: Volume): Promise<Volume> {
  const operation = await square.operations.apply.load();
  return (await operation({ volume }, parseParams(square.params, {}), testContext())).square as Volume;
}

const row = (values: number[]) => makeVolume(makeGeometry({ size: [values.length, 1, 1] }), Float32Array.from(values));

test('worked example: -4, 0, 2, 1 becomes 4, 0, 1, 0.25', async () => {
  const image = await filtered(row([-4, 0, 2, 1]));
  [4, 0, 1, 0.25].forEach((value, i) => expect(image.data[i]).toBeCloseTo(value, 12));
});

describe('definition', () => {
  const volume = row([-9, 4, -4, 0.5, 9]);

  test('the sign is lost, and the largest magnitude stays', async () => {
    const image = (await filtered(volume)).data;
    volume.data.forEach((x, i) => expect(image[i]).toBeCloseTo((x * x) / 9, 12));
  });

  test('an image of zeros has no scale and is refused', async () => {
    await expect(filtered(row([0, 0, 0]))).rejects.toMatchObject({ code: 'filter-not-applicable' });
  });

  test('the result is float64 on the same grid, whatever the pixel type', async () => {
    const integers = exampleVolume([4, 3, 2]);
    const image = await filtered(integers);
    expect(image.data).toBeInstanceOf(Float64Array);
    expect(image.geometry).toEqual(integers.geometry);
    expect((await filtered(makeVolume(integers.geometry, Float32Array.from(integers.data)))).data).toEqual(image.data);
  });
});

describeContract(square, { from: import.meta.url, examples: [{ operation: 'apply', inputs: () => ({ volume: exampleVolume([6, 5, 4]) }) }] });

import { makeGeometry, makeVolume, parseParams, type Volume } from '@radloom/core';
import { describeContract, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import exponential from './index.js';

async function filtered(volume: Volume): Promise<Volume> {
  const operation = await exponential.operations.apply.load();
  return (await operation({ volume }, parseParams(exponential.params, {}), testContext())).exponential as Volume;
}

const row = (values: number[]) => makeVolume(makeGeometry({ size: [values.length, 1, 1] }), Float32Array.from(values));

test('worked example: -4, 0, 2, 4 becomes 1/4, 1, 2, 4', async () => {
  const image = await filtered(row([-4, 0, 2, 4]));
  [0.25, 1, 2, 4].forEach((value, i) => expect(image.data[i]).toBeCloseTo(value, 12));
});

describe('definition', () => {
  const volume = row([-9, 4, -4, 0.5, 9]);

  test('sums become products: f(a) f(-a) = 1', async () => {
    const image = (await filtered(volume)).data;
    expect(image[1] * image[2]).toBeCloseTo(1, 12);
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

describeContract(exponential, { from: import.meta.url, examples: [{ operation: 'apply', inputs: () => ({ volume: exampleVolume([6, 5, 4]) }) }] });

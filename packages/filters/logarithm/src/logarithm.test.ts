import { makeGeometry, makeVolume, parseParams, type Volume } from '@radloom/core';
import { describeContract, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import logarithm from './index.js';

async function filtered(volume: Volume): Promise<Volume> {
  const operation = await logarithm.operations.apply.load();
  return (await operation({ volume }, parseParams(logarithm.params, {}), testContext())).logarithm as Volume;
}

const row = (values: number[]) => makeVolume(makeGeometry({ size: [values.length, 1, 1] }), Float32Array.from(values));

test('worked example: -3, 0, 1, 3 becomes -3, 0, 1.5, 3', async () => {
  const image = await filtered(row([-3, 0, 1, 3]));
  [-3, 0, 1.5, 3].forEach((value, i) => expect(image.data[i]).toBeCloseTo(value, 12));
});

describe('definition', () => {
  const volume = row([-9, 4, -4, 0.5, 9]);

  test('any other base gives the same image', async () => {
    const image = (await filtered(volume)).data;
    volume.data.forEach((x, i) => expect(image[i]).toBeCloseTo(Math.sign(x) * 9 * Math.log10(Math.abs(x) + 1), 12));
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

describeContract(logarithm, { from: import.meta.url, examples: [{ operation: 'apply', inputs: () => ({ volume: exampleVolume([6, 5, 4]) }) }] });

import { makeGeometry, makeVolume, parseParams, type Volume } from '@radloom/core';
import { describeContract, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import squareroot from './index.js';

async function filtered(volume: Volume): Promise<Volume> {
  const operation = await squareroot.operations.apply.load();
  return (await operation({ volume }, parseParams(squareroot.params, {}), testContext())).squareroot as Volume;
}

const row = (values: number[]) => makeVolume(makeGeometry({ size: [values.length, 1, 1] }), Float32Array.from(values));

test('worked example: -4, 0, 1, 2.25 becomes -4, 0, 2, 3', async () => {
  const image = await filtered(row([-4, 0, 1, 2.25]));
  [-4, 0, 2, 3].forEach((value, i) => expect(image.data[i]).toBeCloseTo(value, 12));
});

describe('definition', () => {
  const volume = row([-9, 4, -4, 0.5, 9]);

  test('squaring gives the image back, up to the factor M', async () => {
    const image = (await filtered(volume)).data;
    volume.data.forEach((x, i) => expect((Math.sign(image[i]) * image[i] ** 2) / 9).toBeCloseTo(x, 12));
  });

  test('an image of zeros stays zero', async () => {
    expect(Array.from((await filtered(row([0, 0, 0]))).data)).toEqual([0, 0, 0]);
  });

  test('the result is float64 on the same grid, whatever the pixel type', async () => {
    const integers = exampleVolume([4, 3, 2]);
    const image = await filtered(integers);
    expect(image.data).toBeInstanceOf(Float64Array);
    expect(image.geometry).toEqual(integers.geometry);
    expect((await filtered(makeVolume(integers.geometry, Float32Array.from(integers.data)))).data).toEqual(image.data);
  });
});

describeContract(squareroot, { from: import.meta.url, examples: [{ operation: 'apply', inputs: () => ({ volume: exampleVolume([6, 5, 4]) }) }] });

import { makeGeometry, makeVolume, parseParams, type Volume } from '@radloom/core';
import { describeContract, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { codeOf } from './codes.js';
import lbp2d from './index.js';

async function filtered(volume: Volume, params: object = {}): Promise<Volume> {
  const operation = await lbp2d.operations.apply.load();
  return (await operation({ volume }, parseParams(lbp2d.params, params), testContext()))['lbp-2D'] as Volume;
}

const plane = (rows: number[][]) => makeVolume(makeGeometry({ size: [rows[0].length, rows.length, 1] }), Float64Array.from(rows.flat()));

describe('worked example: four points around the 6 in the middle', () => {
  // Anticlockwise from the right: 1, 5, 7, 8; bright where at least 6: 0 0 1 1.
  const volume = plane([
    [6, 5, 2],
    [7, 6, 1],
    [9, 8, 7],
  ]);

  test.each([
    ['uniform', 2], // one arc of two bright points
    ['default', 12], // 4 + 8
    ['ror', 3], // 0011 turned to the lowest places
    ['nri_uniform', 7], // 1 + (2 - 1) x 4, and 2 for the place of the arc
    ['var', 7.1875], // (1 + 25 + 49 + 64) / 4 - (21 / 4)^2
  ])('%s is %d', async (method, code) => {
    expect((await filtered(volume, { samples: 4, method })).data[4]).toBe(code);
  });

  test('outside the plane values are 0: the corner 6 sees 5 and 8 at most', async () => {
    // Anticlockwise from the right: 5, outside, outside, 7.
    expect((await filtered(volume, { samples: 4, method: 'default' })).data[0]).toBe(8);
  });
});

describe('definitions', () => {
  test('a monotone change of brightness leaves codes of points on pixels as they are', async () => {
    const volume = exampleVolume([9, 8, 2]);
    const brighter = makeVolume(volume.geometry, Float64Array.from(volume.data, (v) => Math.exp(v / 100)));
    const codes = (v: Volume) => filtered(makeVolume(v.geometry, Float64Array.from(v.data, (x) => x + 1000)), { samples: 4, method: 'default' });
    const inside = (v: Volume) => Array.from(v.data).filter((_, i) => i % 9 > 0 && i % 9 < 8 && Math.floor(i / 9) % 8 > 0 && Math.floor(i / 9) % 8 < 7);
    expect(inside(await codes(brighter))).toEqual(inside(await codes(volume)));
  });

  test('turning a pattern changes neither ror nor the count of an arc', () => {
    const ror = codeOf('ror', 8);
    const patterns = [0b00001111, 0b00011110, 0b01111000, 0b11110000];
    const bits = (value: number) => Uint8Array.from({ length: 8 }, (_, p) => (value >> p) & 1);
    for (const value of patterns) {
      expect(ror(bits(value), new Float64Array(8))).toBe(0b1111);
      expect(codeOf('uniform', 8)(bits(value), new Float64Array(8))).toBe(4);
    }
  });

  test('nri_uniform gives each arc its own code: 8 x 7 arcs, two constant patterns, one for the rest', () => {
    const seen = new Set(Array.from({ length: 256 }, (_, value) => codeOf('nri_uniform', 8)(Uint8Array.from({ length: 8 }, (_, p) => (value >> p) & 1), new Float64Array(8))));
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 59 }, (_, i) => i));
  });

  test('planes across x, y and z', async () => {
    const rows = [
      [3, 1, 4, 1],
      [5, 9, 2, 6],
      [5, 3, 5, 8],
    ];
    const expected = (await filtered(plane(rows), { radius: 1.5, method: 'default' })).data;
    const across = (size: [number, number, number], dimension: number, data: number[]) => filtered(makeVolume(makeGeometry({ size }), Float64Array.from(data)), { radius: 1.5, method: 'default', force2DDimension: dimension });
    expect((await across([4, 1, 3], 1, rows.flat())).data).toEqual(expected); // rows z, columns x
    const turned = (await across([1, 3, 4], 2, [0, 1, 2, 3].flatMap((z) => rows.map((row) => row[z])))).data; // rows y, columns z
    rows.forEach((row, y) => row.forEach((_, z) => expect(turned[y + 3 * z]).toBe(expected[4 * y + z])));
  });

  test('the image keeps its pixel type: integers cut fractions off, and a flat circle has no variance', async () => {
    const volume = exampleVolume([6, 6, 1]);
    const exact = await filtered(makeVolume(volume.geometry, Float64Array.from(volume.data)), { method: 'var' });
    const cut = await filtered(volume, { method: 'var' });
    expect(cut.data).toBeInstanceOf(Int16Array);
    cut.data.forEach((value, i) => expect(value).toBe(Int16Array.of(exact.data[i])[0]));
    expect((await filtered(plane([[1, 1, 1], [1, 5, 1], [1, 1, 1]]), { samples: 4, method: 'var' })).data[4]).toBeNaN();
  });
});

describeContract(lbp2d, {
  from: import.meta.url,
  examples: [
    { operation: 'apply', inputs: () => ({ volume: exampleVolume([7, 6, 3]) }) },
    { operation: 'apply', inputs: () => ({ volume: exampleVolume([7, 6, 3]) }), params: { method: 'ror', radius: 2.5, samples: 12, force2DDimension: 1 } },
  ],
});

import { makeGeometry, makeVolume, parseParams, type Volume } from '@radloom/core';
import { describeContract, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import log from './index.js';

async function filtered(volume: Volume, params: object): Promise<Record<string, Volume>> {
  const operation = await log.operations.apply.load();
  return (await operation({ volume }, parseParams(log.params, params), testContext())) as Record<string, Volume>;
}

/** A volume whose value at x, y, z (mm from its first voxel) is f. */
function field(size: [number, number, number], spacing: [number, number, number], f: (x: number, y: number, z: number) => number): Volume {
  const data = new Float64Array(size[0] * size[1] * size[2]);
  for (let z = 0, i = 0; z < size[2]; z++) for (let y = 0; y < size[1]; y++) for (let x = 0; x < size[0]; x++, i++) data[i] = f(x * spacing[0], y * spacing[1], z * spacing[2]);
  return makeVolume(makeGeometry({ size, spacing }), data);
}

const middle = ({ geometry: { size }, data }: Volume) => data[Math.floor(size[0] / 2) + size[0] * (Math.floor(size[1] / 2) + size[1] * Math.floor(size[2] / 2))];

describe('worked example: the image x^2 has second derivative 2 everywhere', () => {
  const parabola = field([81, 5, 5], [0.5, 1, 1], (x) => (x - 20) ** 2);

  test('so its Laplacian of Gaussian is 2 far from the ends', async () => {
    const { 'log-sigma-1-0-mm-3D': image } = await filtered(parabola, { sigma: [1], normaliseAcrossScale: false });
    expect(middle(image)).toBeCloseTo(2, 4); // float32 holds 400 to 3e-5
  });

  test('and 2 sigma^2 when scales are normalised', async () => {
    const { 'log-sigma-1-5-mm-3D': image } = await filtered(parabola, { sigma: [1.5] });
    expect(middle(image)).toBeCloseTo(4.5, 3);
  });
});

describe('definitions', () => {
  test('a constant image has no response, up to the face', async () => {
    const { 'log-sigma-2-0-mm-3D': image } = await filtered(field([9, 8, 7], [1, 1, 1], () => 1000), { sigma: [2] });
    expect(Math.max(...Array.from(image.data, Math.abs))).toBeLessThan(1e-3); // 1000 in float32, three smoothings
  });

  test('x, y and z are treated alike', async () => {
    const [a, b] = await Promise.all([
      filtered(field([20, 21, 22], [1, 1, 1], (x, y, z) => Math.sin(x / 2) + y * z), { sigma: [1] }),
      filtered(field([22, 21, 20], [1, 1, 1], (x, y, z) => Math.sin(z / 2) + y * x), { sigma: [1] }),
    ]);
    const from = a['log-sigma-1-0-mm-3D'].data;
    const to = b['log-sigma-1-0-mm-3D'].data;
    for (let x = 0; x < 20; x++) for (let y = 0; y < 21; y++) for (let z = 0; z < 22; z++) expect(to[z + 22 * (y + 21 * x)]).toBeCloseTo(from[x + 20 * (y + 21 * z)], 3);
  });

  test('a bright point answers with a negative peak, -3 / ((2 pi)^(3/2) sigma^3) of its brightness, and positive surroundings', async () => {
    const size: [number, number, number] = [41, 41, 41];
    const point = field(size, [1, 1, 1], (x, y, z) => (x === 20 && y === 20 && z === 20 ? 1000 : 0));
    const { 'log-sigma-3-0-mm-3D': image } = await filtered(point, { sigma: [3] });
    const peak = (-3 * 1000) / ((2 * Math.PI) ** 1.5 * 27);
    expect(Math.abs(middle(image) / peak - 1)).toBeLessThan(0.02); // the fourth-order fit is 1.8 % off at its peak
    expect(image.data[30 + 41 * (20 + 41 * 20)]).toBeGreaterThan(0);
  });

  test('the pixel type does not matter for values that all types hold', async () => {
    const integers = exampleVolume([9, 10, 11]);
    const images = await Promise.all([integers.data, Int32Array.from(integers.data), Float32Array.from(integers.data), Float64Array.from(integers.data)].map((data) => filtered(makeVolume(integers.geometry, data), { sigma: [1] })));
    for (const image of images) expect(image).toEqual(images[0]);
  });

  test('images are named by the Python text of sigma', () => {
    const names = (sigma: unknown[]) => (log.about.outputs as (params: unknown) => string[])(parseParams(log.params, { sigma }));
    expect(names(['1.0e+1', '.5', '3.', '+4.0', '+4', '1e-1', '0.00001', '1e16'])).toEqual(['10-0', '0-5', '3-0', '4-0', '4', '0-1', '1e-05', '1e+16'].map((text) => `log-sigma-${text}-mm-3D`));
    expect(names([2, 2.5, '2', '3.0', '0.50'])).toEqual(['log-sigma-2-0-mm-3D', 'log-sigma-2-5-mm-3D', 'log-sigma-2-mm-3D', 'log-sigma-3-0-mm-3D', 'log-sigma-0-5-mm-3D']);
  });

  test.each([[0], [-1], '0.0', 'two'])('sigma %s is refused', (sigma) => {
    expect(() => parseParams(log.params, { sigma: [sigma].flat() })).toThrow(expect.objectContaining({ code: 'bad-setting' }));
  });

  test('an image with too few voxels is refused with what it needs', async () => {
    await expect(filtered(exampleVolume([9, 9, 3]), { sigma: [1] })).rejects.toMatchObject({ code: 'filter-not-applicable', data: { needed: [4, 4, 4] } });
    await expect(filtered(exampleVolume([9, 9, 9], [1, 1, 1]), { sigma: [2, 9] })).rejects.toMatchObject({
      code: 'filter-not-applicable',
      data: { needed: [10, 10, 10], notApplicable: ['log-sigma-9-0-mm-3D'], applicable: ['log-sigma-2-0-mm-3D'] },
    });
  });
});

describeContract(log, {
  from: import.meta.url,
  examples: [
    { operation: 'apply', inputs: () => ({ volume: exampleVolume() }), params: { sigma: [1, '2.0'] } },
    { operation: 'apply', inputs: () => ({ volume: exampleVolume([7, 6, 5], [1, 1, 1]) }), params: { sigma: [0.7], normaliseAcrossScale: false } },
  ],
});

import { type Context, makeGeometry, makeVolume, type Mask, memoBuilds, random, type Region, type Volume } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { extract, standardPlugin, standardPlugins } from './index.js';

function volume(): Volume {
  const size = [16, 15, 12] as const;
  const stream = random([4, 3, 2, 1]);
  const data = new Int16Array(size[0] * size[1] * size[2]).map((_, i) => Math.round(60 * Math.sin(i / 7) + 20 * stream.normal()));
  return makeVolume(makeGeometry({ size, spacing: [0.9, 0.9, 2] }), data);
}

/** Label 1 is a block, label 2 a larger one around it without it. */
function labels({ geometry }: Volume): Volume {
  const [nx, ny, nz] = geometry.size;
  const data = new Uint8Array(nx * ny * nz);
  for (let z = 0, i = 0; z < nz; z++) for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++, i++) data[i] = x > 4 && x < 11 && y > 4 && y < 11 && z > 3 && z < 9 ? 1 : x > 2 && x < 13 && y > 2 && y < 13 && z > 1 && z < 11 ? 2 : 0;
  return makeVolume(geometry, data);
}

describe('extract', () => {
  test("gives PyRadiomics' 107 default features, each with what is known of it", async () => {
    const image = volume();
    const { features, diagnostics } = await extract({ image, mask: labels(image) });
    expect(features).toHaveLength(107);
    expect(features[0].name).toMatch(/^original_shape_/);
    for (const { name, value, reason, info, family } of features) {
      expect(Number.isFinite(value) || reason !== undefined, name).toBe(true);
      expect(name.endsWith(info.name)).toBe(true);
      expect(name).toContain(family);
    }
    expect(diagnostics['diagnostics_Mask-original_VoxelNum']).toBe(6 * 6 * 5);
  });

  test('from the bytes of files, as Node and browsers have them; every feature says what it is', async () => {
    const image = volume();
    const file = (name: string, { geometry, data }: Volume) => {
      const [nx, ny, nz] = geometry.size;
      const header = `NRRD0004\ntype: ${data instanceof Int16Array ? 'int16' : 'uint8'}\ndimension: 3\nspace: left-posterior-superior\nsizes: ${nx} ${ny} ${nz}\nspace directions: (0.9,0,0) (0,0.9,0) (0,0,2)\nspace origin: (0,0,0)\nendian: little\nencoding: raw\n\n`;
      const bytes = new Uint8Array(data.buffer);
      return { name, bytes: Uint8Array.from([...new TextEncoder().encode(header), ...bytes]) };
    };
    const { features } = await extract({ image: file('image.nrrd', image), mask: file('mask.nrrd', labels(image)) });
    const direct = await extract({ image, mask: labels(image) });
    expect(features.map(({ name, value }) => [name, value])).toEqual(direct.features.map(({ name, value }) => [name, value]));
    expect(features.find(({ name }) => name === 'original_ngtdm_Busyness')).toMatchObject({ image: 'original', family: 'ngtdm', info: { name: 'Busyness', ibsi: 'NQ30', unit: '1' } });
    for (const { info } of features) expect(`${info.summary}|${info.source}|${info.unit}`).toMatch(/.+\|.+\|.+/);
  });

  test('takes a parameter file as text, with its literals', async () => {
    const image = volume();
    const { features } = await extract({ image, mask: labels(image), params: 'imageType: {LoG: {sigma: [2.0]}}\nfeatureClass: {firstorder: [Mean, Variance]}\nsetting: {label: 2, additionalInfo: false}\n' });
    expect(features.map((feature) => feature.name)).toEqual(['log-sigma-2-0-mm-3D_firstorder_Mean', 'log-sigma-2-0-mm-3D_firstorder_Variance']);
  });

  test('shape needs neither the original nor a filter that fits the image', async () => {
    const image = volume();
    const { features } = await extract({ image, mask: labels(image), params: { setting: { binWidth: 1e-12 }, imageType: { LoG: { sigma: ['90.0'] } }, featureClass: { shape: ['VoxelVolume'], firstorder: ['Mean'] } } });
    expect(features.map(({ name, value, reason }) => [name, value, reason?.code])).toEqual([
      ['original_shape_VoxelVolume', expect.closeTo(6 * 6 * 5 * 0.9 * 0.9 * 2, 9), undefined],
      ['log-sigma-90-0-mm-3D_firstorder_Mean', NaN, 'filter-not-applicable'],
    ]);
  });

  test('another label is another region', async () => {
    const image = volume();
    const of = async (label: number) => (await extract({ image, mask: labels(image), label, params: { featureClass: { shape: ['VoxelVolume'] } } })).features[0].value;
    expect(await of(1)).toBeCloseTo(6 * 6 * 5 * 0.9 * 0.9 * 2, 9);
    expect(await of(2)).toBeCloseTo((10 * 10 * 9 - 6 * 6 * 5) * 0.9 * 0.9 * 2, 9);
  });

  test('a label that is not there is refused with those that are', async () => {
    const image = volume();
    await expect(extract({ image, mask: labels(image), label: 9 })).rejects.toMatchObject({ code: 'label-absent', fix: expect.stringMatching(/1.*2/s) as string });
  });

  test('an unknown parameter is refused with the nearest name', async () => {
    const image = volume();
    await expect(extract({ image, mask: labels(image), params: 'setting: {binwidth: 5}\n' })).rejects.toMatchObject({ code: 'unknown-setting', fix: 'Did you mean binWidth?' });
  });
});

test('five texture families in one unit build the shared walk once', async () => {
  const context: Context = { seed: [0, 0, 0, 0], at: {}, signal: new AbortController().signal, progress: () => {}, warn: () => {} };
  const image = volume();
  const run = async (id: string, operation: string, inputs: object, settings: object = {}) => {
    const plugin = await standardPlugin(id);
    return (await plugin.operations[operation].load())(inputs as never, plugin.params.parse(settings) as never, context);
  };
  const { mask } = (await run('preprocess/mask', 'run', { image, segmentation: labels(image) })) as { mask: Mask };
  const { region } = (await run('preprocess/discretise', 'run', { volume: image, mask })) as { region: Region };
  for (const family of ['glcm', 'ngtdm', 'gldm', 'glrlm', 'glszm']) await run(`features/${family}`, 'extract', { region });
  const walks = [...memoBuilds(region)].filter(([key]) => /walk/.test(key));
  expect(walks.length).toBeGreaterThan(0);
  for (const [key, builds] of walks) expect(builds, key).toBe(1);
});

test('the standard set lists every plugin under the id that its manifest has', async () => {
  for (const id of Object.keys(standardPlugins)) {
    const plugin = await standardPlugin(id);
    expect(`${plugin.kind}/${plugin.name}`).toBe(id);
  }
});

import { type RadloomError } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { readParams } from './params-file.js';
import { pyradiomicsParams } from './pyradiomics.js';

const read = (text: string) => readParams(text, 'p.yaml');
const refusal = (text: string): RadloomError => {
  try {
    read(text);
  } catch (error) {
    return error as RadloomError;
  }
  throw new Error('was not refused');
};

describe('what PyRadiomics accepts', () => {
  test('an empty file', () => expect(read('').settings.families).toHaveLength(7));

  test.each([
    ['floats written as integers', 'setting: {binWidth: 5, normalizeScale: 100, geometryTolerance: 1}'],
    ['an exponent', 'setting: {geometryTolerance: 1e-06}'],
    ['an interpolator by its number', 'setting: {interpolator: 2, resampledPixelSpacing: [1, 1, 1]}'],
    ['an interpolator that is not offered, where nothing is resampled', 'setting: {interpolator: sitkLanczosWindowedSinc}'],
    ['nulls', 'setting: {weightingNorm: null, resampledPixelSpacing: null, interpolator: null, removeOutliers: null, resegmentRange: null, binCount: null, minimumROISize: null, geometryTolerance: null}'],
    ['classes without a list', 'featureClass: {glcm: , shape: null, firstorder: []}'],
    ['settings of voxel maps', 'voxelSetting: {kernelRadius: 2, maskedKernel: true, initValue: .nan, voxelBatch: 50}'],
    ['settings of an image type', 'imageType: {Wavelet: {binWidth: 10, weightingNorm: null}, LoG: {sigma: [1]}}'],
    ['JSON', '{"setting": {"label": 2}, "imageType": {"Original": {}}}'],
  ])('%s', (_, text) => expect(() => read(`${text}\n`)).not.toThrow());

  test('interpolators by number are those by name', () => {
    const of = (interpolator: string | number) => read(`setting: {resampledPixelSpacing: [1, 1, 1], interpolator: ${interpolator}}\n`).settings.resample;
    expect([1, 2, 3, 4].map(of)).toEqual(['sitkNearestNeighbor', 'sitkLinear', 'sitkBSpline', 'sitkGaussian'].map(of));
  });

  test('the booleans of YAML 1.1, and null for none', () => {
    expect(read('setting: {normalize: yes, force2D: off, preCrop: On}\n').settings).toMatchObject({ normalise: { scale: 1 }, resample: { preCrop: true } });
    expect(read('setting: {additionalInfo: }\n').additionalInfo).toBe(false);
    expect(read('imageType: {Gradient: {gradientUseSpacing: no}}\n').settings.images).toMatchObject([{ settings: { useSpacing: false } }]);
    expect(refusal('setting: {interpolator: yes}\n')).toMatchObject({ code: 'bad-setting' });
  });

  test('the order of the file is the order of the columns', () => {
    const { settings } = read('imageType: {Wavelet: {}, LoG: {sigma: [3.0, 2.0]}, Original: {}}\nfeatureClass: {ngtdm: , firstorder: , glcm: }\n');
    expect(settings.images.map(({ plugin, settings: own }) => [plugin, own.sigma])).toEqual([['filter/wavelet', undefined], ['filter/log', ['3.0']], ['filter/log', ['2.0']], [null, undefined]]);
    expect(settings.families.map(({ plugin }) => plugin)).toEqual(['features/ngtdm', 'features/firstorder', 'features/glcm']);
  });

  test('a sigma that stands twice gives one image', () => {
    expect(read('imageType: {LoG: {sigma: [2.0, 2.00, 2, 2e0, +2]}}\n').settings.images.map((image) => image.settings.sigma)).toEqual([['2.0'], ['2']]);
  });

  test('LoG without a sigma makes no image, and a person is told', () => {
    const { settings, remarks } = read('imageType: {Original: {}, LoG: {}}\n');
    expect(settings.images).toHaveLength(1);
    expect(remarks).toEqual(['LoG has no sigma, so it gives no image.']);
    expect(refusal('imageType: {LoG: {}}\n')).toMatchObject({ code: 'no-image-type', where: { line: 1, column: 13 } });
  });

  test('names of features that PyRadiomics leaves out in silence', () => {
    expect(read('featureClass: {glcm: [Dissimilarity, Contrast], gldm: [DependencePercentage]}\n').settings.families.map((family) => family.settings.include)).toEqual([['Contrast'], []]);
  });
});

describe('anchors, references and merges', () => {
  test('a reference is what it names, with its literals', () => {
    const { settings } = read('setting: &wide {binWidth: 10}\nimageType:\n  Original: *wide\n  LoG: {sigma: [&two 2.0, *two, 3], binWidth: 5}\n');
    expect(settings.images.map(({ discretise }) => discretise)).toEqual([{ binWidth: 10 }, { binWidth: 5 }, { binWidth: 5 }]);
    expect(settings.images.slice(1).map((image) => image.settings)).toEqual([{ sigma: ['2.0'] }, { sigma: ['3'] }]);
  });

  test('a merge gives way to what stands beside it, and the first of several merges wins', () => {
    const { settings } = read('setting: &a {binWidth: 10}\nimageType:\n  Square: &b {<<: *a, gldm_a: 1}\n  Original: {<<: *b, binWidth: 7}\n  Gradient: {<<: [*b, {binWidth: 3, level: 2}]}\n');
    expect(settings.images.map(({ discretise }) => discretise)).toEqual([{ binWidth: 10 }, { binWidth: 7 }, { binWidth: 10 }]);
    expect(settings.images[1].families?.['features/gldm']).toEqual({ alpha: 1 });
  });

  test.each([
    ['one without an anchor', 'setting: *none', 'none'],
    ['one to itself', 'setting: &a {sigma: [*a]}', '*a leads to itself'],
    ['too many', `setting: {sigma: &a [1]}\nimageType: {LoG: {sigma: [${'*a, '.repeat(1001)}]}}`, 'leads to too much'],
    ['a key twice', 'setting:\n  binWidth: 1\n  binWidth: 2', 'binWidth stands here for the second time'],
    ['a tab', 'setting:\n\tbinWidth: 1', 'indented by a tab'],
    ['two documents', 'setting: {}\n---\nsetting: {}', 'several documents'],
  ])('%s is refused', (_, text, words) => expect(refusal(`${text}\n`)).toMatchObject({ code: 'yaml-unreadable', what: expect.stringContaining(words) as string }));
});

describe('what PyRadiomics refuses', () => {
  test.each([
    ['an unknown part', 'settings: {}', { fix: 'Did you mean setting?' }],
    ['an unknown setting of an image type', 'imageType:\n  LoG: {sigmas: [1]}', { fix: 'Did you mean sigma?', where: { line: 2, column: 9 } }],
    ['an unknown class', 'featureClass:\n  glmc:', { fix: 'Did you mean glcm?', where: { line: 2, column: 3 } }],
    ['a width of nothing', 'setting: {binWidth: 0}', { code: 'bad-setting', where: { field: 'setting.binWidth' } }],
    ['a fraction of a label', 'setting: {label: 1.5}', { code: 'bad-setting' }],
    ['a sigma that is no list', 'setting: {sigma: 2.0}', { code: 'bad-setting' }],
    ['a negative sigma', 'imageType: {LoG: {sigma: [-2.0]}}', { code: 'bad-setting' }],
    ['a mode that is none', 'setting: {resegmentMode: percent}', { fix: 'Allowed: absolute, relative, sigma.' }],
    ['an interpolator that is none', 'setting:\n  interpolator: sitkLinea', { code: 'bad-setting', what: expect.stringContaining('did you mean sitkLinear') as string, where: { line: 2 } }],
    ['an interpolator that is not offered', 'setting:\n  resampledPixelSpacing: [1, 1, 1]\n  interpolator: sitkLabelGaussian', { code: 'interpolator-unsupported', where: { line: 3 } }],
    ['a list where a map is needed', '[1, 2]', { code: 'bad-setting' }],
  ])('%s', (_, text, expected) => expect(refusal(`${text}\n`)).toMatchObject(expected));
});

test('a place is found for a feature and for a setting of a filter, general or its own', () => {
  const { placeOf } = read('setting:\n  wavelet: haar\nimageType:\n  Wavelet: {level: 2}\nfeatureClass:\n  glcm:\n    - Contrast\n    - Contrst\n');
  expect(placeOf('features/glcm', 'Contrst')).toEqual({ file: 'p.yaml', line: 8, column: 7 });
  expect(placeOf('filter/wavelet', 'level')).toMatchObject({ line: 4 });
  expect(placeOf('filter/wavelet', 'wavelet')).toMatchObject({ line: 2 });
  expect(pyradiomicsParams().placeOf('features/glcm')).toEqual({});
});

test('settings of maps are read, checked, and said to have no effect', () => {
  expect(read('voxelSetting: {kernelRadius: 2, initValue: .nan}\n').remarks).toEqual([expect.stringContaining('voxelSetting has no effect')]);
  expect(read('voxelSetting:\n').remarks).toEqual([]);
  expect(refusal('voxelSetting: {kernelRadius: 0}\n')).toMatchObject({ code: 'bad-setting', where: { field: 'voxelSetting.kernelRadius' } });
});

test('the channel of a segmentation with several is kept apart from the label', () => {
  expect(read('setting: {label: 2, label_channel: 1}\n')).toMatchObject({ label: 2, labelChannel: 1 });
  expect(read('setting: {label: 2}\n').labelChannel).toBeUndefined();
});

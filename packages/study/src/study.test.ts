import { describe, expect, test } from 'vitest';
import { type RadloomError } from '@radloom/core';
import { clinicalPart, groupTable, readCohort, readExclusions } from './cohort.js';
import { combinations } from './modelling.js';
import { readParams } from './params-file.js';
import { pyradiomicsParams } from './pyradiomics.js';
import { nameAndSettings, namedPlugins, studyJsonSchema } from './schema.js';
import { readStudy } from './build.js';

const refusal = (action: () => unknown): RadloomError => {
  try {
    action();
  } catch (error) {
    return error as RadloomError;
  }
  throw new Error('was not refused');
};

const minimal = 'title: T\ncohort:\n  table: c.csv\n  image: image\n  mask: mask\n  outcome: { column: y }\n';

describe('the study file', () => {
  test('has defaults for everything but the cohort', () => {
    expect(readStudy(minimal, 's.yaml')).toMatchObject({ profile: 'pyradiomics', split: { method: 'k-fold' }, selection: ['zero-variance', 'near-zero-variance', 'correlation', 'lasso'], report: { language: 'en' } });
  });
  test('keeps the literal of a sigma: it is part of a name', () => {
    const { imaging } = readStudy(`${minimal}imaging: { filters: [ { log: { sigma: [2.0, 4, 1.50] } } ] }\n`, 's.yaml');
    expect(imaging.filters.map(nameAndSettings)).toEqual([{ name: 'log', settings: { sigma: ['2.0', '4', '1.50'] } }]);
  });
  test.each([
    ['an unknown key', `${minimal}selektion: []\n`, { code: 'unknown-setting', fix: 'Did you mean selection?', where: { file: 's.yaml', line: 7, column: 1 } }],
    ['a nested unknown key', minimal.replace('mask: mask', 'maks: mask'), { code: 'unknown-setting', fix: 'Did you mean mask?', where: { line: 5, column: 3 } }],
    ['a wrong value', `${minimal}seed: -4\n`, { code: 'bad-setting', where: { line: 7, column: 1, field: 'seed' } }],
    ['a missing key', 'title: T\n', { code: 'bad-setting', where: { field: 'cohort' } }],
    ['broken YAML', 'title: [\n', { code: 'yaml-unreadable', where: { file: 's.yaml' } }],
    ['a key twice', `${minimal}title: U\n`, { code: 'yaml-unreadable', where: { line: 7 } }],
  ])('refuses %s with its place', (_, text, expected) => expect(refusal(() => readStudy(text, 's.yaml'))).toMatchObject(expected));
  test('has a JSON Schema', () => expect(studyJsonSchema()).toMatchObject({ title: 'Radloom study', required: ['title', 'cohort'], additionalProperties: false }));
});

describe('PyRadiomics parameters', () => {
  test('nothing at all: the original image and every class but shape2D', () => {
    const { settings } = pyradiomicsParams();
    expect(settings.images).toMatchObject([{ plugin: null }]);
    expect(settings.families.map((family) => family.plugin)).toEqual(['features/firstorder', 'features/glcm', 'features/gldm', 'features/glrlm', 'features/glszm', 'features/ngtdm', 'features/shape']);
    expect(settings).toMatchObject({ normalise: null, resample: null, resegment: null });
  });
  test('a file with force2D alone switches shape2D on, as PyRadiomics does', () => {
    expect(readParams('setting: {force2D: true}\n', 'p.yaml').settings.families.some((family) => family.plugin === 'features/shape2d')).toBe(true);
    expect(readParams('setting: {}\n', 'p.yaml').settings.families.some((family) => family.plugin === 'features/shape2d')).toBe(false);
  });
  test('settings find their plugins', () => {
    const { settings } = readParams(
      'setting: {binWidth: 5, resampledPixelSpacing: [1, 1, 0], interpolator: sitkLinear, resegmentRange: [0, 100], normalize: true, normalizeScale: 100, weightingNorm: euclidean, gldm_a: 1, label: 3}\nimageType: {Original: {}, LoG: {sigma: [2.0, 3]}, Wavelet: {binWidth: 10}}\nfeatureClass: {glcm: [Contrast, Dissimilarity], gldm: }\n',
      'p.yaml',
    );
    expect(settings).toMatchObject({
      mask: { label: 3 },
      normalise: { scale: 100 },
      resample: { spacing: [1, 1, 0], interpolator: 'linear', padDistance: 5 },
      resegment: { range: [0, 100], mode: 'absolute' },
      discretise: { binWidth: 5 },
      images: [{ plugin: null }, { plugin: 'filter/log', settings: { sigma: ['2.0'] } }, { plugin: 'filter/log', settings: { sigma: ['3'] } }, { plugin: 'filter/wavelet', discretise: { binWidth: 10 } }],
      families: [{ plugin: 'features/glcm', settings: { weightingNorm: 'euclidean', include: ['Contrast'] } }, { plugin: 'features/gldm', settings: { alpha: 1 } }],
    });
  });
  test('an unknown setting is refused with the nearest name and its place', () => {
    expect(refusal(() => readParams('setting:\n  binwidth: 5\n', 'p.yaml'))).toMatchObject({ code: 'unknown-setting', fix: 'Did you mean binWidth?', where: { file: 'p.yaml', line: 2, column: 3 } });
    expect(refusal(() => readParams('imageType:\n  Wavelt: {}\n', 'p.yaml'))).toMatchObject({ fix: 'Did you mean Wavelet?' });
    expect(refusal(() => readParams('setting: {binWidth: -1}\n', 'p.yaml'))).toMatchObject({ code: 'bad-setting' });
  });
});

const study = readStudy(`${minimal.replace('column: y', 'column: y, event: 1')}  clinical: [age, sex]\n`, 's.yaml');

describe('the cohort table', () => {
  const text = '\uFEFFid,image,mask,y,age,sex,name\na,a.nii,am.nii,1,61,male,Jane\n"b, c",b.nii,bm.nii,0,,female,John\n';
  test('is read with quotes, a byte order mark and empty cells', () => {
    const cohort = readCohort(text, 'c.csv', 'id');
    expect(cohort.rows.map((row) => [row.id, row.line])).toEqual([['a', 2], ['b, c', 3]]);
    const table = clinicalPart(cohort, study, 'c.csv').table;
    expect(table.columns.map((column) => [column.name, column.kind])).toEqual([['y', 'numeric'], ['age', 'numeric'], ['sex', 'categorical']]);
    expect(JSON.stringify(table)).not.toContain('Jane');
  });
  test.each([
    ['a case twice', text.replace('"b, c"', 'a'), { code: 'case-duplicate', where: { line: 3 } }],
    ['no id', text.replace('\na,', '\n,'), { code: 'case-unnamed' }],
    ['no rows', 'id,y\n', { code: 'table-empty' }],
  ])('with %s is refused', (_, given, expected) => expect(refusal(() => readCohort(given, 'c.csv', 'id'))).toMatchObject(expected));
  test('with one outcome is refused', () => {
    expect(refusal(() => clinicalPart(readCohort(text.replace('nii,0', 'nii,1'), 'c.csv', 'id'), study, 'c.csv'))).toMatchObject({ code: 'outcome-one-class' });
  });
  test('exclusions are counted by reason', () => {
    expect(readExclusions('reason,count\nthrombolysis,48\n', 'e.csv')).toEqual([{ reason: 'thrombolysis', count: 48 }]);
    expect(readExclusions('id,reason\n1,x\n2,x\n3,y\n', 'e.csv')).toEqual([{ reason: 'x', count: 2 }, { reason: 'y', count: 1 }]);
  });
});

test('a grid is every combination, the last setting fastest', () => {
  expect(combinations({ a: [1, 2], b: ['x', 'y'] })).toEqual([{ a: 1, b: 'x' }, { a: 1, b: 'y' }, { a: 2, b: 'x' }, { a: 2, b: 'y' }]);
  expect(combinations({})).toEqual([{}]);
});

describe('the plugins that a file names', () => {
  const named = (more: string) => namedPlugins(readStudy(`${minimal}models: { svm: }\nselection: []\nimaging: { filters: [], features: [] }\n${more}`, 's.yaml'));
  test('models, splitter and evaluations', () => expect(named('').sort()).toEqual(['discrimination', 'k-fold', 'svm']));
  test('controls, which are judged by their discrimination; a resampler; a threshold that is chosen', () => {
    expect(named('evaluation: []\ncontrols: [permuted-labels]\nbalance: smote\nthreshold: { rule: youden }\n').sort()).toEqual(['discrimination', 'k-fold', 'permuted-labels', 'smote', 'svm', 'threshold']);
  });
  test('one half as threshold needs no step', () => expect(named('threshold: { rule: fixed, value: 0.5 }\n')).not.toContain('threshold'));
});

test('the column by which rows are divided stands apart from the clinical ones', () => {
  const cohort = readCohort('id,centre,y\na,X,1\nb,,0\n', 'c.csv', 'id');
  expect(groupTable(cohort, study, 'centre', 'c.csv').columns).toEqual([{ kind: 'categorical', name: 'centre', levels: ['X'], codes: Int32Array.of(0, -1) }]);
  expect(refusal(() => groupTable(cohort, study, 'center', 'c.csv'))).toMatchObject({ code: 'column-unknown', fix: 'Did you mean centre?' });
});

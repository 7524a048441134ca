import { type FeatureVector, type Gathered, makeFeatureVector, makeTable, numbers, type Table, undefinedFeature } from '@radloom/core';
import { describeContract } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { assemble, type AssembleSettings } from './assemble.js';
import plugin from './index.js';

const settings: AssembleSettings = {
  columns: [{ input: 'shape', prefix: 'original_shape_', features: ['Volume'] }, { input: 'glcm', prefix: 'original_glcm_', features: ['Contrast', 'Id'] }],
  outcome: { column: 'event', event: '1' },
  clinicalColumns: ['sex'],
  undefinedCodes: ['filter-not-applicable'],
};

const entry = (id: string, name: string, values: Parameters<typeof makeFeatureVector>[1]): Gathered<FeatureVector> => ({ step: name, name, at: { case: id }, value: makeFeatureVector(Object.keys(values), values) });

const clinical = (): Table =>
  makeTable({
    rows: [{ id: 'b' }, { id: 'a' }, { id: 'c' }, { id: 'd' }],
    columns: [
      { kind: 'numeric', name: 'event', values: Float64Array.of(1, 0, 1, NaN) },
      { kind: 'categorical', name: 'sex', levels: ['male', 'female'], codes: Int32Array.of(0, 1, 0, 0) },
    ],
  });

const features = (): Gathered<FeatureVector>[] => [
  entry('a', 'shape', { Volume: 10 }),
  entry('a', 'glcm', { Contrast: 1, Id: undefinedFeature('constant-region', 'One grey level.') }),
  entry('b', 'shape', { Volume: 20 }),
  entry('b', 'glcm', { Id: 0.5, Contrast: 2 }),
  { step: 'shape', name: 'shape', at: { case: 'c' }, failure: { code: 'skipped', message: 'later' } },
  { step: 'glcm', name: 'glcm', at: { case: 'c' }, failure: { code: 'mask-empty', message: 'The mask is empty.', step: 'mask' } },
  entry('d', 'shape', { Volume: 5 }),
  entry('d', 'glcm', { Contrast: 3, Id: 1 }),
];

describe('a table of four cases, of which two can be rows', () => {
  const { table } = assemble({ features: features(), clinical: clinical() }, settings);
  test('rows follow the clinical table', () => expect(table.rows.map((row) => row.id)).toEqual(['b', 'a']));
  test('columns are outcome, clinical, features in the order of the settings', () => {
    expect(table.columns.map((column) => column.name)).toEqual(['event', 'sex', 'original_shape_Volume', 'original_glcm_Contrast', 'original_glcm_Id']);
    expect(Array.from(numbers(table, 'original_glcm_Contrast'))).toEqual([2, 1]);
    // Of the categories female and male, male is 1.
    expect(Array.from(numbers(table, 'sex'))).toEqual([1, 0]);
  });
  test('the others are listed with their first cause', () => {
    expect(table.failures).toMatchObject([{ id: 'c', failure: { code: 'mask-empty', step: 'mask' } }, { id: 'd', failure: { code: 'outcome-missing' } }]);
  });
  test('an undefined value keeps its reason', () => expect(table.reasons).toEqual([['a', 'original_glcm_Id', { code: 'constant-region', text: 'One grey level.' }]]));
});

test('a filter that does not apply to a case leaves its values undefined and the case in the table', () => {
  const some = features().map((own): Gathered<FeatureVector> => (own.name === 'glcm' && own.at.case === 'b' ? { step: 'glcm', name: 'glcm', at: { case: 'b' }, failure: { code: 'filter-not-applicable', message: 'Too small.' } } : own));
  const { table } = assemble({ features: some, clinical: clinical() }, settings);
  expect(table.rows.map((row) => row.id)).toEqual(['b', 'a']);
  expect(table.reasons.filter(([id]) => id === 'b')).toHaveLength(2);
});

test('the order of the gathered entries does not matter', () => {
  const one = assemble({ features: features(), clinical: clinical() }, settings);
  expect(assemble({ features: features().reverse(), clinical: clinical() }, settings)).toEqual(one);
});

test('a case that the clinical table does not have is listed, not lost', () => {
  const { table } = assemble({ features: [...features(), entry('z', 'shape', { Volume: 1 }), entry('z', 'glcm', { Contrast: 1, Id: 1 })], clinical: clinical() }, settings);
  expect(table.failures.at(-1)).toMatchObject({ id: 'z', failure: { code: 'clinical-missing' } });
});

test('without a clinical table rows are by id', () => {
  const { table } = assemble({ features: features() }, { ...settings, outcome: null, clinicalColumns: [] });
  expect(table.rows.map((row) => row.id)).toEqual(['a', 'b', 'd']);
});

test('three categories are refused by name', () => {
  const table = makeTable({ rows: [{ id: 'a' }], columns: [{ kind: 'categorical', name: 'sex', levels: ['x', 'y', 'z'], codes: Int32Array.of(0) }] });
  expect(() => assemble({ features: features(), clinical: table }, { ...settings, outcome: null })).toThrow('sex has 3 categories');
});

describeContract(plugin, { from: import.meta.url, examples: [{ operation: 'run', inputs: () => ({ features: features(), clinical: clinical() }), params: settings as unknown as Record<string, unknown> }] });

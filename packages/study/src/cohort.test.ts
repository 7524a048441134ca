import { type CategoricalColumn, type NumericColumn, RadloomError } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { readStudy } from './build.js';
import { dateOf, flagOf, numberOf, percentOf, plainCell, sexOf } from './cells.js';
import { clinicalPart, groupTable, readCohort, readExclusions } from './cohort.js';
import type { Study } from './schema.js';
import { csvTable } from './text-table.js';
import { readVariable, type VariableType } from './variables.js';

const refusal = (action: () => unknown): RadloomError => {
  try {
    action();
  } catch (error) {
    return error as RadloomError;
  }
  throw new Error('was not refused');
};

describe('cells', () => {
  test('full-width signs and stray blanks are as typed elsewhere', () => {
    expect(['　１２．５　', ' a  b ', 'ＮＡ', '３５％', '\u200B7\u00A0', 'x²'].map(plainCell)).toEqual(['12.5', 'a b', 'NA', '35%', '7', 'x²']);
  });
  test('numbers in their plain form and nothing else', () => {
    expect(['12', '-0.5', '+3', '.5', '5.', '1e-3', '−2'].map(numberOf)).toEqual([12, -0.5, 3, 0.5, 5, 0.001, -2]);
    expect(['', '1,5', '1,234', '0x10', '<0.1', '12 mm', 'Infinity', '1e999', '1 2', '--3'].map(numberOf)).toEqual(Array.from({ length: 10 }, () => undefined));
  });
  test('percent signs of either width', () => expect(['45%', '4.5 %', '45﹪', '45', '%'].map((cell) => percentOf(plainCell(cell)))).toEqual([45, 4.5, 45, undefined, undefined]));
  test('words of yes and no, in both languages and any case', () => {
    expect(['1', 'Yes', 'y', 'TRUE', '是', '有', '阳性', '1.0'].map(flagOf)).toEqual(Array.from({ length: 8 }, () => 1));
    expect(['0', 'No', 'n', 'false', '否', '无', '阴性', '0.0'].map(flagOf)).toEqual(Array.from({ length: 8 }, () => 0));
    expect(['2', 'maybe', '男', ''].map(flagOf)).toEqual([undefined, undefined, undefined, undefined]);
    expect(['男', 'Male', 'M', '女', 'female', 'x'].map(sexOf)).toEqual(['male', 'male', 'male', 'female', 'female', undefined]);
  });
  test('dates, year first, as days; what is no day of the calendar is none', () => {
    const day = Date.UTC(2024, 2, 5) / 86_400_000;
    expect(['2024-03-05', '2024/3/5', '2024.3.5', '2024年3月5日', '20240305', '2024-03-05T00:00:00.000Z'].map(dateOf)).toEqual(Array.from({ length: 6 }, () => day));
    expect(dateOf('2024-03-05 18:00')).toBe(day + 0.75);
    expect(['1970-01-01', '1969-12-31', '2024-02-29'].map(dateOf)).toEqual([0, -1, day - 5]);
    expect(['2023-02-29', '05/03/2024', '2024-13-01', '2024-3', '45356', '2024-03-05 25:00'].map(dateOf)).toEqual(Array.from({ length: 6 }, () => undefined));
  });
});

describe('who is meant', () => {
  const text = 'id,who,age,event\nc1,P01,50,1\nc2,P01,51,1\nc3,P2,60,0\nc4,P3,70,0\n';
  const part = (csv: string, clinical: string[] = ['age']) => {
    const study = readStudy(`title: T\nseed: 1\ncohort: { table: c.csv, patient: who, outcome: { column: event }, clinical: [${clinical.join(', ')}] }\nsplit: { method: k-fold }\nmodels: { logistic: null }\n`, 's.yaml');
    return clinicalPart(readCohort(csv, 'c.csv', 'id'), study, 'c.csv');
  };

  test('the patient of each case', () => expect(part(text).table.rows.map(({ patient }) => patient)).toEqual(['P01', 'P01', 'P2', 'P3']));

  test.each(['P1', 'p01', 'P 01', '\uFF30\uFF10\uFF11', 'P001'])('one patient written in two ways, P01 and %s, would be divided as two', (other) => {
    expect(refusal(() => part(text.replace('c2,P01', `c2,${other}`)))).toMatchObject({ code: 'patient-spellings', where: { case: 'c2', field: 'who' } });
  });

  test('patients whose names differ by more than spelling are two', () => expect(() => part(text.replace('c2,P01', 'c2,P10').replace('P3', 'P-2'))).not.toThrow());

  test('neither the id nor the patient is a predictor', () => {
    for (const name of ['id', 'who']) expect(refusal(() => part(text, ['age', name]))).toMatchObject({ code: 'identifier-column', where: { field: name } });
  });
});

const read = (cells: readonly string[], type?: VariableType, missing: readonly string[] = []) =>
  readVariable({ name: 'x', file: 'c.csv', cells: cells.map((text, i) => ({ text, id: `p${i + 1}`, line: i + 2 })) }, type, missing);
const values = (cells: readonly string[], type?: VariableType) => [...(read(cells, type).column as NumericColumn).values];

describe('columns by what their cells suggest', () => {
  test.each<[string, readonly string[], string, readonly number[]]>([
    ['numbers', ['61', '５８', ' 70.5 ', 'NA', ''], 'number', [61, 58, 70.5, NaN, NaN]],
    ['numbers with percent signs', ['45%', '5.5％', '-'], 'number', [45, 5.5, NaN]],
    ['flags as digits', ['1', '0', '0', '未查'], 'flag', [1, 0, 0, NaN]],
    ['flags in words of several kinds', ['是', '否', 'yes', '0', '无'], 'flag', [1, 0, 1, 0, 0]],
    ['dates', ['2024-03-05', '2024年3月6日', '—'], 'date', [19787, 19788, NaN]],
  ])('%s', (_, cells, type, expected) => {
    const { column, variable } = read(cells);
    expect(variable).toMatchObject({ type, declared: false, known: expected.filter((value) => !Number.isNaN(value)).length });
    expect([...(column as NumericColumn).values]).toEqual(expected);
  });
  test('sexes are categories, called as written; in two languages together male and female', () => {
    expect(read(['男', '女', '男']).variable).toMatchObject({ type: 'category', levels: ['女', '男'] });
    const mixed = read(['男', 'female', 'M', '']);
    expect(mixed.variable).toMatchObject({ levels: ['female', 'male'], missing: 1, spellings: ['M -> male', '男 -> male'] });
    expect([...(mixed.column as CategoricalColumn).codes]).toEqual([1, 0, 1, -1]);
  });
  test('categories that differ in case or blanks are one, called as most rows write it', () => {
    const { variable } = read(['Left', 'left', 'Left ', 'right', '　right']);
    expect(variable).toMatchObject({ type: 'category', levels: ['Left', 'right'], spellings: ['left -> Left'] });
  });
  test('units are told', () => {
    expect(read(['45%', '50%']).variable.unit).toBe('%');
    expect(read(['2024-03-05']).variable.unit).toBe('days since 1970-01-01');
  });
});

describe('columns by declaration', () => {
  test('a flag of sexes is 1 for male; codes may be categories; words of one’s own may be missing', () => {
    expect(values(['男', 'female', 'M'], 'flag')).toEqual([1, 0, 1]);
    expect(read(['1', '2', '1.0', '3'], 'category').variable).toMatchObject({ declared: true, levels: ['1', '2', '3'], spellings: ['1.0 -> 1'] });
    expect([...(read(['7', '９９９', '999', '8'], undefined, ['999']).column as NumericColumn).values]).toEqual([7, NaN, NaN, 8]);
    expect(values(['20240305', '2024-03-06'], 'date')).toEqual([19787, 19788]);
  });
  test('a value written elsewhere is known by what it means', () => {
    expect(read(['是', '否']).canonical('yes')).toBe('1');
    expect(read(['1', '0']).canonical('1')).toBe('1');
    expect(read(['Left', 'right']).canonical('left')).toBe('Left');
    expect(read(['男', 'female']).canonical('女')).toBe('female');
    expect(read(['Left', 'right']).canonical('middle')).toBeUndefined();
  });
});

describe('cells that cannot be read are named by case, line and column', () => {
  const at = (line: number) => ({ code: 'cell-unreadable', where: { file: 'c.csv', line, field: 'x' } });
  test.each<[string, readonly string[], VariableType | undefined, number, RegExp]>([
    ['text among numbers', ['1', '2', 'high', '4'], undefined, 4, /Case p3 has "high" in x, where a number is needed/],
    ['an infinite value', ['5', '6', '1e999'], undefined, 4, /"1e999".*infinite value cannot be used/s],
    ['infinity as a word', ['5', '6', 'inf'], undefined, 4, /infinite value/],
    ['a decimal comma', ['1.5', '2.5', '3,5'], undefined, 4, /decimal sign as a point/],
    ['a limit of detection', ['0.2', '0.5', '<0.01'], undefined, 4, /limit of detection/],
    ['a share without its percent sign', ['45%', '50%', '0.4'], undefined, 4, /0\.4 may mean 0\.4% or 40%/],
    ['a third value of a flag', ['是', '否', '不清楚'], 'flag', 4, /where yes or no/],
    ['a number that is declared a flag', ['1', '0', '2'], 'flag', 4, /"2".*more than two values.*category/s],
    ['a day first', ['2024-03-05', '2024-03-06', '05/03/2024'], undefined, 4, /year first/],
    ['a day that is not there', ['2023-02-29'], 'date', 2, /where a date is needed/],
    ['text in a declared number', ['x1'], 'number', 2, /declare it under cohort: types as category/],
  ])('%s', (_, cells, type, line, message) => {
    const error = refusal(() => read(cells, type));
    expect(error).toMatchObject(at(line));
    expect(error.message).toMatch(message);
  });
  test('a column without a value is refused by name', () => expect(refusal(() => read(['', 'NA', '-']))).toMatchObject({ code: 'column-empty', what: 'No row has a value in x.' }));
});

const study = (cohort: string): Study => readStudy(`title: T\ncohort:\n  table: c.csv\n  image: image\n  mask: mask\n${cohort}`, 's.yaml');
const table = (csv: string, cohort: string) => clinicalPart(readCohort(csv, 'c.csv', 'id'), study(cohort), 'c.csv').table;

describe('tables as they come', () => {
  test('semicolons and tabs, empty lines, a nameless empty column at the end', () => {
    expect(readCohort('id;a;\n1;x;\n\n2;y;\n', 'c.csv', 'id')).toEqual({ columns: ['id', 'a'], rows: [{ id: '1', line: 2, cells: { id: '1', a: 'x' } }, { id: '2', line: 4, cells: { id: '2', a: 'y' } }] });
    expect(readCohort('id\ta\n1\tx\n', 'c.csv', 'id').columns).toEqual(['id', 'a']);
  });
  test.each([
    ['the same column twice', 'id,a,a\n1,2,3\n', { code: 'column-duplicate', what: 'Two columns are called a.' }],
    ['a column without a name', 'id,,a\n1,,3\n2,7,4\n', { code: 'column-unnamed', what: 'Column 2 has no name, and "7" in it.', where: { line: 3 } }],
    ['a row that is too short', 'id,a\n1,2\n3\n', { code: 'table-unreadable', what: 'The row has 1 cells, the header 2.', where: { line: 3 } }],
    ['a quotation mark that is not closed', 'id,a\n1,"2\n', { code: 'table-unreadable' }],
    ['nothing', '\n', { code: 'table-empty' }],
  ])('%s is refused', (_, csv, expected) => expect(refusal(() => readCohort(csv, 'c.csv', 'id'))).toMatchObject(expected));
  test('a table that a host has read is checked alike', () => {
    expect(readCohort({ columns: ['id', 'a'], rows: [['1', ' x ']], lines: [5] }, 'c.xlsx', 'id').rows).toEqual([{ id: '1', line: 5, cells: { id: '1', a: 'x' } }]);
    expect(refusal(() => readCohort({ columns: ['id', 'a', 'a'], rows: [], lines: [] }, 'c.xlsx', 'id'))).toMatchObject({ code: 'column-duplicate' });
    expect(csvTable('\uFEFFid,a\n1,2\n', 'c.csv').columns).toEqual(['id', 'a']);
  });
});

describe('the clinical table', () => {
  const csv = 'id,y,age,sex,grade,ward\n1,是,６１,男,1,A\n2,否,58,女,2,B\n3,否,,男,3,A\n';
  test('is read by declared and inferred types, and says so', () => {
    const cohort = '  outcome: { column: y, event: 是 }\n  clinical: [age, sex]\n  types: { grade: category }\nevaluation: [ { baseline-table: { columns: [age, grade] } } ]\n';
    const found = table(csv, cohort);
    expect(found.outcome).toEqual({ column: 'y', event: '1' });
    expect(found.columns.map(({ name, kind }) => [name, kind])).toEqual([['y', 'numeric'], ['age', 'numeric'], ['sex', 'categorical'], ['grade', 'categorical']]);
    expect(JSON.stringify(found)).not.toContain('ward');
    expect(clinicalPart(readCohort(csv, 'c.csv', 'id'), study(cohort), 'c.csv').variables.map(({ name, type, declared, missing }) => [name, type, declared, missing])).toEqual([['y', 'flag', false, 0], ['age', 'number', false, 1], ['sex', 'category', false, 0], ['grade', 'category', true, 0]]);
  });
  test.each([
    ['three outcomes', '  outcome: { column: grade, event: 1 }\n', { code: 'outcome-levels', what: 'The outcome grade has 3 values (1, 2, 3) where two are needed.' }],
    ['an outcome that does not occur', '  outcome: { column: ward, event: C }\n', { code: 'outcome-one-class', what: 'No case has the outcome ward = C; found: A, B.' }],
    ['a type for a column that is not there', '  outcome: { column: y }\n  types: { agee: number }\n', { code: 'column-unknown', fix: 'Did you mean age?' }],
    ['a patient that is missing', '  outcome: { column: y }\n  patient: age\n', { code: 'patient-missing', what: 'Case 3 has no age: whose it is decides which rows stay together.', where: { line: 4 } }],
  ])('%s: refused', (_, cohort, expected) => expect(refusal(() => table(csv, cohort))).toMatchObject(expected));
  test('a group is text as written, or numbers', () => {
    const cohort = readCohort('id,site,code\n1,是,1\n2,否,2\n', 'c.csv', 'id');
    const own = study('  outcome: { column: y }\n');
    expect(groupTable(cohort, own, 'site', 'c.csv').columns[0]).toMatchObject({ kind: 'categorical', levels: ['否', '是'] });
    expect(groupTable(cohort, own, 'code', 'c.csv').columns[0]).toMatchObject({ kind: 'numeric' });
  });
  test('a count of excluded patients that is no number is refused by line', () => {
    expect(refusal(() => readExclusions('reason,count\nthrombolysis,48\nother,many\n', 'e.csv'))).toMatchObject({ code: 'cell-unreadable', where: { line: 3 } });
    expect(readExclusions({ columns: ['reason', 'count'], rows: [['x', '３']], lines: [2] }, 'e.xlsx')).toEqual([{ reason: 'x', count: 3 }]);
  });
});

import { type Column, isRadloomError, makeTable, type Model, parseParams, type Plugin, type Predictions, type RadloomError, random, type Table } from '@radloom/core';
import type { Registry } from '@radloom/engine';
import { testContext } from '@radloom/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { registryOf } from './testing/run-graph.js';

/**
 * Tables as hospitals have them, given to every plugin that takes one: each answers with an error that names the column, the row or the
 * number that is wrong, or with a result in which nothing went away unsaid.
 */

const FEATURES = ['x1', 'x2', 'x3', 'x4', 'x5', 'x6'];
type Change = (name: string, value: number, row: number) => number;
const isEvent = (row: number) => (row * 7) % 3 === 0 || row % 2 === 1;

/** Cases p01 …, outcome y and six features, of which the first follows the outcome a little. */
function cohort({ rows = 40, change = (_, value) => value, more = [], outcome, features = FEATURES }: { rows?: number; change?: Change; more?: readonly Column[]; outcome?: Column; features?: readonly string[] } = {}): Table {
  const stream = random([5, 6, 7, 8]);
  const numeric = (name: string, value: (row: number) => number): Column => ({ kind: 'numeric', name, values: Float64Array.from({ length: rows }, (_, row) => change(name, value(row), row)) });
  const columns = features.map((name) => numeric(name, (row) => stream.normal() + (name === 'x1' && isEvent(row) ? 1 : 0)));
  return makeTable({ role: 'training', rows: Array.from({ length: rows }, (_, i) => ({ id: `p${String(i + 1).padStart(2, '0')}` })), outcome: { column: 'y', event: '1' }, columns: [outcome ?? numeric('y', (row) => Number(isEvent(row))), ...columns, ...more] });
}

const category = (name: string, levels: readonly string[], of: (row: number) => number, rows = 40): Column => ({ kind: 'categorical', name, levels, codes: Int32Array.from({ length: rows }, (_, row) => of(row)) });
const only = (column: string, value: (value: number, row: number) => number): Change => (name, old, row) => (name === column ? value(old, row) : old);

let plugins: Registry;
beforeAll(async () => {
  plugins = await registryOf(/^(transform|selector|classifier|splitter|evaluation|resampler)\//);
});

interface Answer {
  readonly refused?: RadloomError;
  /** Warnings and the model's summary. */
  readonly said: string;
  readonly table?: Table;
  readonly predictions?: Predictions;
  readonly selected?: readonly string[];
}

const SETTINGS: Readonly<Record<string, Record<string, unknown>>> = { 'transform/combat': { batch: 'scanner' }, 'splitter/leave-one-group-out': { column: 'scanner', groups: ['A', 'B'] } };
const scanner = (rows: number) => category('scanner', ['A', 'B'], (row) => row % 2, rows);

/** What a plugin does with a table: learns and applies what it learned to the same rows, divides them, or describes them. */
async function answerOf(id: string, given: Table, settings: Record<string, unknown> = {}): Promise<Answer> {
  const { plugin } = plugins.get(id);
  const ctx = testContext();
  const table = id in SETTINGS && !given.columns.some(({ name }) => name === 'scanner') ? makeTable({ ...given, role: 'training', columns: [...given.columns, scanner(given.rows.length)] }) : given;
  const params = parseParams(plugin.params, { ...SETTINGS[id], ...settings });
  const call = async (operation: string, inputs: Record<string, unknown>) => (await plugin.operations[operation].load())(inputs as never, params, ctx);
  const warned = () => ctx.warnings.map(({ text }) => text).join('\n');
  try {
    const first = firstOperation(plugin);
    const out = (await call(first, { table, ...(id === 'selector/icc' ? { second: table } : {}) })) as { model?: Model; table?: Table };
    if (out.model === undefined) return { said: warned(), table: out.table };
    const said = `${warned()}\n${JSON.stringify(out.model.summary, (_, value: unknown) => (ArrayBuffer.isView(value) ? undefined : value))}`;
    if (plugin.kind === 'classifier') return { said, predictions: ((await call('predict', { model: out.model, table })) as unknown as { predictions: Predictions }).predictions };
    return { said, table: ((await call('apply', { model: out.model, table })) as { table: Table }).table, selected: (out.model.state as { selected?: readonly string[] }).selected };
  } catch (error) {
    if (isRadloomError(error)) return { refused: error, said: warned() };
    throw error;
  }
}

const firstOperation = (plugin: Plugin): string => ['fit', 'assign', 'resample', 'run'].find((operation) => operation in plugin.operations)!;

const CLASSIFIERS = ['classifier/knn', 'classifier/logistic', 'classifier/random-forest', 'classifier/svm'];
const CHOOSERS = ['selector/lasso', 'selector/mrmr', 'selector/multivariable-logistic', 'selector/recursive-elimination', 'selector/stability'];
const SINGLE_COLUMN = ['selector/icc', 'selector/ranking', 'selector/univariate'];
/** Those that leave columns out by what they tell of the outcome, not for what is wrong with them. */
const CHOOSING = [...CHOOSERS, 'selector/ranking', 'selector/univariate'];
const VARIANCE = ['selector/zero-variance', 'selector/near-zero-variance'];
const TRANSFORMS = ['transform/combat', 'transform/impute', 'transform/scale', 'transform/yeo-johnson'];
const SPLITTERS = ['splitter/bootstrap', 'splitter/hold-out', 'splitter/k-fold'];
const LEARNERS = [...CHOOSERS, ...SINGLE_COLUMN, ...VARIANCE, 'selector/correlation', ...TRANSFORMS, ...CLASSIFIERS, 'resampler/smote'];
const TABLE_TAKING = [...LEARNERS, 'evaluation/baseline-table'];

test('everything that ships and learns from a table is tried here; an ensemble learns from predictions', () => {
  const learning = plugins.ids().filter((id) => /^(selector|classifier|transform|resampler)\//.test(id) && ['fit', 'resample'].some((operation) => operation in plugins.get(id).plugin.operations));
  expect(learning.sort()).toEqual([...LEARNERS].sort());
});

/** Probabilities are such; what is in the table that was learned from and not in the one that came out was spoken of, or was not chosen. */
function sound(id: string, { table, predictions, said, selected }: Answer, before: Table, flawed: string): void {
  if (predictions !== undefined) expect(predictions.probability.every((p) => p >= 0 && p <= 1), id).toBe(true);
  if (table === undefined || id.startsWith('evaluation/')) return;
  const gone = before.columns.filter(({ name }) => !table.columns.some((column) => column.name === name)).map(({ name }) => name);
  if (gone.includes(flawed) && !CHOOSING.includes(id)) expect(said, id).toContain(flawed);
  if (selected === undefined) expect(gone, id).toEqual([]);
}

interface Flaw {
  readonly of: () => Table;
  readonly flawed: string;
  /** Code of the refusal by plugin; all other plugins go on. */
  readonly refused: Readonly<Record<string, string>>;
  /** What a refusal names. */
  readonly names: RegExp;
  /** Plugins that speak of the column, in a warning or in their summary. */
  readonly speak?: readonly string[];
  readonly among?: readonly string[];
}

const each = (ids: readonly string[], code: string) => Object.fromEntries(ids.map((id) => [id, code]));
const COMPLETE = [...CHOOSERS, ...CLASSIFIERS, 'resampler/smote'];
const OUTCOME = [...CHOOSERS, 'selector/ranking', 'selector/univariate', ...CLASSIFIERS, 'resampler/smote'];

const flaws: Readonly<Record<string, Flaw>> = {
  'a column of one value': {
    of: () => cohort({ change: only('x3', () => 7) }), flawed: 'x3', refused: {}, names: /x3/,
    speak: [...CHOOSERS, ...SINGLE_COLUMN, ...VARIANCE, 'transform/combat', 'transform/scale', 'transform/yeo-johnson', 'evaluation/baseline-table'],
  },
  'a column without any value': {
    of: () => cohort({ change: only('x3', () => NaN) }), flawed: 'x3', names: /x3/,
    refused: { ...each(COMPLETE, 'missing-value'), 'transform/impute': 'all-missing', 'transform/scale': 'all-missing' },
    speak: [...SINGLE_COLUMN, ...VARIANCE, 'transform/combat', 'transform/yeo-johnson', 'evaluation/baseline-table'],
  },
  'a value that is missing': {
    of: () => cohort({ change: only('x3', (value, row) => (row === 4 ? NaN : value)) }), flawed: 'x3', names: /x3.*p05/s, refused: { ...each(COMPLETE, 'missing-value'), 'transform/combat': 'missing-value' },
  },
  'an infinite value': {
    of: () => cohort({ change: only('x3', (value, row) => (row === 4 ? -Infinity : value)) }), flawed: 'x3', names: /x3.*p05/s,
    refused: {
      ...each(COMPLETE, 'missing-value'), 'transform/combat': 'missing-value',
      ...each([...SINGLE_COLUMN, 'selector/correlation', 'transform/impute', 'transform/scale', 'transform/yeo-johnson', 'evaluation/baseline-table'], 'infinite-value'),
    },
  },
  'text among numbers': {
    of: () => cohort({ more: [category('note', ['1.5', '2.0', 'n/a'], (row) => row % 3)] }), flawed: 'note', names: /note.*n\/a/s, refused: each(CLASSIFIERS, 'column-categories'),
  },
  'a value far beyond all others': {
    of: () => cohort({ change: only('x3', (value, row) => (row === 4 ? 1e12 : value)) }), flawed: 'x3', names: /x3/,
    // Nothing but that row is told by the column, and no coefficient tells it best.
    refused: { 'selector/multivariable-logistic': 'separation' },
  },
  'scales of 1e8 and 1e-8': { of: () => cohort({ change: (name, value) => (name === 'x3' ? value * 1e8 : name === 'x4' ? value * 1e-8 : value) }), flawed: 'x3', refused: {}, names: /x3/ },
  'a copy of a column': { of: () => cohort({ more: [{ ...(cohort().columns[1] as Extract<Column, { kind: 'numeric' }>), name: 'copy' }] }), flawed: 'copy', refused: {}, names: /copy/, speak: ['selector/multivariable-logistic'] },
  'fewer rows than parameters': {
    of: () => cohort({ rows: 24, features: Array.from({ length: 30 }, (_, c) => `x${c + 1}`) }), flawed: 'x3', names: /24 rows.*30 columns|10 folds need 10 training rows without the event, and there are 8/s, refused: { 'selector/multivariable-logistic': 'too-few-rows', 'selector/lasso': 'too-few-rows' },
  },
  'perfect separation': {
    of: () => cohort({ change: only('x3', (_, row) => Number(isEvent(row)) * 10 + row / 100) }), flawed: 'x3', names: /x3/, refused: { 'selector/multivariable-logistic': 'separation' },
  },
  'an outcome of three values': {
    of: () => cohort({ outcome: category('y', ['0', '1', '2'], (row) => row % 3) }), flawed: 'y', names: /outcome y has 3 values \(0, 1, 2\)/, refused: each([...OUTCOME, ...SPLITTERS, 'evaluation/baseline-table'], 'outcome-levels'),
    among: [...TABLE_TAKING, ...SPLITTERS],
  },
  'an outcome of three numbers': {
    of: () => cohort({ change: only('y', (_, row) => row % 3) }), flawed: 'y', names: /outcome y has 3 values \(0, 1, 2\)/, refused: each([...OUTCOME, ...SPLITTERS, 'evaluation/baseline-table'], 'outcome-levels'),
    among: [...TABLE_TAKING, ...SPLITTERS],
  },
  'an outcome that is missing in a row': {
    of: () => cohort({ change: only('y', (value, row) => (row === 4 ? NaN : value)) }), flawed: 'y', names: /outcome y is missing.*p05/s, refused: each([...OUTCOME, ...SPLITTERS, 'evaluation/baseline-table'], 'outcome-missing'),
    among: [...TABLE_TAKING, ...SPLITTERS],
  },
  'one outcome only': {
    of: () => cohort({ change: only('y', () => 0) }), flawed: 'y', names: /same outcome.*\by\b/s, refused: each([...OUTCOME, ...SPLITTERS], 'one-class'), among: [...TABLE_TAKING, ...SPLITTERS],
  },
};

describe.each(Object.entries(flaws))('%s', (_, { of, flawed, refused, names, speak = [], among = TABLE_TAKING }) => {
  test.each(among)('%s', async (id) => {
    const table = of();
    const answer = await answerOf(id, table);
    expect(answer.refused?.code, answer.refused?.message).toBe(refused[id]);
    if (answer.refused !== undefined) {
      expect(answer.refused.message).toMatch(names);
      return;
    }
    if (speak.includes(id)) expect(answer.said).toContain(flawed);
    sound(id, answer, table, flawed);
  }, 60_000);
});

describe('names and rows that stand twice', () => {
  test('two columns of one name, two rows of one id', () => {
    const { rows, columns } = cohort();
    expect(() => makeTable({ rows, columns: [...columns, columns[3]] })).toThrow(/Two columns are called x3/);
    expect(() => makeTable({ rows: rows.map(({ id }, i) => ({ id: i === 4 ? 'p02' : id })), columns })).toThrow(/Two rows are called p02/);
  });
});

describe('batches and folds', () => {
  const scanned = (of: (row: number) => number, levels = ['A', 'B', 'C']) => cohort({ more: [category('scanner', levels, of)] });
  const refusal = async (id: string, table: Table, settings?: Record<string, unknown>) => (await answerOf(id, table, settings)).refused;

  test('a batch with one patient is named with its row', async () => {
    const error = await refusal('transform/combat', scanned((row) => (row === 7 ? 2 : row % 2)));
    expect(error?.code).toBe('batch-single');
    expect(error?.message).toMatch(/Batch C.*p08/s);
  });

  test('a row without a batch, and all rows in one', async () => {
    expect((await refusal('transform/combat', scanned((row) => (row === 7 ? -1 : row % 2))))?.message).toMatch(/p08 has no scanner/);
    expect((await refusal('transform/combat', scanned(() => 0)))?.message).toMatch(/batch A/);
  });

  test('a batch that training rows do not have is refused by row and batch', async () => {
    const { plugin } = plugins.get('transform/combat');
    const params = parseParams(plugin.params, { batch: 'scanner' });
    const ctx = testContext();
    const { model } = (await (await plugin.operations.fit.load())({ table: scanned((row) => row % 2) }, params, ctx)) as { model: Model };
    await expect((async () => (await plugin.operations.apply.load())({ model, table: scanned((row) => (row === 5 ? 2 : row % 2)) }, params, ctx))()).rejects.toThrow(/p06 is of batch C.*A, B/s);
  });

  const few = (events: number) => cohort({ change: only('y', (_, row) => Number(row % 13 === 3 && row / 13 < events)) });
  test.each([
    ['splitter/hold-out', 'class-too-small'], ['splitter/k-fold', 'class-too-small'], ['selector/lasso', 'too-few-rows'], ['selector/recursive-elimination', 'too-few-rows'], ['selector/stability', 'too-few-rows'],
    ['classifier/logistic', 'one-class'], ['resampler/smote', 'class-too-small'],
  ])('%s refuses one event among 40 rows, and says which class is too small', async (id, code) => {
    const error = await refusal(id, few(1));
    expect(error?.code, error?.message).toBe(code);
    expect(error?.message).toMatch(/with(out)? the event|rarer class/);
    expect(error?.message).not.toMatch(/at most [01] /);
  });

  test('rows without a group, and groups that nobody is in', async () => {
    expect((await refusal('splitter/leave-one-group-out', scanned((row) => (row === 7 ? -1 : row % 2))))?.message).toMatch(/p08 has no scanner/);
    expect((await refusal('splitter/leave-one-group-out', scanned((row) => row % 2), { groups: ['A', 'B', 'C'] }))?.message).toMatch(/No row is in scanner C/);
  });
});

describe('a table of one row, or of none', () => {
  test.each(TABLE_TAKING.flatMap((id) => [0, 1].map((rows) => [id, rows] as const)))('%s, %d rows', async (id, rows) => {
    const table = cohort({ rows });
    const answer = await answerOf(id, table);
    if (answer.refused !== undefined) expect(answer.refused.message.length).toBeGreaterThan(20);
    else sound(id, answer, table, 'x3');
  });
});

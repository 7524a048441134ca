import { makeTable, type Metrics, parseParams, takeRows } from '@radloom/core';
import { rileySize } from '@radloom/statistics';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { expect, test } from 'vitest';
import sampleSize from './index.js';

const columns = (count: number, events = 20) => {
  const rows = Array.from({ length: 100 }, (_, i) => ({ id: `c${i}` }));
  return makeTable({ role: 'training', rows, outcome: { column: 'y', event: '1' }, columns: [{ kind: 'numeric', name: 'y', values: Float64Array.from(rows, (_, i) => (i < events ? 1 : 0)) }, ...Array.from({ length: count }, (_, c) => ({ kind: 'numeric' as const, name: `x${c}`, values: Float64Array.from(rows, (_, r) => r % (c + 2)) }))] });
};
const evaluate = async (candidates: ReturnType<typeof columns>, selected: ReturnType<typeof columns>) => ((await (await sampleSize.operations.run.load())({ candidates, selected }, parseParams(sampleSize.params, {}), testContext())).metrics as Metrics).entries;

test('20 events for 10 candidates are 2 each, for the 4 that were kept 5; the rarer class counts', async () => {
  const [candidates, selected] = await evaluate(columns(10), columns(4));
  expect([candidates.model, candidates.detail.parameters, candidates.metrics[0]]).toEqual(['candidates', 10, { name: 'eventsPerParameter', value: 2 }]);
  expect([selected.model, selected.metrics[0].value]).toEqual(['selected', 5]);
  expect((await evaluate(columns(10, 90), columns(4, 90)))[0].metrics[0].value).toBe(1);
  const { shrinkage, optimism, risk, patients } = rileySize({ prevalence: 0.2, parameters: 10, nagelkerke: 0.15, shrinkage: 0.9 });
  expect(candidates.metrics.slice(1).map(({ value }) => value)).toEqual([shrinkage, optimism, risk, patients]);
});

test('nothing left, or one class: reasons', async () => {
  const [, selected] = await evaluate(columns(3), columns(0));
  expect(selected.metrics.every(({ value, reason }) => Number.isNaN(value) && reason?.code === 'no-predictors')).toBe(true);
  expect((await evaluate(columns(3, 0), columns(3, 0)))[0].metrics[0].reason?.code).toBe('one-class');
});

describeContract(sampleSize, { from: import.meta.url, examples: [{ operation: 'run', inputs: () => ({ candidates: exampleTable(), selected: takeRows(exampleTable(), [...Array(40).keys()], 'training') }) }] });

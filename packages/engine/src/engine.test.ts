import { encodePort, makeTable, RadloomError, type Table } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { planRun } from './plan-run.js';
import { run, type RunResult } from './run.js';
import { makeTemplate } from './template.js';
import { makeWorld, testWorkflow, type World } from './testing/world.js';
import { from, type Workflow } from './workflow.js';

const cases = ['a', 'b', 'c', 'd'];
const bytes = { a: [1, 2, 3], b: [4, 5], c: [6], d: [7, 8, 9] };

async function go(world: World, workflow: Workflow): Promise<RunResult & { called: Record<string, number> }> {
  world.calls.clear();
  const result = await run({ ...world.options, registry: world.options.registry, workflow });
  return { ...result, called: Object.fromEntries(world.calls) };
}

async function tableOf(result: RunResult): Promise<Table> {
  return (await result.output('table', 'table')) as Table;
}

describe('what runs', () => {
  test('the first run executes everything, the second nothing', async () => {
    const world = makeWorld(bytes);
    const first = await go(world, testWorkflow({ cases }));
    expect(first.called).toMatchObject({ read: 4, scale: 4, region: 4, sum: 4, largest: 4, gather: 1, assign: 1, select: 2 });
    expect(first.counts).toMatchObject({ executed: 4 * 5 + 2 + 2 * 3, rematerialised: 0, failed: 0 });
    expect(Array.from((await tableOf(first)).columns[1].kind === 'numeric' ? ((await tableOf(first)).columns[1] as { values: Float64Array }).values : [])).toEqual([12, 18, 12, 48]);
    const second = await go(world, testWorkflow({ cases }));
    expect(second.called).toEqual({});
    expect(second.counts.executed).toBe(0);
    expect(second.planId).toBe(first.planId);
  });

  test('a new family executes itself and rebuilds what it needs', async () => {
    const world = makeWorld(bytes);
    await go(world, testWorkflow({ cases, families: ['sum'] }));
    const result = await go(world, testWorkflow({ cases, families: ['sum', 'largest'] }));
    expect(result.called).toMatchObject({ read: 4, scale: 4, region: 4, largest: 4, gather: 1 });
    expect(result.called.sum).toBeUndefined();
    expect(result.counts.rematerialised).toBe(12);
    // largest of each case, the table, its split, two folds and two selections on each.
    expect(result.counts.executed).toBe(4 + 2 + 2 * 3);
  });

  test('one case added or changed computes that case alone', async () => {
    const world = makeWorld(bytes);
    await go(world, testWorkflow({ cases: ['a', 'b', 'c'] }));
    const added = await go(world, testWorkflow({ cases }));
    expect(added.called).toMatchObject({ read: 1, sum: 1, largest: 1 });
    world.files.set('b', Uint8Array.of(9, 9, 9));
    const changed = await go(world, testWorkflow({ cases }));
    expect(changed.called).toMatchObject({ read: 1, sum: 1, largest: 1, gather: 1 });
    const removed = await go(world, testWorkflow({ cases: ['a', 'b', 'c'] }));
    expect(removed.called.read).toBeUndefined();
  });

  test('new code that gives the same bytes stops at the stored output', async () => {
    const world = makeWorld(bytes);
    await go(world, testWorkflow({ cases }));
    world.implementations.set('filter/scale', 'v2');
    const result = await go(world, testWorkflow({ cases }));
    expect(result.called).toMatchObject({ scale: 4, region: 4, sum: 4, largest: 4 });
    expect(result.called.gather).toBeUndefined();
    expect(result.called.select).toBeUndefined();
  });

  test('a setting of one cohort step runs that step and what follows', async () => {
    const world = makeWorld(bytes);
    await go(world, testWorkflow({ cases }));
    const result = await go(world, testWorkflow({ cases, keep: 2 }));
    expect(result.called).toEqual({ select: 2 });
    expect(result.counts.executed).toBe(4);
  });

  test('another seed extracts nothing anew', async () => {
    const world = makeWorld(bytes);
    await go(world, testWorkflow({ cases }));
    const result = await go(world, testWorkflow({ cases, seed: 2 }));
    expect(result.called.read).toBeUndefined();
    expect(result.called.select).toBe(2);
  });

  test('planning says the same without running', async () => {
    const world = makeWorld(bytes);
    const before = await planRun({ ...world.options, registry: world.options.registry, workflow: testWorkflow({ cases }) });
    expect(before.execute).toBe(4 * 5 + 2 + 2 * 3);
    expect(world.calls.size).toBe(0);
    await go(world, testWorkflow({ cases }));
    const after = await planRun({ ...world.options, registry: world.options.registry, workflow: testWorkflow({ cases }) });
    expect(after).toMatchObject({ execute: 0, rematerialise: 0, planId: before.planId });
  });
});

describe('failures', () => {
  test('a bad case is a row with its reason; the others go on, and the failure is remembered', async () => {
    const world = makeWorld({ ...bytes, c: [255] });
    const first = await go(world, testWorkflow({ cases }));
    expect([...first.failedCases.keys()]).toEqual(['c']);
    const table = await tableOf(first);
    expect(table.rows.map((row) => row.id)).toEqual(['a', 'b', 'd']);
    expect(table.failures).toMatchObject([{ id: 'c', failure: { code: 'not-bytes', step: 'image' } }]);
    const second = await go(world, testWorkflow({ cases }));
    expect(second.called).toEqual({});
    expect(second.failedCases.get('c')?.get('image')).toMatchObject({ code: 'not-bytes' });
    world.files.set('c', Uint8Array.of(1));
    const repaired = await go(world, testWorkflow({ cases }));
    expect(repaired.failedCases.size).toBe(0);
    expect(repaired.called).toMatchObject({ read: 1, gather: 1 });
  });

  test('what is lost or damaged in the cache is computed again', async () => {
    const world = makeWorld(bytes);
    const first = await go(world, testWorkflow({ cases }));
    const before = encodePort('table', await tableOf(first));
    for await (const { id } of world.options.cache.bytes.list('records')) {
      const record = Uint8Array.from((await world.options.cache.bytes.read('records', id))!);
      record[record.length >> 1] ^= 1;
      await world.options.cache.bytes.write('records', id, record);
    }
    const second = await go(world, testWorkflow({ cases }));
    expect(encodePort('table', await tableOf(second))).toEqual(before);
    expect(second.called.read).toBe(4);
  });
});

describe('a workflow is checked before anything runs', () => {
  const base = testWorkflow({ cases });
  const withStep = (id: string, change: object): Workflow => ({ ...base, steps: base.steps.map((step) => (step.id === id ? { ...step, ...change } : step)) });
  const refusal = (workflow: Workflow): RadloomError => {
    try {
      makeTemplate(workflow, makeWorld(bytes).options.registry);
    } catch (error) {
      return error as RadloomError;
    }
    throw new Error('was not refused');
  };
  test.each([
    ['unknown-plugin', withStep('scaled', { plugin: 'filter/scael' }), 'scaled', 'filter/scale'],
    ['unknown-operation', withStep('scaled', { operation: 'aply' }), 'scaled', 'apply'],
    ['unknown-step', withStep('scaled', { inputs: { volume: from('imgae', 'volume') } }), 'scaled', 'image'],
    ['unknown-port', withStep('scaled', { inputs: { volume: from('image', 'volum') } }), 'scaled', 'image.volume'],
    ['port-type', withStep('sum', { inputs: { region: from('image', 'volume') } }), 'sum', 'region'],
    ['missing-input', withStep('sum', { inputs: {} }), 'sum', 'region'],
    ['unknown-setting', withStep('scaled', { params: { factr: 3 } }), 'scaled', 'factor'],
    ['learning-rows', withStep('first', { inputs: { table: from('table', 'table') } }), 'first', 'all rows'],
    ['learning-rows', withStep('first', { inputs: { table: from('fold', 'test') } }), 'first', 'test rows'],
  ])('%s', (code, workflow, step, named) => {
    const error = refusal(workflow);
    expect(error.code).toBe(code);
    expect(error.message).toContain(step);
    expect(error.message).toContain(named);
  });

  test('a circle is shown', () => {
    const error = refusal({ ...base, steps: [...base.steps.filter((step) => step.id !== 'scaled'), { ...base.steps[1], inputs: { volume: from('loop', 'scaled') } }, { id: 'loop', plugin: 'filter/scale', operation: 'apply', inputs: { volume: from('scaled', 'scaled') } }] });
    expect(error.code).toBe('workflow-cycle');
    expect(error.message).toMatch(/scaled -> loop -> scaled|loop -> scaled -> loop/);
  });

  test('as-published lets a leak through and marks all that follows', () => {
    const leaky = withStep('first', { inputs: { table: from('table', 'table') }, asPublished: true });
    const template = makeTemplate(leaky, makeWorld(bytes).options.registry);
    expect(template.steps.filter((step) => step.tainted).map((step) => step.step.id).sort()).toEqual(['first', 'first.test']);
  });
});

test('as-published teaches from all rows at run time too', async () => {
  const world = makeWorld(bytes);
  const base = testWorkflow({ cases });
  const result = await go(world, { ...base, steps: base.steps.map((step) => (step.id === 'first' ? { ...step, inputs: { table: from('table', 'table') }, asPublished: true } : step)) });
  expect(result.cohort.find((node) => node.step.step.id === 'first')?.state).toBe('executed');
});

test('tables of different rows are different rows sets', () => {
  const make = (ids: string[]) => makeTable({ rows: ids.map((id) => ({ id })), columns: [] }).partition.rowSet;
  expect(make(['a', 'b'])).toBe(make(['b', 'a']));
  expect(make(['a', 'b'])).not.toBe(make(['a', 'c']));
});

import { describe, expect, test } from 'vitest';
import { planRun } from './plan-run.js';
import { run } from './run.js';
import { type ByteStore, memoryStore } from './store.js';
import { makeWorld, testWorkflow, type World } from './testing/world.js';
import { from, type Workflow } from './workflow.js';

const cases = ['a', 'b', 'c', 'd'];
const bytes = { a: [1, 2, 3], b: [4, 5], c: [6], d: [7, 8, 9] };

/** A store that lists which records were read. */
function watched(): ByteStore & { reads: string[] } {
  const store = memoryStore();
  const reads: string[] = [];
  return { ...store, reads, read: (space, id) => (space === 'records' ? reads.push(id) : 0, store.read(space, id)) };
}

const plan = (world: World, workflow: Workflow) => planRun({ ...world.options, registry: world.options.registry, workflow });
async function go(world: World, workflow: Workflow): Promise<Record<string, number>> {
  world.calls.clear();
  await run({ ...world.options, registry: world.options.registry, workflow });
  return Object.fromEntries(world.calls);
}

/** Records of cases that a plan reads. */
async function caseReads(world: World, store: { reads: string[] }, workflow: Workflow): Promise<number> {
  store.reads.length = 0;
  const { plan: found } = await plan(world, workflow);
  const ofCases = new Set(found.cases.map(({ inputs }) => inputs.digest));
  return store.reads.filter((id) => ofCases.has(id)).length;
}

async function finishedWorld(workflow = testWorkflow({ cases })) {
  const store = watched();
  const world = makeWorld(bytes, store);
  await go(world, workflow);
  return { store, world, recordOf: async (id: string) => (await plan(world, workflow)).plan.cases.find(({ inputs }) => inputs.id === id)!.inputs.digest };
}

describe('finished cases', () => {
  test('are planned without reading their records', async () => {
    const { store, world } = await finishedWorld();
    expect(await caseReads(world, store, testWorkflow({ cases }))).toBe(0);
    expect(await plan(world, testWorkflow({ cases }))).toMatchObject({ execute: 0, rematerialise: 0, cached: 4 * 5 + 2 + 2 * 3 });
  });

  test('one added, one with other bytes: that one is read and runs', async () => {
    const { store, world } = await finishedWorld(testWorkflow({ cases: ['a', 'b', 'c'] }));
    expect(await caseReads(world, store, testWorkflow({ cases }))).toBe(1);
    expect(await go(world, testWorkflow({ cases }))).toMatchObject({ read: 1, sum: 1, gather: 1 });
    world.files.set('b', Uint8Array.of(9, 9));
    expect(await caseReads(world, store, testWorkflow({ cases }))).toBe(1);
  });

  test.each([
    ['removed', (store: ByteStore, id: string) => store.remove('records', id)],
    ['put aside', (store: ByteStore, id: string) => store.quarantine('records', id, 'a test')],
    ['damaged', (store: ByteStore, id: string) => store.write('records', id, Uint8Array.of(1, 2, 3))],
  ])('one whose record was %s runs again', async (_, harm) => {
    const { store, world, recordOf } = await finishedWorld();
    await harm(store, await recordOf('b'));
    // At most: five steps of the case, and all of the cohort, should something else come out.
    expect(await plan(world, testWorkflow({ cases }))).toMatchObject({ execute: 5 + 2 + 2 * 3 });
    expect(await go(world, testWorkflow({ cases }))).toEqual({ read: 1, scale: 1, region: 1, sum: 1, largest: 1 });
  });

  test('one whose record holds less than it did runs what is missing', async () => {
    const { store, world, recordOf } = await finishedWorld(testWorkflow({ cases, families: ['sum'] }));
    const id = await recordOf('b');
    const before = (await store.read('records', id))!;
    await go(world, testWorkflow({ cases }));
    await store.write('records', id, before);
    expect(await go(world, testWorkflow({ cases }))).toEqual({ read: 1, scale: 1, region: 1, largest: 1 });
  });

  test('of a template that was never run as a whole are remembered too', async () => {
    const { store, world } = await finishedWorld();
    const fewer = testWorkflow({ cases, families: ['largest'] });
    expect(await caseReads(world, store, fewer)).toBe(4);
    expect(await caseReads(world, store, fewer)).toBe(0);
    expect(await go(world, fewer)).toEqual({ gather: 1, assign: 1, select: 2 });
  });

  test('another port that gathers from them reads them once', async () => {
    const { store, world } = await finishedWorld();
    const base = testWorkflow({ cases });
    const more: Workflow = { ...base, steps: [...base.steps, { id: 'sums', plugin: 'transform/gather', operation: 'run', inputs: { features: [from('sum', 'features', { gather: ['case'] })] } }] };
    expect(await caseReads(world, store, more)).toBe(4);
    expect(await caseReads(world, store, more)).toBe(0);
    expect(await go(world, more)).toEqual({ gather: 1 });
    expect(await caseReads(world, store, base)).toBe(0);
  });
});

describe('the memory of finished cases', () => {
  test.each([
    ['lost', (store: ByteStore, id: string) => store.remove('rows', id)],
    ['damaged', async (store: ByteStore, id: string) => store.write('rows', id, Uint8Array.from((await store.read('rows', id))!, (byte, i) => (i === 40 ? byte ^ 1 : byte)))],
    ['cut short', async (store: ByteStore, id: string) => store.write('rows', id, (await store.read('rows', id))!.subarray(0, 10))],
  ])('%s: records are read again, and nothing runs', async (_, harm) => {
    const { store, world } = await finishedWorld();
    for await (const { id } of store.list('rows')) await harm(store, id);
    expect(await caseReads(world, store, testWorkflow({ cases }))).toBe(4);
    expect(await caseReads(world, store, testWorkflow({ cases }))).toBe(0);
    expect(await go(world, testWorkflow({ cases }))).toEqual({});
  });

  test('cases of studies that share a cache do not push each other out', async () => {
    const { store, world } = await finishedWorld(testWorkflow({ cases: ['a', 'b'] }));
    await go(world, testWorkflow({ cases: ['c', 'd'] }));
    expect(await caseReads(world, store, testWorkflow({ cases: ['a', 'b'] }))).toBe(0);
    expect(await caseReads(world, store, testWorkflow({ cases: ['c', 'd'] }))).toBe(0);
  });

  test('a store that cannot tell whether an entry changed is read', async () => {
    const { stamps: _, ...store } = watched();
    const world = makeWorld(bytes, store);
    await go(world, testWorkflow({ cases }));
    expect(await caseReads(world, store, testWorkflow({ cases }))).toBe(4);
    expect(await go(world, testWorkflow({ cases }))).toEqual({});
  });
});

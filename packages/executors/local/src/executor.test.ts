import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeTable, type PortValue, encodePort } from '@radloom/core';
import type { Unit, UnitNode } from '@radloom/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPlugins } from './plugins.js';
// Workers load built JavaScript, so the executor is tested as it is built.
import { localExecutor } from '../dist/executor.js';

let folder: string;
let store: Parameters<typeof localExecutor>[0]['store'];

/** A store for workers, written for this test: one folder, one file an entry. */
const storeModule = `
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
export async function open({ folder }) {
  const path = (space, id) => join(folder, space + '-' + id);
  return {
    locator: { module: import.meta.url, options: { folder } },
    read: async (space, id) => (existsSync(path(space, id)) ? new Uint8Array(readFileSync(path(space, id))) : undefined),
    write: async (space, id, bytes) => writeFileSync(path(space, id), bytes),
    quarantine: async () => {}, remove: async () => {}, async *list() {},
  };
}`;

const plugin = (core: string) => `
import { defineFilter, makeVolume, noParams, makeGeometry, makeTable, RadloomError } from ${JSON.stringify(core)};
const run = { inputs: {}, outputs: { table: { type: 'table' } } };
export default {
  contract: 1, kind: 'evaluation', name: 'probe', summary: 'Does what a test asks', params: noParams, about: {},
  operations: {
    threads: { ...run, load: async () => async () => ({ table: makeTable({ rows: [{ id: 'a' }], columns: [{ kind: 'numeric', name: 'thread', values: Float64Array.of((await import('node:worker_threads')).threadId) }] }) }) },
    slow: { ...run, load: async () => async () => { await new Promise((done) => setTimeout(done, 60)); return { table: makeTable({ rows: [], columns: [] }) }; } },
    dies: { ...run, load: async () => () => process.exit(7) },
    refuses: { ...run, load: async () => () => { throw new RadloomError({ code: 'no', what: 'The data say no.' }); } },
    breaks: { ...run, load: async () => () => { throw new TypeError('x is not a function'); } },
  },
};`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'radloom-executor-'));
  writeFileSync(join(folder, 'store.mjs'), storeModule);
  mkdirSync(join(folder, 'plugin'));
  writeFileSync(join(folder, 'plugin', 'package.json'), JSON.stringify({ name: 'probe', version: '1.2.3', type: 'module', exports: { '.': { default: './index.js' }, './package.json': './package.json' } }));
  writeFileSync(join(folder, 'plugin', 'index.js'), plugin(new URL('../../../core/dist/index.js', import.meta.url).href));
  const module = (await import(pathToFileURL(join(folder, 'store.mjs')).href)) as { open(options: object): Promise<typeof store> };
  store = await module.open({ folder });
});
afterAll(() => rmSync(folder, { recursive: true }));

const unit = (operation: string, id = operation): Unit => {
  const node: UnitNode = { step: id, key: id, url: pathToFileURL(join(folder, 'plugin', 'index.js')).href, operation, params: {}, seed: [0, 0, 0, 0], at: {}, asPublished: false, inputs: {}, outputs: { table: { type: 'table', store: true } } };
  return { id, at: {}, memory: 0, nodes: [node] };
};
const never = { signal: new AbortController().signal };

describe('the local executor', () => {
  test('runs units in worker threads and gives their bytes back', async () => {
    const executor = localExecutor({ jobs: 2, store });
    const { nodes } = await executor.run(unit('threads'), never);
    expect(nodes[0].state).toBe('done');
    const bytes = Buffer.from(nodes[0].outputs.table.inline!);
    expect(bytes.equals(Buffer.from(encodePort('table', makeTable({ rows: [{ id: 'a' }], columns: [{ kind: 'numeric', name: 'thread', values: Float64Array.of(0) }] }) as PortValue)))).toBe(false);
    await executor.close();
  });

  test('runs as many at once as there are jobs, and no more than memory allows', async () => {
    const parallel = async (memoryBudget: number) => {
      const executor = localExecutor({ jobs: 2, store, memoryBudget });
      await Promise.all([executor.run(unit('slow'), never), executor.run(unit('slow'), never)]);
      let running = 0;
      let most = 0;
      await Promise.all(
        Array.from({ length: 4 }, async (_, i) => {
          const before = executor.run({ ...unit('slow', `slow-${i}`), memory: 1000 }, never);
          running++;
          most = Math.max(most, running);
          await before;
          running--;
        }),
      );
      await executor.close();
      return most;
    };
    expect(await parallel(1e9)).toBe(4);
    const executor = localExecutor({ jobs: 2, store, memoryBudget: 1000 });
    const started = performance.now();
    await Promise.all(Array.from({ length: 3 }, (_, i) => executor.run({ ...unit('slow', `alone-${i}`), memory: 1000 }, never)));
    // Each needs more than the budget, so they run one after the other.
    expect(performance.now() - started).toBeGreaterThan(3 * 55);
    await executor.close();
  });

  test('a failure of the data is a result; a broken plugin and a dead worker are not kept', async () => {
    const executor = localExecutor({ jobs: 1, store });
    const refused = (await executor.run(unit('refuses'), never)).nodes[0];
    expect(refused).toMatchObject({ state: 'failed', deterministic: true, failure: { code: 'no', message: 'The data say no.' } });
    expect((await executor.run(unit('breaks'), never)).nodes[0]).toMatchObject({ state: 'failed', deterministic: false, failure: { code: 'unexpected' } });
    expect((await executor.run(unit('dies'), never)).nodes[0]).toMatchObject({ state: 'failed', deterministic: false, failure: { code: 'worker-crash' } });
    expect((await executor.run(unit('threads'), never)).nodes[0].state).toBe('done');
    await executor.close();
  });
});

describe('plugins', () => {
  test('are loaded by path, with their version and a digest of their code', async () => {
    const load = async () => (await loadPlugins([{ name: './plugin', from: join(folder, 'study.yaml') }])).get('evaluation/probe');
    const first = await load();
    expect(first).toMatchObject({ packageName: 'probe', version: '1.2.3' });
    expect((await load()).implementation).toBe(first.implementation);
    // Without a module list every script of the package counts.
    writeFileSync(join(folder, 'plugin', 'more.js'), 'export const more = 1;');
    expect((await load()).implementation).not.toBe(first.implementation);
  });

  test('that are missing, broken or no plugin are refused with the way out', async () => {
    writeFileSync(join(folder, 'not.mjs'), 'export default 1;');
    mkdirSync(join(folder, 'broken'), { recursive: true });
    writeFileSync(join(folder, 'broken', 'package.json'), JSON.stringify({ name: 'broken', version: '1.0.0', type: 'module', exports: './index.js' }));
    writeFileSync(join(folder, 'broken', 'index.js'), 'import nothing from "nowhere";');
    const refusal = (name: string) => loadPlugins([{ name, from: join(folder, 'study.yaml') }]).catch((error: unknown) => error);
    expect(await refusal('@radloom/no-such-package')).toMatchObject({ code: 'plugin-missing' });
    expect(await refusal('./nowhere')).toMatchObject({ code: 'plugin-missing' });
    expect(await refusal('./broken')).toMatchObject({ code: 'plugin-broken' });
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type FeatureInfo, digestPort, type FeatureVector, type Inputs, isPlugin, isRadloomError, kinds, outputPorts, type Params, paramsJsonSchema, parseParams, type Plugin, type PortValue } from '@radloom/core';
import type { ModulesFile } from '@radloom/modules';
import { describe, expect, test, vi } from 'vitest';
import { testContext } from './examples.js';

/** One call of an operation that must work. */
export interface Example {
  readonly operation: string;
  /** Fresh inputs on every call. */
  inputs(): Inputs | Promise<Inputs>;
  readonly params?: Readonly<Record<string, unknown>>;
}

export interface ContractOptions {
  /** `import.meta.url` of the test in the package's `src`. */
  readonly from: string;
  readonly examples: readonly Example[];
}

/**
 * The contract tests every plugin passes: what it promises in its manifest is what it does, again and again, without touching its
 * inputs, the clock, chance or the machine.
 */
export function describeContract(plugin: Plugin, { from, examples }: ContractOptions): void {
  const folder = fileURLToPath(new URL('..', from));
  describe(`contract of ${plugin.kind}/${plugin.name}`, () => {
    test('the manifest is complete', () => {
      expect(isPlugin(plugin)).toBe(true);
      expect(kinds).toContain(plugin.kind);
      expect(plugin.name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect(plugin.summary.length).toBeGreaterThan(10);
      expect(Object.keys(plugin.operations).length).toBeGreaterThan(0);
      expect(paramsJsonSchema(plugin.params)).toMatchObject({ type: 'object' });
    });

    test('settings have defaults, and an unknown one is refused by name', () => {
      const problem = thrown(() => parseParams(plugin.params, { 'no-such-setting': 1 }));
      expect(problem).toMatchObject({ code: 'unknown-setting' });
      expect(String((problem as Error).message)).toContain('no-such-setting');
    });

    test('every operation has an example', () => {
      expect([...new Set(examples.map((example) => example.operation))].sort()).toEqual(Object.keys(plugin.operations).sort());
    });

    test('the built package touches no Node module, clock or chance', () => {
      const problems = forbidden(folder);
      expect(problems).toEqual([]);
    });

    for (const [i, example] of examples.entries()) {
      const title = `${example.operation} (example ${i + 1})`;
      test(`${title}: same inputs, same bytes; inputs untouched; no chance but the seed`, async () => {
        const settings = parseParams(plugin.params, example.params);
        const first = await example.inputs();
        const before = digests(first);
        const results = await quietly(() => run(plugin, example, first, settings));
        expect(digests(first), 'the operation changed its input').toEqual(before);
        const again = await quietly(async () => run(plugin, example, await example.inputs(), settings));
        for (const [port, { type }] of Object.entries(outputPorts(plugin.operations[example.operation], settings))) {
          expect(results[port], `output ${port} is missing`).toBeDefined();
          expect(digestPort(type, again[port]), `output ${port} differs between two runs`).toBe(digestPort(type, results[port]));
        }
        expect(Object.keys(results).sort()).toEqual(Object.keys(outputPorts(plugin.operations[example.operation], settings)).sort());
        if (plugin.kind === 'features') checkFeatures(plugin, results.features as FeatureVector, settings);
      });
    }
  });
}

async function run(plugin: Plugin, example: Example, inputs: Inputs, settings: Params): Promise<Record<string, PortValue>> {
  const operation = await plugin.operations[example.operation].load();
  try {
    return { ...(await operation(inputs, settings, testContext())) };
  } catch (error) {
    if (isRadloomError(error)) throw error;
    throw new Error(`${plugin.kind}/${plugin.name} threw an error that is not a RadloomError: ${String(error)}`, { cause: error });
  }
}

function checkFeatures(plugin: Plugin, vector: FeatureVector, settings: Params): void {
  const listed = (plugin.about.features as FeatureInfo[]).map((feature) => feature.name);
  expect(vector.names).toEqual(settings.include);
  expect(listed).toEqual(expect.arrayContaining([...vector.names]));
  vector.names.forEach((name, i) => {
    if (Number.isNaN(vector.values[i])) expect(vector.reasons[name], `${name} is NaN without a reason`).toBeDefined();
  });
}

/** Runs with Math.random and the clock turned into errors. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const refuse = (what: string) => () => {
    throw new Error(`A plugin must not use ${what}: use ctx.seed.`);
  };
  const chance = vi.spyOn(Math, 'random').mockImplementation(refuse('Math.random'));
  const clock = vi.spyOn(Date, 'now').mockImplementation(refuse('Date.now'));
  try {
    return await work();
  } finally {
    chance.mockRestore();
    clock.mockRestore();
  }
}

function digests(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([port, value]) => {
      if (value === undefined) return [port, 'none'];
      if (Array.isArray(value)) return [port, value.map((entry: { value?: PortValue }) => (entry.value === undefined ? 'none' : digestPort(entry.value.type, entry.value))).join()];
      const single = value as PortValue;
      return [port, digestPort(single.type, single)];
    }),
  );
}

/** `node:` imports and the like in the package's own built modules. */
function forbidden(folder: string): string[] {
  const path = `${folder}/dist/modules.json`;
  if (!existsSync(path)) return [`${path} is missing: build the package first`];
  const { modules } = JSON.parse(readFileSync(path, 'utf8')) as ModulesFile;
  return Object.entries(modules).flatMap(([file, module]) => [...module.imports.map((taken) => taken.from), ...module.dynamic, ...module.passes.map((taken) => taken.from)].filter((name) => name.startsWith('node:')).map((name) => `${file} imports ${name}`));
}

function thrown(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

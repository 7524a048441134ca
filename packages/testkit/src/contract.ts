import type { Plugin } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { staticProblems } from './manifest.js';
import type { ContractOptions } from './problem.js';
import { exampleProblems } from './problems.js';

/**
 * The contract tests every plugin passes: what it promises in its manifest is what it does, again and again, without touching its
 * inputs, the clock, chance or the machine. Each promise that is broken is named.
 */
export function describeContract(plugin: Plugin, options: ContractOptions): void {
  describe(`contract of ${plugin.kind}/${plugin.name}`, () => {
    test('manifest, settings, examples and built code', () => expect(staticProblems(plugin, options)).toEqual([]));
    for (const [i, example] of options.examples.entries()) {
      test(`${example.operation} (example ${i + 1}): same inputs, same bytes; inputs untouched; no chance, no clock; a reason with every NaN`, async () => {
        expect(await exampleProblems(plugin, example)).toEqual([]);
      });
    }
  });
}

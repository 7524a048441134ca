import { literal } from './literal.js';

/** A transform that a person can check on paper. */
export function transform({ name, packageName, summary = 'Subtracts the training median from every column' }) {
  return {
    description: summary,
    sources: {
      'src/index.ts': `import { defineTransform } from '@radloom/core';
import { z } from 'zod';

export default defineTransform({
  name: '${name}',
  summary: ${literal(summary)},
  params: z.strictObject({}),
  load: () => import('./centre.js'),
});
`,
      'src/centre.ts': `import { type Fitted, type Model, numbers, predictorNames, type Table, withColumns } from '@radloom/core';
import { median } from './kernel.js';

/** Learns the median of every predictor. */
export function fit(table: Table): Fitted {
  const names = predictorNames(table);
  return { predictors: names, state: { medians: Float64Array.from(names, (column) => median(numbers(table, column))) } };
}

/** Subtracts what was learned. */
export function apply(model: Model, table: Table): Table {
  const medians = model.state.medians as Float64Array;
  return withColumns(table, model.predictors.map((column, i) => ({ kind: 'numeric', name: column, values: numbers(table, column).map((value) => value - medians[i]) })));
}
`,
      'src/kernel.ts': `/** Middle of the values that are there, halfway between the two middle ones when they are even; NaN of none. */
export function median(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return NaN;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
`,
      [`src/${name}.test.ts`]: `import { makeTable, type Model, numbers, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { expect, test } from 'vitest';
import { apply, fit } from './centre.js';
import plugin from './index.js';

const table = (values: number[]): Table => makeTable({ role: 'training', rows: values.map((_, i) => ({ id: String(i) })), columns: [{ kind: 'numeric', name: 'x', values: Float64Array.from(values) }] });

test('worked example: the median of 1, 2, 6 is 2; new rows lose the same 2', () => {
  const model = { predictors: ['x'], ...fit(table([1, 2, 6])) } as unknown as Model;
  expect(Array.from(numbers(apply(model, table([2, 10])), 'x'))).toEqual([0, 8]);
});

const inputs = () => ({ table: exampleTable() });
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), {}, testContext())).model, table: exampleTable(10, 6, 'test') }) },
  ],
});
`,
      'README.md': `# ${packageName}

${summary}.

## Worked example

The median of 1, 2, 6 is 2; the new values 2 and 10 become 0 and 8.

## Settings

<!-- generated:settings -->
None.
<!-- /generated -->

## Use

\`\`\`yaml
selection: [${name}, lasso]
plugins: ['${packageName}']
\`\`\`

## Notes

Learns on training rows only; missing values stay missing.
`,
    },
  };
}

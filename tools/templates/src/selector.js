import { literal } from './literal.js';

/** A selector that a person can check on paper. */
export function selector({ name, packageName, summary = 'Keeps the columns whose range is largest' }) {
  return {
    description: summary,
    sources: {
      'src/index.ts': `import { defineSelector } from '@radloom/core';
import { z } from 'zod';

export default defineSelector({
  name: '${name}',
  summary: ${literal(summary)},
  params: z.strictObject({
    keep: z.int().positive().default(10).describe('How many columns stay, at most.'),
  }),
  load: () => import('./select.js'),
});
`,
      'src/select.ts': `import { numbers, predictorNames, type Selection, type Table } from '@radloom/core';
import { range } from './kernel.js';

/** The columns of largest range, in the table's order; of equal ones the earlier stays. */
export function select(table: Table, { keep }: { readonly keep: number }): Selection {
  const names = predictorNames(table);
  const ranges = names.map((column) => range(numbers(table, column)));
  const order = names.map((_, i) => i).sort((a, b) => ranges[b] - ranges[a] || a - b);
  const kept = new Set(order.slice(0, keep));
  return { selected: names.filter((_, i) => kept.has(i)) };
}
`,
      'src/kernel.ts': `/** Highest less lowest value; missing values are left out, and of none the range is 0. */
export function range(values: Float64Array): number {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return highest >= lowest ? highest - lowest : 0;
}
`,
      [`src/${name}.test.ts`]: `import { makeTable } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { expect, test } from 'vitest';
import plugin from './index.js';
import { select } from './select.js';

const table = makeTable({
  role: 'training',
  rows: [{ id: 'a' }, { id: 'b' }],
  columns: [
    { kind: 'numeric', name: 'narrow', values: Float64Array.of(1, 2) },
    { kind: 'numeric', name: 'wide', values: Float64Array.of(0, 9) },
    { kind: 'numeric', name: 'constant', values: Float64Array.of(5, 5) },
  ],
});

test('worked example: of ranges 1, 9, 0 two stay', () => expect(select(table, { keep: 2 }).selected).toEqual(['narrow', 'wide']));

const inputs = () => ({ table: exampleTable() });
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs, params: { keep: 3 } },
    {
      operation: 'apply',
      inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), { keep: 3 }, testContext())).model, table: exampleTable(10, 6, 'test') }),
    },
  ],
});
`,
      'README.md': `# ${packageName}

${summary}.

## Worked example

Columns of range 1, 9 and 0 with \`keep: 2\`: the first two stay.

## Settings

<!-- generated:settings -->
| setting | type | default | what it does |
|---|---|---|---|
| \`keep\` | integer | \`10\` | How many columns stay, at most. |
<!-- /generated -->

## Use

\`\`\`yaml
selection: [zero-variance, ${name}]
plugins: ['${packageName}']
\`\`\`

## Notes

Chooses on training rows only; other rows keep the same columns.
`,
    },
  };
}

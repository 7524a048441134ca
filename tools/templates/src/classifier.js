import { literal } from './literal.js';

/** A classifier that a person can check on paper. */
export function classifier({ name, packageName, summary = 'Predicts by the nearer of two class centres' }) {
  return {
    description: summary,
    sources: {
      'src/index.ts': `import { defineClassifier } from '@radloom/core';
import { z } from 'zod';

export default defineClassifier({
  name: '${name}',
  summary: ${literal(summary)},
  params: z.strictObject({
    softness: z.number().positive().default(1).describe('How slowly the probability moves from 0 to 1 between the centres.'),
  }),
  load: () => import('./centres.js'),
});
`,
      'src/centres.ts': `import type { Fitted, Model, TrainingSet } from '@radloom/core';
import { centre, squaredDistances } from './kernel.js';

/** Learns the mean of each class. */
export function fit({ x, y, rows }: TrainingSet, { softness }: { readonly softness: number }): Omit<Fitted, 'predictors'> {
  return { state: { event: centre(x, rows, y, 1), none: centre(x, rows, y, 0), softness } };
}

/** Probability of the event: a logistic curve of the difference of the squared distances to both centres. */
export function predict(model: Model, x: Float64Array, rows: number): Float64Array {
  const { event, none, softness } = model.state as { event: Float64Array; none: Float64Array; softness: number };
  const toEvent = squaredDistances(x, rows, event);
  const toNone = squaredDistances(x, rows, none);
  return toEvent.map((distance, row) => 1 / (1 + Math.exp((distance - toNone[row]) / softness)));
}
`,
      'src/kernel.ts': `/**
 * Mean of each column over the rows of one class.
 *
 * @param x     value of row r, column c at \`c * rows + r\`
 * @param y     class of each row, 0 or 1
 */
export function centre(x: Float64Array, rows: number, y: Uint8Array, wanted: 0 | 1): Float64Array {
  const columns = x.length / rows;
  const mean = new Float64Array(columns);
  let count = 0;
  for (let r = 0; r < rows; r++) if (y[r] === wanted) count++;
  for (let c = 0; c < columns; c++) {
    let sum = 0;
    for (let r = 0; r < rows; r++) if (y[r] === wanted) sum += x[c * rows + r];
    mean[c] = sum / count;
  }
  return mean;
}

/** Squared Euclidean distance of each row to a point. */
export function squaredDistances(x: Float64Array, rows: number, point: Float64Array): Float64Array {
  const out = new Float64Array(rows);
  for (let c = 0; c < point.length; c++) for (let r = 0; r < rows; r++) out[r] += (x[c * rows + r] - point[c]) ** 2;
  return out;
}
`,
      [`src/${name}.test.ts`]: `import { type Folds, type Model, type TrainingSet } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { expect, test } from 'vitest';
import { fit, predict } from './centres.js';
import plugin from './index.js';

test('worked example: centres at 1 and 5, so 3 is even and 5 is likely', () => {
  const set = { x: Float64Array.of(0, 2, 4, 6), y: Uint8Array.of(0, 0, 1, 1), rows: 4 } as unknown as TrainingSet;
  const model = fit(set, { softness: 1 }) as unknown as Model;
  const [even, likely] = predict(model, Float64Array.of(3, 5), 2);
  expect(even).toBe(0.5);
  expect(likely).toBeCloseTo(1 / (1 + Math.exp(-16)), 12);
});

const inputs = () => ({ table: exampleTable() });
const folds: Folds = { folds: [0, 1].map((part) => ({ id: String(part), test: exampleTable().rows.filter((_, i) => i % 4 < 2 === (part === 0)).map((row) => row.id) })) };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs },
    { operation: 'cross-fit', inputs: () => ({ ...inputs(), folds: { type: 'data', value: folds } }) },
    { operation: 'predict', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), { softness: 1 }, testContext())).model, ...inputs() }) },
  ],
});
`,
      'README.md': `# ${packageName}

${summary}.

## Worked example

One column; rows 0 and 2 without the event, 4 and 6 with it. The centres are 1 and 5, so a new row at 3 has probability 0.5.

## Settings

<!-- generated:settings -->
| setting | type | default | what it does |
|---|---|---|---|
| \`softness\` | number | \`1\` | How slowly the probability moves from 0 to 1 between the centres. |
<!-- /generated -->

## Use

\`\`\`yaml
models:
  ${name}: { grid: { softness: [0.5, 1, 2] } }
plugins: ['${packageName}']
\`\`\`

## Notes

Columns are used as they are: scale them first.
`,
    },
  };
}

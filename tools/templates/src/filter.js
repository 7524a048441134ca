import { literal } from './literal.js';

/** A filter of one derived image that a person can check on paper. */
export function filter({ name, packageName, summary = 'Absolute difference to a reference intensity' }) {
  return {
    description: summary,
    sources: {
      'src/index.ts': `import { defineFilter } from '@radloom/core';
import { z } from 'zod';

export default defineFilter({
  name: '${name}',
  summary: ${literal(summary)},
  params: z.strictObject({
    reference: z.number().default(0).describe('The intensity that becomes 0.'),
  }),
  outputs: () => ['${name}'],
  load: () => import('./apply.js'),
});
`,
      'src/apply.ts': `import { type ApplyFilter, makeVolume } from '@radloom/core';
import { distances } from './kernel.js';

/** The derived image: float64, on the grid of the input. */
export const apply: ApplyFilter<{ readonly reference: number }> = (volume, { reference }) => ({ '${name}': makeVolume(volume.geometry, distances(volume.data, reference)) });
`,
      'src/kernel.ts': `/**
 * |v - reference| of every voxel.
 *
 * @param values voxels, x fastest
 */
export function distances(values: ArrayLike<number>, reference: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = Math.abs(values[i] - reference);
  return out;
}
`,
      [`src/${name}.test.ts`]: `import { makeGeometry, makeVolume } from '@radloom/core';
import { describeContract, exampleVolume, testContext } from '@radloom/testkit';
import { expect, test } from 'vitest';
import { apply } from './apply.js';
import plugin from './index.js';

const volume = makeVolume(makeGeometry({ size: [2, 2, 1] }), Int16Array.of(-3, 0, 2, 7));

test('worked example: distances to 2 are 5, 2, 0, 5', async () => {
  const images = await apply(volume, { reference: 2 }, testContext());
  expect(Array.from(images['${name}'].data)).toEqual([5, 2, 0, 5]);
});

test('the grid stays', async () => {
  const images = await apply(volume, { reference: 0 }, testContext());
  expect(images['${name}'].geometry).toEqual(volume.geometry);
});

describeContract(plugin, { from: import.meta.url, examples: [{ operation: 'apply', inputs: () => ({ volume: exampleVolume() }) }] });
`,
      'README.md': `# ${packageName}

${summary}.

## Worked example

Voxels -3, 0, 2, 7 with reference 2 become 5, 2, 0, 5.

## Settings

<!-- generated:settings -->
| setting | type | default | what it does |
|---|---|---|---|
| \`reference\` | number | \`0\` | The intensity that becomes 0. |
<!-- /generated -->

## Use

\`\`\`yaml
imaging:
  filters: [original, ${name}]
plugins: ['${packageName}']
\`\`\`

## Notes

The derived image is float64, on the grid of the input.
`,
    },
  };
}

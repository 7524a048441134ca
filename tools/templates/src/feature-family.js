import { literal } from './literal.js';

/** A family of two features that a person can check on paper. */
export function featureFamily({ name, packageName, summary = 'Spread of the intensities of a region' }) {
  return {
    description: summary,
    sources: {
      'src/index.ts': `import { defineFeatureFamily } from '@radloom/core';
import { z } from 'zod';
import { features } from './manifest.js';

export default defineFeatureFamily({
  name: '${name}',
  summary: ${literal(summary)},
  params: z.strictObject({
    shift: z.number().default(0).describe('Added to every intensity before anything is computed.'),
  }),
  features,
  load: () => import('./extract.js'),
});
`,
      'src/manifest.ts': `import type { FeatureInfo } from '@radloom/core';

/** What the family measures. */
export const features: readonly FeatureInfo[] = [
  { name: 'Midrange', unit: 'intensity', summary: 'halfway between the lowest and the highest intensity', source: 'definition' },
  { name: 'RelativeRange', unit: '1', summary: 'range over midrange; undefined when the midrange is 0', source: 'definition' },
];
`,
      'src/extract.ts': `import type { Extract } from '@radloom/core';
import { midrange, relativeRange } from './features.js';
import { extremes } from './kernel.js';

/** The family's features of one region. */
export const extract: Extract<{ readonly shift: number }> = (region, { shift }) => {
  const found = extremes(region.values, shift);
  return { Midrange: midrange(found), RelativeRange: relativeRange(found) };
};
`,
      'src/kernel.ts': `export interface Extremes {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Lowest and highest intensity of a region.
 *
 * @param values per ROI voxel, at least one
 * @param shift  added to each
 */
export function extremes(values: ArrayLike<number>, shift: number): Extremes {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] + shift;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { lowest, highest };
}
`,
      'src/features.ts': `import { type FeatureValue, undefinedFeature } from '@radloom/core';
import type { Extremes } from './kernel.js';

/** (lowest + highest) / 2. */
export const midrange = ({ lowest, highest }: Extremes): FeatureValue => (lowest + highest) / 2;

/** (highest - lowest) / midrange; undefined when the midrange is 0. */
export const relativeRange = ({ lowest, highest }: Extremes): FeatureValue => {
  const middle = (lowest + highest) / 2;
  return middle === 0 ? undefinedFeature('zero-midrange', 'The intensities lie symmetrically about 0.') : (highest - lowest) / middle;
};
`,
      [`src/${name}.test.ts`]: `import { describeContract, exampleRegion, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { extract } from './extract.js';
import plugin from './index.js';

const values = Float64Array.of(1, 2, 2, 5);
const region = () => exampleRegion({ size: [2, 2, 1], values });
const settings = { shift: 0, include: ['Midrange', 'RelativeRange'] };

describe('worked example', () => {
  test('of 1, 2, 2, 5 the midrange is 3 and the relative range 4/3', async () => {
    expect(await extract(region(), settings, testContext())).toEqual({ Midrange: 3, RelativeRange: 4 / 3 });
  });

  test('about 0 the relative range has a reason instead of a value', async () => {
    expect(await extract(region(), { ...settings, shift: -3 }, testContext())).toMatchObject({ Midrange: 0, RelativeRange: { code: 'zero-midrange' } });
  });
});

test('the order of voxels does not matter', async () => {
  const reversed = exampleRegion({ size: [2, 2, 1], values: values.slice().reverse() });
  expect(await extract(reversed, settings, testContext())).toEqual(await extract(region(), settings, testContext()));
});

describeContract(plugin, { from: import.meta.url, examples: [{ operation: 'extract', inputs: () => ({ region: region() }) }] });
`,
      'README.md': `# ${packageName}

${summary}.

## Worked example

A region of the intensities 1, 2, 2, 5: Midrange (1 + 5) / 2 = 3, RelativeRange (5 - 1) / 3 = 1.333.

## Settings

<!-- generated:settings -->
| setting | type | default | what it does |
|---|---|---|---|
| \`shift\` | number | \`0\` | Added to every intensity before anything is computed. |
| \`include\` | list of feature names | all that are not deprecated | Features to compute, in this order. |
<!-- /generated -->

## Features

<!-- generated:features -->
| feature | IBSI | unit | what it is | source |
|---|---|---|---|---|
| Midrange |  | intensity | halfway between the lowest and the highest intensity | definition |
| RelativeRange |  | 1 | range over midrange; undefined when the midrange is 0 | definition |
<!-- /generated -->

## Use

\`\`\`yaml
imaging:
  features: [firstorder, ${name}]
plugins: ['${packageName}']
\`\`\`

## Notes

Computed on the intensities of the region, before discretisation.
`,
    },
  };
}

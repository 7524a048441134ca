import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { radloom } from './testing/cohort.js';
import { blocks, texture, volumeFile, workFolder } from './testing/regions.js';

const { folder, write, extract } = workFolder();
const diff = (...args: string[]) => radloom(['diff', ...args], { cwd: folder });

beforeAll(() => {
  write('image.nrrd', volumeFile(texture));
  write('mask.nrrd', volumeFile(blocks));
  write('narrow.yaml', 'setting: {binWidth: 10}\n');
  for (const out of ['a.csv', 'a.parquet', 'a.json']) extract('image.nrrd', 'mask.nrrd', '--output', out);
  extract('image.nrrd', 'mask.nrrd', '--params', 'narrow.yaml', '--output', 'narrow.csv');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('two feature tables', { timeout: 60_000 }, () => {
  test.each(['a.parquet', 'a.json'])('a.csv and %s hold the same', (other) => {
    const { status, stdout } = diff('a.csv', other);
    expect(stdout).toMatch(/1 row.*107 values compared, 0 differ/);
    expect(status).toBe(0);
  });

  test('another bin width: families that see levels differ, the others do not, and the setting is named', () => {
    const { status, stdout } = diff('a.csv', 'narrow.csv', '--format', 'json');
    expect(status).toBe(1);
    const { groups, explanations } = JSON.parse(stdout) as { groups: { family: string; differing: number }[]; explanations: { text: string }[] };
    expect(groups.find(({ family }) => family === 'shape')?.differing).toBe(0);
    expect(groups.find(({ family }) => family === 'glcm')?.differing).toBeGreaterThan(10);
    expect(explanations.map(({ text }) => text).join(' ')).toMatch(/discreti|bin/i);
  });

  test('a table of another tool, its names without the image', () => {
    const json = JSON.parse(extract('image.nrrd', 'mask.nrrd', '--format', 'json').stdout) as { features: Record<string, number> };
    const names = Object.keys(json.features);
    write('other.csv', `Image,${names.map((name) => name.replace('original_', '')).join(',')}\nimage.nrrd,${names.map((name, i) => (i === 3 ? 2 : 1) * json.features[name]).join(',')}\n`);
    const { status, stdout } = diff('a.csv', 'other.csv');
    expect(status).toBe(1);
    expect(stdout).toMatch(/107 values compared, 1 differ/);
  });
});

test('radloom features knows every feature by name and code', () => {
  const { stdout } = radloom(['features', 'Busyness']);
  expect(stdout).toMatch(/ngtdm Busyness[\s\S]*IBSI NQ30[\s\S]*source:/);
  const all = JSON.parse(radloom(['features', '--json']).stdout) as { family: string; name: string; source: string; unit: string; deprecated?: boolean }[];
  expect(all.filter(({ family, deprecated }) => family !== 'shape2d' && deprecated !== true)).toHaveLength(107);
  for (const { source, unit } of all) expect(`${source}|${unit}`).toMatch(/.+\|.+/);
  expect(radloom(['features', 'Busynes']).stderr).toMatch(/Did you mean Busyness\?/);
}, 60_000);

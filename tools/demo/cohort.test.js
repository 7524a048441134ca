import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dicom from '@radloom/reader-dicom';
import nrrd from '@radloom/reader-nrrd';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clinicalRows, exclusions, margins, patterns } from './clinical.js';
import { grid, makeHead } from './head.js';
import { makeCohort } from './make-cohort.js';

const rows = clinicalRows(20231124, 110);
const groups = [1, 0].map((outcome) => rows.filter((row) => row.haemorrhagic_transformation === outcome));

/** Quantile of type 7. */
function quantile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

describe('the clinical table of 110', () => {
  test('has 56 patients with haemorrhagic transformation and 54 without', () => expect(groups.map((group) => group.length)).toEqual([56, 54]));

  test.each(Object.entries(margins))('%s as published', (name, counts) => {
    expect(groups.map((group) => group.reduce((sum, row) => sum + row[name], 0))).toEqual(counts);
  });

  test.each([['age', [[63, 70.5, 80], [62.25, 69, 75.5]]], ['nihss', [[11, 20, 33.5], [6, 17, 33]]]])('%s: median and quartiles as published', (name, expected) => {
    expect(groups.map((group) => [0.25, 0.5, 0.75].map((p) => quantile(group.map((row) => row[name]), p)))).toEqual(expected);
  });

  test.each(patterns)('argatroban, heparin, atrial fibrillation %j: joint counts', (pattern, counts) => {
    const names = ['argatroban', 'heparin', 'atrial_fibrillation'];
    expect(groups.map((group) => group.filter((row) => names.every((name, i) => row[name] === pattern[i])).length)).toEqual(counts);
  });

  test('137 of 247 candidates were excluded', () => expect(exclusions.reduce((sum, entry) => sum + entry.count, 0)).toBe(137));
});

describe('a head', () => {
  const volumes = Array.from({ length: 9 }, (_, i) => makeHead([1, i, 0, 0], 0).mask.reduce((sum, value) => sum + value, 0) * grid.pixel * grid.pixel * grid.slice);
  test('has an infarct of clinical size: median above 5,000 mm3', () => expect(quantile(volumes, 0.5)).toBeGreaterThan(5000));
  test('has air, bone, brain and fluid', () => {
    const { image } = makeHead([1, 2, 3, 4], 1);
    const counts = [[-1100, -900], [800, 1000], [20, 45], [-10, 12]].map(([low, high]) => image.reduce((sum, value) => sum + (value >= low && value <= high ? 1 : 0), 0));
    for (const count of counts) expect(count).toBeGreaterThan(1000);
  });
});

describe('a cohort on disk', () => {
  const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'radloom-demo-')));
  beforeAll(async () => {
    for (const folder of folders) await makeCohort(folder, { seed: 5, cases: 2 });
  });
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

  test('is the same for the same seed', () => {
    const [a, b] = folders.map((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort());
    expect(a.map((file) => file.slice(folders[0].length))).toEqual(b.map((file) => file.slice(folders[1].length)));
    for (const [i, file] of a.entries()) expect(readFileSync(file).equals(readFileSync(b[i]))).toBe(true);
  });

  test('is read by our readers: image and mask on one grid, values as drawn', async () => {
    const context = { seed: [0, 0, 0, 0], at: {}, signal: new AbortController().signal, progress: () => {}, warn: () => {} };
    const read = async (plugin, paths) => {
      const files = paths.map((path) => ({ name: path.slice(path.lastIndexOf('/') + 1), bytes: readFileSync(path) }));
      return (await (await plugin.operations.read.load())({ files: { type: 'files', files } }, plugin.params.parse({}), context)).volume;
    };
    const series = join(folders[0], 'ct', 'HT-001');
    const image = await read(dicom, readdirSync(series).map((name) => join(series, name)));
    const mask = await read(nrrd, [join(folders[0], 'masks', 'HT-001.nrrd')]);
    expect(image.geometry.size).toEqual([256, 256, 24]);
    expect(mask.geometry.spacing).toEqual(image.geometry.spacing);
    mask.geometry.origin.forEach((value, axis) => expect(value).toBeCloseTo(image.geometry.origin[axis], 9));
    expect(mask.data.some((value) => value === 1)).toBe(true);
    expect(image.data.constructor.name).toBe('Int16Array');
    expect(JSON.stringify(image.acquisition)).not.toMatch(/PLANTED/);
  });
});

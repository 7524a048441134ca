import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseParams } from '@radloom/core';
import dicom from '@radloom/reader-dicom';
import nrrd from '@radloom/reader-nrrd';
import { afterAll, describe, expect, test } from 'vitest';
import { makePatients } from './cohort/patients.js';
import { makeScan } from './cohort/scan.js';
import { makeCohort } from './make-cohort.js';

const folders = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'radloom-demo-'));
  folders.push(folder);
  return folder;
}

const rows = makePatients(7).map(({ row }) => row);
const [events, others] = [1, 0].map((outcome) => rows.filter((row) => row.haemorrhagic_transformation === outcome));
const count = (group, column) => group.filter((row) => row[column] === 1).length;

/** Quantile type 7 of R. */
function quantile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  const h = (sorted.length - 1) * p;
  const low = Math.floor(h);
  return sorted[low] + (h - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

describe('the clinical table is the published one', () => {
  test('110 patients, 56 with haemorrhagic transformation, every id and name once', () => {
    expect([rows.length, events.length, others.length]).toEqual([110, 56, 54]);
    expect(new Set(rows.map((row) => row.id)).size).toBe(110);
    expect(new Set(rows.map((row) => row.name)).size).toBe(110);
  });

  // Table 1 of the paper: patients with the feature in each group.
  test.each([
    ['male', 32, 37], ['aspirin', 19, 12], ['clopidogrel', 6, 8], ['dual_antiplatelet', 26, 29], ['heparin', 5, 16], ['argatroban', 17, 27], ['sulodexide', 17, 20], ['hypertension', 41, 38],
    ['diabetes', 17, 17], ['coronary_heart_disease', 16, 9], ['atrial_fibrillation', 19, 9], ['previous_cerebral_infarction', 20, 18], ['previous_cerebral_haemorrhage', 4, 3],
  ])('%s: %i against %i', (column, withEvent, without) => {
    expect([count(events, column), count(others, column)]).toEqual([withEvent, without]);
  });

  test.each([
    ['age', events, [63, 70.5, 80]], ['age', others, [62.25, 69, 75.5]],
    ['nihss', events, [11, 20, 33.5]], ['nihss', others, [6, 17, 33]],
  ])('median and quartiles of %s', (column, group, expected) => {
    expect([0.25, 0.5, 0.75].map((p) => quantile(group.map((row) => row[column]), p))).toEqual(expected);
  });

  test('a logistic model on argatroban, heparin and atrial fibrillation is Table 2 to its four digits', () => {
    const coefficients = logistic(rows.map((row) => [1, row.argatroban, row.heparin, row.atrial_fibrillation]), rows.map((row) => row.haemorrhagic_transformation));
    [0.5316, -1.076, -1.6657, 0.9517].forEach((printed, i) => expect(coefficients[i]).toBeCloseTo(printed, 3.99));
  });

  test('a birth date fits the age at the scan', () => {
    for (const { row, scanDate } of makePatients(7)) {
      const [year, month, day] = row.birth_date.split('-').map(Number);
      const beforeBirthday = scanDate.getUTCMonth() + 1 < month || (scanDate.getUTCMonth() + 1 === month && scanDate.getUTCDate() < day);
      expect(scanDate.getUTCFullYear() - year - (beforeBirthday ? 1 : 0)).toBe(row.age);
    }
  });
});

/** Coefficients by Newton's method. */
function logistic(x, y) {
  const p = x[0].length;
  const beta = Array.from({ length: p }, () => 0);
  for (let round = 0; round < 25; round++) {
    const system = Array.from({ length: p }, () => Array.from({ length: p + 1 }, () => 0));
    x.forEach((values, r) => {
      const probability = 1 / (1 + Math.exp(-values.reduce((sum, value, i) => sum + value * beta[i], 0)));
      for (let i = 0; i < p; i++) {
        for (let j = 0; j < p; j++) system[i][j] += probability * (1 - probability) * values[i] * values[j];
        system[i][p] += (y[r] - probability) * values[i];
      }
    });
    for (let i = 0; i < p; i++) {
      for (let r = 0; r < p; r++) {
        if (r === i) continue;
        const factor = system[r][i] / system[i][i];
        for (let c = i; c <= p; c++) system[r][c] -= factor * system[i][c];
      }
    }
    for (let i = 0; i < p; i++) beta[i] += system[i][p] / system[i][i];
  }
  return beta;
}

describe('what is written', () => {
  test('the readers find a CT of clinical shape and a lesion on its grid', async () => {
    const folder = newFolder();
    const { ids } = await makeCohort(folder, { seed: 7, cases: 3 });
    expect(ids).toEqual(['P001', 'P002', 'P003']);
    for (const id of ids) {
      const names = readdirSync(join(folder, 'images', id));
      const warnings = [];
      const image = await read(dicom, names.map((name) => join(folder, 'images', id, name)), warnings);
      const mask = await read(nrrd, [join(folder, 'masks', `${id}.seg.nrrd`)], warnings);
      expect(warnings).toEqual([]);
      expect(image.data).toBeInstanceOf(Int16Array);
      expect(image.geometry).toMatchObject({ spacing: [0.9375, 0.9375, 5] });
      expect(image.geometry.size.slice(0, 2)).toEqual([256, 256]);
      expect(image.geometry.size[2]).toBeGreaterThanOrEqual(24);
      expect(image.acquisition).toMatchObject({ Modality: 'CT', KVP: 120, SliceThickness: 5 });
      expect(mask.geometry).toEqual(image.geometry);
      expect(mask.segments).toEqual([{ label: 1, name: 'infarct' }]);
      const inside = image.data.filter((_, i) => mask.data[i] === 1);
      const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
      // Darker than white matter (29 HU), lighter than air by far.
      expect(mean).toBeGreaterThan(0);
      expect(mean).toBeLessThan(29);
    }
  });

  test('the same seed gives the same bytes, another seed others', async () => {
    const [first, again, other] = [newFolder(), newFolder(), newFolder()];
    await makeCohort(first, { seed: 7, cases: 1 });
    await makeCohort(again, { seed: 7, cases: 1 });
    await makeCohort(other, { seed: 8, cases: 1 });
    expect(digest(again)).toBe(digest(first));
    expect(digest(other)).not.toBe(digest(first));
  });

  test('invented names and birth dates stand in table and headers; the exclusion log accounts for 247 candidates', async () => {
    const folder = newFolder();
    await makeCohort(folder, { seed: 7, cases: 1 });
    const [header, line] = readFileSync(join(folder, 'cohort.csv'), 'utf8').split('\n').map((text) => text.split(','));
    const row = Object.fromEntries(header.map((name, i) => [name, line[i]]));
    const file = readFileSync(join(folder, 'images/P001/IM0001.dcm'), 'latin1');
    expect(file).toContain(row.name.replace(' ', '^'));
    expect(file).toContain(row.birth_date.replaceAll('-', ''));
    const reasons = readFileSync(join(folder, 'exclusions.csv'), 'utf8').trim().split('\n').slice(1).map((text) => text.split(',')[2]);
    const of = (reason) => reasons.filter((text) => text === reason).length;
    expect([reasons.length, of('endovascular treatment'), of('intravenous thrombolysis'), of('incomplete images'), of('')]).toEqual([247, 30, 48, 59, 110]);
  });

  test('more cases than the cohort has are refused', async () => {
    await expect(makeCohort(newFolder(), { seed: 7, cases: 111 })).rejects.toThrow(/1 to 110/);
  });
});

describe('lesions', () => {
  const patients = makePatients(7);

  test('hidden severity tells the outcomes apart with an AUC of 0.84', () => {
    const severities = [1, 0].map((outcome) => patients.filter(({ row }) => row.haemorrhagic_transformation === outcome).map(({ severity }) => severity));
    const wins = severities[0].reduce((sum, a) => sum + severities[1].filter((b) => a > b).length, 0);
    expect(wins / (56 * 54)).toBeCloseTo(0.84, 2);
  });

  test('severity shows in texture; the median lesion has more than 5,000 mm3', { timeout: 60_000 }, () => {
    const measured = patients.slice(0, 24).map((patient) => {
      const { image, mask, spacing } = makeScan(patient);
      const inside = image.filter((_, i) => mask[i] === 1);
      const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
      return { severity: patient.severity, volume: inside.length * spacing[0] * spacing[1] * spacing[2], spread: Math.sqrt(inside.reduce((sum, value) => sum + (value - mean) ** 2, 0) / inside.length) };
    });
    expect(quantile(measured.map(({ volume }) => volume), 0.5)).toBeGreaterThan(5000);
    // Correlation over 24 scans; 0.8 leaves room for lesions whose few patches say little.
    expect(correlation(measured.map(({ severity }) => severity), measured.map(({ spread }) => spread))).toBeGreaterThan(0.8);
  });
});

async function read(reader, paths, warnings) {
  const operation = await reader.operations.read.load();
  const files = paths.map((path) => ({ name: path.split('/').at(-1), bytes: new Uint8Array(readFileSync(path)) }));
  const context = { seed: [1, 2, 3, 4], at: {}, signal: new AbortController().signal, progress: () => {}, warn: (code) => warnings.push(code) };
  const { volume } = await operation({ files: { type: 'files', files } }, parseParams(reader.params, {}), context);
  return volume;
}

/** Digest of all files of a folder, names included. */
function digest(folder) {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true }).map(String).sort()) {
    const path = join(folder, name);
    if (statSync(path).isFile()) hash.update(name).update(readFileSync(path));
  }
  return hash.digest('hex');
}

function correlation(a, b) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (u, v, mu, mv) => u.reduce((sum, value, i) => sum + (value - mu) * (v[i] - mv), 0);
  return product(a, b, ma, mb) / Math.sqrt(product(a, a, ma, ma) * product(b, b, mb, mb));
}

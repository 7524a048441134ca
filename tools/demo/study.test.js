import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCohort } from './make-cohort.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const filesUnder = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

describe('the study on part of the cohort, from DICOM', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'radloom-demo-study-'));
  const cohort = join(folder, 'cohort');
  let done;
  let planted;

  beforeAll(async () => {
    await makeCohort(cohort, { seed: 3, cases: 24 });
    // A text file among the scans of one case, and nothing but a text file as the scan of another.
    const [header, ...lines] = readFileSync(join(cohort, 'cohort.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
    const column = (name) => header.indexOf(name);
    planted = lines.flatMap((line) => [line[column('name')], line[column('birth_date')]]);
    const image = (row) => join(cohort, lines[row][column('image')]);
    for (const file of readdirSync(image(1))) rmSync(join(image(1), file));
    writeFileSync(join(image(1), 'IM0001'), 'This is a letter, not a scan.\n');
    const study = readFileSync(join(root, 'examples', 'stroke-ht', 'radloom.study.yaml'), 'utf8')
      .replace(/filters:[\s\S]*?features:.*\n/, 'filters: [original]\n  features: [shape, firstorder]\n')
      .replace('lasso: { folds: 10, rule: lambda.1se }', 'lasso: { folds: 3, rule: lambda.min }')
      .replace('tuning: { folds: 10, metric: auc }', 'tuning: { folds: 3 }')
      .replace('trees: 500', 'trees: 50')
      .replace(/grid: \{ k: .*? \}/, 'grid: { k: [3] }');
    writeFileSync(join(folder, 'radloom.study.yaml'), study);
    done = spawnSync(process.execPath, [join(root, 'apps', 'cli', 'bin', 'radloom.js'), 'run', join(folder, 'radloom.study.yaml'), '--set', `DATA=${cohort}`, '--cache', join(folder, 'cache'), '--out', join(folder, 'out')], { encoding: 'utf8', cwd: folder });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('fails the case whose scan is a text file, and no other', () => {
    expect(done.stderr).toMatch(/failed/);
    expect(done.status).toBe(3);
    const cases = readFileSync(join(folder, 'out', 'cases.csv'), 'utf8').trim().split('\n').slice(1);
    expect(cases).toHaveLength(24);
    expect(cases.filter((line) => line.includes(',failed,'))).toHaveLength(1);
    expect(cases[1]).toMatch(/DICOM/i);
  });

  test('lets no name, birth date, patient id or path of the DICOM headers or the table reach outputs, cache or logs', () => {
    const words = planted.flatMap((word) => [word, word.replaceAll('-', ''), word.replace(' ', '^'), ...word.split(' ')]).filter((word) => word.length > 4);
    // The headers hold them: otherwise this test would look for nothing.
    const header = readFileSync(filesUnder(join(cohort, 'images')).find((file) => !readFileSync(file, 'latin1').startsWith('This')), 'latin1').slice(0, 4000);
    expect(words.some((word) => header.includes(word))).toBe(true);
    const texts = [...filesUnder(join(folder, 'out')), ...filesUnder(join(folder, 'cache'))].map((file) => [file, readFileSync(file, 'latin1')]);
    for (const [file, text] of [...texts, ['stderr', done.stderr]]) for (const word of words) expect(text.includes(word), `${word} in ${file}`).toBe(false);
    for (const file of filesUnder(join(folder, 'out'))) expect(readFileSync(file, 'latin1').includes(folder), `the path in ${file}`).toBe(false);
  });
});

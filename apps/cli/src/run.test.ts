import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, executedSteps, nrrd, radloom, resultOf, scan, studyText, testCohort, type TestCohort } from './testing/cohort.js';

const run = (cohort: TestCohort, ...more: string[]) => radloom(['run', cohort.study, '--cache', join(cohort.folder, 'cache'), '--out', join(cohort.folder, 'out'), '--json', ...more]);

const filesUnder = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();

describe('a study', { timeout: 60_000 }, () => {
  let cohort: TestCohort;
  let first: ReturnType<typeof radloom>;
  beforeAll(() => {
    cohort = testCohort();
    first = run(cohort);
  }, 120_000);
  afterAll(() => rmSync(cohort.folder, { recursive: true }));

  test('runs to a report', () => {
    expect(first.stderr).toBe('');
    expect(first.status).toBe(0);
    const result = resultOf(first.stdout);
    expect(result.failedCases).toEqual({});
    const report = readFileSync(join(cohort.folder, 'out', 'report.html'), 'utf8');
    expect(report).toContain('Test study');
    expect(report).toContain(result.planId.slice(0, 12));
    expect(readFileSync(join(cohort.folder, 'out', 'predictions.csv'), 'utf8').split('\n').length).toBeGreaterThan(24);
  });

  test('run again executes nothing and gives the same bytes', () => {
    const before = filesUnder(join(cohort.folder, 'out')).map((file) => readFileSync(file));
    const second = run(cohort);
    expect(resultOf(second.stdout).counts).toMatchObject({ executed: 0, rematerialised: 0 });
    expect(filesUnder(join(cohort.folder, 'out')).map((file) => readFileSync(file))).toEqual(before);
  });

  test("with one case's record deleted runs that case's steps alone", () => {
    const [record] = readdirSync(join(cohort.folder, 'cache', 'records'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      // Only what is worked out from a case's image tells both of co-occurrence features and of how many grey levels are occupied.
      .filter((file) => ['JointEntropy', 'occupied'].every((name) => readFileSync(file, 'latin1').includes(name)));
    rmSync(record);
    const third = run(cohort);
    const executed = executedSteps(third.stdout);
    const cases = new Set(executed.map((step) => step.split('@').at(-1)));
    expect(cases.size).toBe(1);
    expect(executed.every((step) => /^(image|segmentation|mask|region|shape|firstorder|glcm|overview)@/.test(step))).toBe(true);
  });

  test('opens its test set once for an analysis, however often that is run, and once more for another one', () => {
    expect(resultOf(first.stdout).testSetOpenings).toBe(1);
    expect(resultOf(run(cohort).stdout).testSetOpenings).toBe(1);
    const written = readFileSync(cohort.study, 'utf8');
    cohort.write('radloom.study.yaml', written.replace('cost: [1]', 'cost: [7]'));
    const other = run(cohort);
    expect(resultOf(other.stdout).testSetOpenings).toBe(2);
    cohort.write('radloom.study.yaml', written);
    expect(resultOf(run(cohort).stdout).testSetOpenings).toBe(2);
    const shown = radloom(['show', 'last', '--cache', join(cohort.folder, 'cache'), '--json']);
    expect(JSON.parse(shown.stdout)).toMatchObject({ testSet: { openings: 2 } });
  });

  test('gives the same through one worker and two', () => {
    const digests = ['1', '2'].map((jobs) => {
      const out = join(cohort.folder, `out-${jobs}`);
      const result = radloom(['run', cohort.study, '--cache', join(cohort.folder, `cache-${jobs}`), '--out', out, '--jobs', jobs, '--json']);
      expect(result.status).toBe(0);
      return filesUnder(out).map((file) => readFileSync(file));
    });
    expect(digests[0]).toEqual(digests[1]);
  }, 120_000);

  test('names and birth dates of the clinical table appear nowhere', () => {
    for (const folder of ['out', 'cache']) {
      for (const file of filesUnder(join(cohort.folder, folder))) {
        const text = readFileSync(file, 'latin1');
        expect(/Planted Name|19\d\d-03-0/.test(text), file).toBe(false);
        if (folder === 'out') expect(text.includes(cohort.folder), file).toBe(false);
      }
    }
    expect(/Planted Name|19\d\d-03-0/.test(first.stdout + first.stderr)).toBe(false);
  });

  test('is planned without running', () => {
    const planned = radloom(['plan', cohort.study, '--cache', join(cohort.folder, 'cache'), '--json']);
    expect(JSON.parse(planned.stdout)).toMatchObject({ execute: 0, rematerialise: 0 });
  });

  test('in Chinese executes the report alone', () => {
    cohort.write('radloom.study.yaml', studyText({ language: 'zh' }));
    const result = run(cohort);
    expect(executedSteps(result.stdout)).toEqual(['report']);
    cohort.write('radloom.study.yaml', studyText());
  });
});

describe('bad cases are rows with their reason, and the study goes on', () => {
  let cohort: TestCohort;
  let result: ReturnType<typeof resultOf>;
  let status: number | null;
  let stdout: string;
  beforeAll(() => {
    cohort = testCohort({ cases: 30 });
    const { image, mask } = scan(0, false);
    cohort.write('scans/C01.nrrd', 'This is a text file.\n');
    rmSync(join(cohort.folder, 'scans/C02-mask.nrrd'));
    cohort.write('scans/C03-mask.nrrd', nrrd(mask, { spacing: [1, 1, 1.9] }));
    cohort.write('scans/C04-mask.nrrd', nrrd(new Uint8Array(mask.length)));
    cohort.write('scans/C05-mask.nrrd', nrrd(mask.map((value) => value * 3)));
    cohort.write('scans/C06.nrrd', nrrd(image).subarray(0, 400));
    const table = readFileSync(join(cohort.folder, 'cohort.csv'), 'utf8').replace('scans/C07-mask.nrrd', '');
    cohort.write('cohort.csv', table);
    const done = run(cohort);
    ({ status, stdout } = done);
    result = resultOf(stdout);
  }, 120_000);
  afterAll(() => rmSync(cohort.folder, { recursive: true }));

  test('exit status 3', () => expect(status).toBe(3));

  test.each([
    ['C01', /NRRD|nrrd/], ['C02', /C02-mask\.nrrd does not exist/], ['C03', /spacing[\s\S]*1\.9/], ['C04', /Nothing is segmented/], ['C05', /Label 1 does not occur[\s\S]*3/], ['C06', /short|truncat|ends|bytes/i], ['C07', /no mask/],
  ])('%s: %s', (id, message) => {
    expect(result.failedCases[id], `${id} should have failed`).toBeDefined();
    const [failure] = result.failedCases[id];
    expect(`${failure.message}\n${failure.fix ?? ''}`).toMatch(message);
  });

  test('no other case is touched', () => expect(Object.keys(result.failedCases).sort()).toEqual(['C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C07']));

  test('every case stands in cases.csv, the failed ones with step, reason and way out', () => {
    const lines = readFileSync(join(cohort.folder, 'out', 'cases.csv'), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(31);
    expect(lines.filter((line) => line.includes(',ok,'))).toHaveLength(23);
  });

  test('the report lists them', () => {
    const report = readFileSync(join(cohort.folder, 'out', 'report.html'), 'utf8');
    for (const id of ['C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C07']) expect(report).toContain(id);
  });
});

describe('a study that cannot start says why in one message', { timeout: 60_000 }, () => {
  let cohort: TestCohort;
  beforeAll(() => void (cohort = testCohort({ cases: 8 })));
  afterAll(() => rmSync(cohort.folder, { recursive: true }));
  const refusal = (study: string, table?: (text: string) => string): string => {
    const original = readFileSync(join(cohort.folder, 'cohort.csv'), 'utf8');
    cohort.write('radloom.study.yaml', study);
    if (table !== undefined) cohort.write('cohort.csv', table(original));
    const { status, stderr, stdout } = radloom(['run', cohort.study, '--cache', join(cohort.folder, 'cache'), '--out', join(cohort.folder, 'out')]);
    cohort.write('cohort.csv', original);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/\n\s+at /);
    return stderr;
  };

  test('unreadable YAML: file, line, column', () => expect(refusal('title: x\ncohort: [unclosed\n')).toMatch(/radloom\.study\.yaml:\d+:\d+/));
  test('an unknown key: its place and the nearest name', () => expect(refusal(studyText({ extra: 'selektion: []\n' }))).toMatch(/radloom\.study\.yaml:28:1.*selektion[\s\S]*Did you mean selection\?/));
  test('an unknown setting of a plugin', () => expect(refusal(studyText({ features: '[glcm: { distnces: [1] }]' }))).toMatch(/radloom\.study\.yaml.*distnces[\s\S]*Did you mean distances\?/));
  test.each([
    ['a column that no table has', '{ a: { columns: [agee] } }', /radloom\.study\.yaml, sets\.a\.columns: .*agee[\s\S]*Did you mean age\?/],
    ['a word that means no columns', '{ a: { columns: clinicals } }', /radloom\.study\.yaml:28:\d+: sets\.a\.columns: Columns of a set are all, clinical, radiomics, or a list of names/],
    ['a join of an unknown set', '{ a: { columns: all }, b: { join: [a, aa] } }', /radloom\.study\.yaml, sets\.b\.join: .*aa[\s\S]*Did you mean a\?/],
    ['a name that steps of another kind have', '{ tuning: { columns: all } }', /radloom\.study\.yaml, sets\.tuning: /],
  ])('a set of predictors with %s', (_, sets, expected) => expect(refusal(studyText({ extra: `sets: ${sets}\n` }))).toMatch(expected));
  test('an unknown plugin', () => expect(refusal(studyText({ features: '[glmc]' }))).toMatch(/features\/glmc[\s\S]*Did you mean features\/glcm\?/));
  test('a missing table', () => expect(refusal(studyText().replace('table: cohort.csv', 'table: cohrt.csv'))).toMatch(/cohrt\.csv.*does not exist/));
  test('a missing column', () => expect(refusal(studyText().replace('column: event', 'column: evnt'))).toMatch(/evnt[\s\S]*Did you mean event\?/));
  test('a case that stands twice', () => expect(refusal(studyText(), (text) => text.replace('C03,', 'C02,'))).toMatch(/cohort\.csv:4.*C02 stands twice: on line 3 and on line 4/));
  test('an outcome of one class', () => expect(refusal(studyText(), (text) => text.replaceAll(/nrrd,1,/g, 'nrrd,0,'))).toMatch(/event/));
  test('text among numbers', () => expect(refusal(studyText(), (text) => text.replace(/(C05.*nrrd,\d),\d+/, '$1,old'))).toMatch(/C05 has "old" in age/));
  test('fewer cases than folds: the report comes, and says so', () => {
    cohort.write('radloom.study.yaml', studyText().replace('tuning: { folds: 3 }', 'tuning: { folds: 10 }'));
    const { status, stdout } = run(cohort);
    expect([0, 3]).toContain(status);
    expect(stdout).toMatch(/fold/);
    expect(readFileSync(join(cohort.folder, 'out', 'report.html'), 'utf8')).toMatch(/fold/);
  });
});

test('a reader that has seen enough ends the command quietly', () => {
  const { stdout, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${bin}" plugins | head -n 1`], { encoding: 'utf8' });
  expect(stdout.split('\n').length).toBe(2);
  expect(stderr).toBe('');
});

test.each([['run'], ['runs', '--frob'], ['frob'], ['runs', 'last']])('a command line that is not understood ends with 2: %s %s', (...args) => {
  const { status, stderr } = radloom(args.filter((arg) => arg !== undefined));
  expect([status, stderr.startsWith('error: ')]).toEqual([2, true]);
});

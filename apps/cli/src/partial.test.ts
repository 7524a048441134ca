import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nrrd, radloom, resultOf, scan, testCohort, type TestCohort } from './testing/cohort.js';
import { probeKernels, Probes, probeStudyText, type ProbeStudy } from './testing/probes.js';

const cases = Array.from({ length: 12 }, (_, i) => `C${String(i + 1).padStart(2, '0')}`);

/** Steps of a case, of the cohort, and of the cohort below the table. */
const caseSteps = ['image', 'segmentation', 'mask', 'probe-filter-filter', 'region@probe', 'probe-family@probe', 'overview'];
const folded = ['probe-selector.fit', 'probe-selector.training', 'probe-selector.test', 'tuning.folds', 'probe-classifier.candidate.1', 'probe-classifier.candidate.2', 'probe-classifier.choice', 'probe-classifier.fit', 'probe-classifier.training', 'probe-classifier.test'];
const times = (count: number, step: string) => Array.from({ length: count }, () => step);
/** Each of the three folds of the tuning selects for itself; so many of them have another training side, so many another test side. */
const withinTuning = (training: number, test: number) => [...times(3, 'tuning.fold'), ...times(training, 'tuning.probe-selector.fit'), ...times(training, 'tuning.probe-selector.training'), ...times(test, 'tuning.probe-selector.test')];
const aboveAllRows = ['table', 'split', 'fold', ...folded, 'discrimination', 'report'];
const aboveCases = [...aboveAllRows, ...withinTuning(3, 3)];

/**
 * What a change of one training row runs: the test rows themselves stay, the models that predict them do not. Of the tuning's folds one
 * tests the row and two learn from it.
 */
const aboveTrainingRow = [...aboveAllRows.filter((step) => step !== 'probe-selector.test'), ...withinTuning(2, 1)];

/** Calls of the selector's fit: for all training rows, in each fold of the tuning, and there once more, to see that an unknown plugin remembers nothing. */
const selections = 1 + 3 + 3;

/** Calls of the classifier's fit: three folds a candidate, and the final fit. */
const fits = (candidates: number): number => 3 * candidates + 1;

describe('only what changed runs', { timeout: 60_000 }, () => {
  let cohort: TestCohort;
  let probes: Probes;
  let table: string;
  beforeAll(async () => {
    cohort = testCohort({ cases: 12, study: probeStudyText() });
    probes = new Probes(cohort.folder);
    await probes.build();
    table = readFileSync(join(cohort.folder, 'cohort.csv'), 'utf8');
  });
  afterAll(() => rmSync(cohort.folder, { recursive: true }));

  /** Runs the study as it now is; says what it claims to have executed and rebuilt, and what the probes saw. */
  const run = (study: ProbeStudy = {}) => {
    cohort.write('radloom.study.yaml', probeStudyText(study));
    const done = radloom(['run', cohort.study, '--cache', join(cohort.folder, 'cache'), '--out', join(cohort.folder, 'out'), '--json']);
    expect(done.stderr).toBe('');
    expect(done.status).toBe(0);
    const nodes = done.stdout.trim().split('\n').map((line) => JSON.parse(line) as { type: string; state: string; step: string; at: Record<string, string> }).filter((event) => event.type === 'node');
    const of = (state: string) => nodes.filter((event) => event.state === state).map((event) => (event.at.case === undefined ? event.step : `${event.step}@${event.at.case}`)).sort();
    expect(resultOf(done.stdout).counts.executed).toBe(of('executed').length);
    expect(resultOf(done.stdout).counts.rematerialised).toBe(of('rematerialised').length);
    return { executed: of('executed'), rematerialised: of('rematerialised'), calls: probes.calls() };
  };
  const each = (steps: readonly string[], ids: readonly string[] = cases) => steps.flatMap((step) => ids.map((id) => `${step}@${id}`));
  const sorted = (...lists: readonly (readonly string[])[]) => lists.flat().sort();

  test('the first run executes everything', () => {
    const { executed, rematerialised, calls } = run();
    expect(executed).toEqual(sorted(each(caseSteps), aboveCases));
    expect(rematerialised).toEqual([]);
    expect(calls).toEqual({ 'probe-filter': 12, 'probe-family': 12, 'probe-selector': selections, 'probe-classifier': fits(2) });
  });

  test('no change: nothing', () => expect(run()).toEqual({ executed: [], rematerialised: [], calls: {} }));

  test("one parameter of one filter: that filter and what follows; readers and mask are rebuilt on the way", () => {
    const { executed, rematerialised, calls } = run({ factor: 3 });
    expect(executed).toEqual(sorted(each(['probe-filter-filter', 'region@probe', 'probe-family@probe', 'overview']), aboveCases));
    expect(rematerialised).toEqual(sorted(each(['image', 'segmentation', 'mask'])));
    expect(calls).toEqual({ 'probe-filter': 12, 'probe-family': 12, 'probe-selector': selections, 'probe-classifier': fits(2) });
    expect(run()).toEqual({ executed: [], rematerialised: [], calls: {} });
  });

  test('one case added: that case, and the cohort', () => {
    const { image, mask } = scan(99, true);
    cohort.write('scans/new.nrrd', nrrd(image));
    cohort.write('scans/new-mask.nrrd', nrrd(mask));
    cohort.write('cohort.csv', `${table}C99,scans/new.nrrd,scans/new-mask.nrrd,1,61,Planted Name99,1950-03-01\n`);
    const { executed, rematerialised, calls } = run();
    expect(executed).toEqual(sorted(each(caseSteps, ['C99']), aboveCases));
    expect(rematerialised).toEqual([]);
    expect(calls).toMatchObject({ 'probe-filter': 1, 'probe-family': 1 });
  });

  test('one case removed: the cohort alone, and only what was not known from before', () => {
    cohort.write('cohort.csv', table);
    expect(run()).toEqual({ executed: [], rematerialised: [], calls: {} });
    cohort.write('cohort.csv', table.replace(/C12,.*\n/, ''));
    const { executed, calls } = run();
    expect(executed).toEqual(sorted(aboveCases));
    expect(calls['probe-filter']).toBeUndefined();
    cohort.write('cohort.csv', table);
    run();
  });

  test("one case's mask edited: that case, and the cohort", () => {
    const { mask } = scan(2, false);
    const original = readFileSync(join(cohort.folder, 'scans', 'C03-mask.nrrd'));
    mask[mask.indexOf(1)] = 0;
    cohort.write('scans/C03-mask.nrrd', nrrd(mask));
    const { executed, rematerialised, calls } = run();
    // The image of the case is another record's: its reading is executed for the new pair of files.
    expect(executed).toEqual(sorted(each(caseSteps, ['C03']), aboveTrainingRow));
    expect(rematerialised).toEqual([]);
    expect(calls).toMatchObject({ 'probe-filter': 1, 'probe-family': 1 });
    cohort.write('scans/C03-mask.nrrd', original);
    expect(run()).toEqual({ executed: [], rematerialised: [], calls: {} });
  });

  test('one clinical value edited: the cohort, no image', () => {
    cohort.write('cohort.csv', table.replace(/(C05,.*?,[01],)\d+/, '$199'));
    const { executed, calls } = run();
    expect(executed).toEqual(sorted(aboveTrainingRow));
    expect(calls['probe-family']).toBeUndefined();
    cohort.write('cohort.csv', table);
    run();
  });

  test('a feature family added: that family; its region is rebuilt, the other family is not', () => {
    const { executed, rematerialised, calls } = run({ families: ['probe-family', 'second-family'] });
    expect(executed).toEqual(sorted(each(['second-family@probe']), aboveCases));
    expect(rematerialised).toEqual(sorted(each(['image', 'segmentation', 'mask', 'probe-filter-filter', 'region@probe'])));
    expect(calls).toMatchObject({ 'second-family': 12, 'probe-filter': 12 });
    expect(calls['probe-family']).toBeUndefined();
  });

  test("one classifier's grid widened: the new candidate, the choice and what follows", () => {
    const { executed, rematerialised, calls } = run({ weights: [1, 2, 4] });
    const base = ['probe-classifier.candidate.3', 'probe-classifier.choice', 'report'];
    // The final fit runs again only when the choice changed.
    const rest = executed.filter((step) => !base.includes(step));
    expect(executed).toEqual(expect.arrayContaining(base));
    expect(rest.every((step) => ['probe-classifier.fit', 'probe-classifier.training', 'probe-classifier.test', 'discrimination'].includes(step))).toBe(true);
    expect(rematerialised).toEqual([]);
    expect(calls).toEqual({ 'probe-classifier': 3 + (rest.includes('probe-classifier.fit') ? 1 : 0) });
  });

  test('a report option changed: the report', () => expect(run({ language: 'zh' })).toEqual({ executed: ['report'], rematerialised: [], calls: {} }));

  test('a kernel edited and rebuilt: who reaches it, and what follows', async () => {
    await probes.write('probe-family', { kernel: probeKernels['probe-family'].replace('sum / values.length', 'sum / (values.length + 1)') });
    const { executed, rematerialised, calls } = run();
    expect(executed).toEqual(sorted(each(['probe-family@probe']), aboveCases));
    expect(rematerialised).toEqual(sorted(each(['image', 'segmentation', 'mask', 'probe-filter-filter', 'region@probe'])));
    expect(calls).toMatchObject({ 'probe-family': 12, 'probe-filter': 12 });
    await probes.write('probe-family');
    expect(run()).toEqual({ executed: [], rematerialised: [], calls: {} });
  });

  test('a description edited, a comment added, a line reformatted: nothing', async () => {
    await probes.write('probe-family', { summary: 'Another description', kernel: `// A comment.\n${probeKernels['probe-family'].replaceAll('; ', ';\n   ')}` });
    expect(run()).toEqual({ executed: [], rematerialised: [], calls: {} });
    await probes.write('probe-family');
  });

  test('an edit that leaves the output bytes the same stops at the stored output', async () => {
    await probes.write('probe-filter', { kernel: 'export const times = (value, factor) => factor * value + 0;' });
    const { executed, rematerialised, calls } = run();
    // The report names the plan, and the plan has other code in it; nothing between runs.
    expect(executed).toEqual(sorted(each(['probe-filter-filter', 'region@probe', 'probe-family@probe', 'overview']), ['report']));
    expect(rematerialised).toEqual(sorted(each(['image', 'segmentation', 'mask'])));
    expect(calls).toEqual({ 'probe-filter': 12, 'probe-family': 12 });
  });

  test('plan --explain says which part of a key changed, and what follows from it', () => {
    run();
    cohort.write('radloom.study.yaml', probeStudyText({ factor: 7 }));
    const explained = radloom(['plan', cohort.study, '--cache', join(cohort.folder, 'cache'), '--explain', '--json']);
    const { explanations } = JSON.parse(explained.stdout) as { explanations: { step: string; reasons: { part: string; text: string }[]; below: string[] }[] };
    const filter = explanations.find((entry) => entry.step === 'probe-filter-filter')!;
    expect(filter.reasons).toEqual([{ part: 'parameter', text: 'factor: 2 -> 7' }]);
    expect(filter.below).toEqual(expect.arrayContaining(['region@probe', 'probe-family@probe', 'table', 'report']));
    expect(explanations.find((entry) => entry.step === 'region@probe')!.reasons).toEqual([{ part: 'earlier step', text: 'probe-filter-filter would run' }]);
  });

  test('plan --explain names the module that changed', async () => {
    await probes.write('probe-filter', { kernel: 'export const times = (value, factor) => value * factor * 1;' });
    cohort.write('radloom.study.yaml', probeStudyText());
    const text = radloom(['plan', cohort.study, '--cache', join(cohort.folder, 'cache'), '--explain']).stdout;
    expect(text).toContain('code: probe-filter/kernel.js changed');
    await probes.write('probe-filter');
  });
});

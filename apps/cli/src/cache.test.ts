import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, executedSteps, radloom, resultOf, studyText, testCohort, type TestCohort } from './testing/cohort.js';

const small = studyText({ features: '[shape, firstorder]' }).replace(/selection:[\s\S]*?tuning/, 'selection: [zero-variance]\ntuning');
const files = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();

describe('the cache folder', { timeout: 60_000 }, () => {
  let cohort: TestCohort;
  const at = (name: string) => join(cohort.folder, name);
  const run = (...more: string[]) => radloom(['run', cohort.study, '--cache', at('cache'), '--out', at('out'), '--json', ...more]);
  const cache = (...args: string[]) => radloom(['cache', ...args, '--cache', at('cache')]);

  beforeAll(() => {
    cohort = testCohort({ cases: 12, study: small });
    expect(run().status).toBe(0);
  }, 60_000);
  afterAll(() => rmSync(cohort.folder, { recursive: true }));

  test('stats, ls and verify describe a sound cache', () => {
    expect(JSON.parse(cache('stats', '--json').stdout)).toMatchObject({ records: { count: expect.any(Number) as number }, quarantined: 0 });
    expect(cache('ls').stdout.split('\n').length).toBeGreaterThan(12);
    expect(cache('verify').stdout).toMatch(/^Clean/);
  });

  test.each([
    ['truncated record', 'records', (path: string) => truncateSync(path, 40)],
    ['damaged record', 'records', (path: string) => writeFileSync(path, readFileSync(path).map((byte, i) => (i === 60 ? byte ^ 255 : byte)))],
    ['empty record', 'records', (path: string) => writeFileSync(path, '')],
    ['unreadable record', 'records', (path: string) => (rmSync(path), mkdirSync(path))],
    ['damaged blob', 'blobs', (path: string) => writeFileSync(path, readFileSync(path).map((byte, i) => (i === 3 ? byte ^ 255 : byte)))],
    ['lost blob', 'blobs', (path: string) => rmSync(path)],
  ])('a %s is found by verify, put aside, and computed again with the same results', (_, space, harm) => {
    const before = files(at('out')).map((file) => readFileSync(file));
    harm(files(join(at('cache'), space))[1]);
    const found = cache('verify');
    expect(found.status).toBe(1);
    expect(found.stdout).toMatch(/damaged: (records|blobs)\//);
    const again = run();
    expect(again.status).toBe(0);
    expect(files(at('out')).map((file) => readFileSync(file))).toEqual(before);
    cache('verify', '--repair');
    expect(cache('verify').stdout).toMatch(/Clean/);
  });

  test('gc removes what no kept run reaches, and nothing that one does', () => {
    cohort.write('radloom.study.yaml', small.replace('binWidth: 10', 'binWidth: 5').replace('seed: 7', 'seed: 8'));
    run();
    cohort.write('radloom.study.yaml', small);
    run();
    const dry = JSON.parse(cache('gc', '--keep-runs', '1', '--json').stdout) as { removed: { count: number } };
    expect(dry.removed.count).toBeGreaterThan(0);
    const before = files(join(at('cache'), 'records')).length;
    expect(files(join(at('cache'), 'records')).length).toBe(before);
    cache('gc', '--keep-runs', '1', '--remove');
    expect(files(join(at('cache'), 'records')).length).toBeLessThan(before);
    expect(resultOf(run().stdout).counts).toMatchObject({ executed: 0, rematerialised: 0 });
  });

  test('gc beside a running study breaks nothing', async () => {
    rmSync(at('cache'), { recursive: true });
    const expected = files(at('out')).map((file) => readFileSync(file));
    const child = spawn(process.execPath, [bin, 'run', cohort.study, '--cache', at('cache'), '--out', at('out-gc'), '--json'], { stdio: ['ignore', 'pipe', 'ignore'] });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const ended = new Promise((resolve) => child.on('close', resolve));
    let collections = 0;
    for (let running = true; running; ) {
      if (stdout.includes('"unit-finished"')) {
        expect(cache('gc', '--keep-runs', '1', '--remove').status).toBe(0);
        collections++;
      }
      running = await Promise.race([ended.then(() => false), new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 30))]);
    }
    expect(await ended).toBe(0);
    expect(collections).toBeGreaterThan(0);
    expect(files(at('out-gc')).map((file) => readFileSync(file))).toEqual(expected);
  });

  test('two studies at once on one cache both finish, with the results of each alone', async () => {
    const start = (name: string) => new Promise((resolve) => spawn(process.execPath, [bin, 'run', cohort.study, '--cache', at('cache-shared'), '--out', at(name), '--json'], { stdio: 'ignore' }).on('close', resolve));
    expect(await Promise.all([start('out-a'), start('out-b')])).toEqual([0, 0]);
    const [a, b] = ['out-a', 'out-b'].map((name) => files(at(name)).map((file) => readFileSync(file)));
    expect(a).toEqual(b);
    expect(radloom(['cache', 'verify', '--cache', at('cache-shared')]).stdout).toMatch(/^Clean/);
  });

  test('the graph is one file without network, and says what is cached and what would run', () => {
    const html = radloom(['graph', cohort.study, '--cache', at('cache')]).stdout;
    expect(html).toContain('<svg');
    expect(html).not.toMatch(/(src|href)="https?:/);
    cohort.write('radloom.study.yaml', small.replace('binWidth: 10', 'binWidth: 5'));
    const graph = JSON.parse(radloom(['graph', cohort.study, '--cache', at('cache'), '--format', 'json']).stdout) as { steps: { id: string; state: string }[] };
    expect(graph.steps.find((step) => step.id === 'firstorder@original')?.state).toBe('to run');
    expect(graph.steps.find((step) => step.id === 'image')?.state).toBe('to run');
    for (const format of ['mermaid', 'dot']) expect(radloom(['graph', cohort.study, '--cache', at('cache'), '--format', format]).stdout).toContain('firstorder@original');
    cohort.write('radloom.study.yaml', small);
  });

  test('runs, show and diff-runs read the manifests', () => {
    run();
    const runs = JSON.parse(radloom(['runs', '--cache', at('cache'), '--json']).stdout) as { runId: string }[];
    expect(runs.length).toBeGreaterThan(1);
    expect(radloom(['show', 'last', '--cache', at('cache')]).stdout).toContain('peak memory');
    cohort.write('radloom.study.yaml', small.replace('trees: 40', 'trees: 41'));
    const changed = run();
    expect(executedSteps(changed.stdout)).toContain('random-forest.fit');
    const diff = radloom(['diff-runs', runs.at(-1)!.runId, 'last', '--cache', at('cache')]).stdout;
    expect(diff).toMatch(/step\s+random-forest\.fit\s+settings changed/);
    expect(radloom(['show', 'nothing', '--cache', at('cache')]).stderr).toContain('radloom runs lists them');
  });
});

const mountPoint = mkdtempSync(join(tmpdir(), 'radloom-full-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160k', 'tmpfs', mountPoint]).status === 0;
if (!mounted) process.stderr.write('SKIPPED: a full disk cannot be made here (mount is not permitted).\n');

describe.skipIf(!mounted)('a full disk', { timeout: 60_000 }, () => {
  let cohort: TestCohort;
  beforeAll(() => void (cohort = testCohort({ cases: 12, study: small })));
  afterAll(() => {
    spawnSync('umount', [mountPoint]);
    rmSync(cohort.folder, { recursive: true });
  });

  test('stops the study with the path, what it needed and how to go on; with space it resumes', () => {
    const args = ['run', cohort.study, '--cache', join(mountPoint, 'cache'), '--out', join(cohort.folder, 'out'), '--json'];
    writeFileSync(join(mountPoint, 'ballast'), Buffer.alloc(100_000));
    const full = radloom(args);
    expect(full.status).toBe(1);
    expect(full.stderr).toMatch(/The disk of the cache folder .* is full: \d+ more bytes were needed/);
    expect(full.stderr).toContain('finished work is kept');
    rmSync(join(mountPoint, 'ballast'));
    spawnSync('mount', ['-o', 'remount,size=20m', mountPoint]);
    const finished = new Set(full.stdout.split('\n').filter((line) => line.includes('"unit-finished"')).map((line) => (JSON.parse(line) as { unit: string }).unit));
    const resumed = radloom(args);
    expect(resumed.status).toBe(0);
    for (const step of executedSteps(resumed.stdout)) expect(finished.has(`case:${step.split('@').at(-1)}`), step).toBe(false);
  });
});

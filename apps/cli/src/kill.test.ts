import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { random } from '@radloom/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, radloom, studyText, testCohort, type TestCohort } from './testing/cohort.js';

const moments = process.env.RADLOOM_LONG === undefined ? 10 : 30;

const plainStudy = studyText().replace(/selection:[\s\S]*?tuning/, 'selection: []\ntuning');

interface Node {
  readonly type: string;
  readonly step: string;
  readonly state: string;
  readonly unit: string;
  readonly at: Record<string, string>;
}

const eventsOf = (stdout: string): Node[] => stdout.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}')).map((line) => JSON.parse(line) as Node);

/** Results by file, without what tells when. */
const results = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => [join(entry.parentPath, entry.name).slice(folder.length), readFileSync(join(entry.parentPath, entry.name), 'latin1')]));

describe('a study killed at any moment', { timeout: 60_000 }, () => {
  let cohort: TestCohort;
  let undisturbed: Record<string, string>;
  let duration: number;
  const args = (name: string) => ['run', cohort.study, '--cache', join(cohort.folder, `cache-${name}`), '--out', join(cohort.folder, `out-${name}`), '--json'];

  beforeAll(() => {
    cohort = testCohort({ cases: 24, study: plainStudy });
    const started = performance.now();
    const { status, stderr } = radloom(args('whole'));
    duration = performance.now() - started;
    expect(stderr).toBe('');
    expect(status).toBe(0);
    undisturbed = results(join(cohort.folder, 'out-whole'));
  }, 60_000);
  afterAll(() => rmSync(cohort.folder, { recursive: true }));

  const stream = random([2026, 11, 24, 7]);
  const times = Array.from({ length: moments }, (_, i) => (i + stream.next()) / moments);

  test.each(times)('%f of the way through', async (part) => {
    const name = `killed-${part}`;
    const child = spawn(process.execPath, [bin, ...args(name)], { stdio: ['ignore', 'pipe', 'ignore'] });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const killer = setTimeout(() => child.kill('SIGKILL'), part * duration);
    await new Promise((resolve) => child.on('close', resolve));
    clearTimeout(killer);
    const before = eventsOf(stdout);
    const finishedUnits = new Set(before.filter((event) => event.type === 'unit-finished').map((event) => event.unit));

    const again = radloom(args(name));
    expect(again.status).toBe(0);
    expect(results(join(cohort.folder, `out-${name}`))).toEqual(undisturbed);
    const repeated = eventsOf(again.stdout).filter((event) => event.type === 'node' && event.state === 'executed' && event.at.case !== undefined && finishedUnits.has(`case:${event.at.case}`));
    expect(repeated).toEqual([]);
    const checked = radloom(['cache', 'verify', '--cache', join(cohort.folder, `cache-${name}`)]);
    expect(checked.stdout).toMatch(/^Clean/);
    rmSync(join(cohort.folder, `cache-${name}`), { recursive: true });
  });

  test('Ctrl-C once: what is in hand is finished and kept, and the next run goes on', async () => {
    const child = spawn(process.execPath, [bin, ...args('stopped'), '--jobs', '1'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let stopped = false;
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (!stopped && stdout.includes('"unit-finished"')) {
        stopped = true;
        child.kill('SIGINT');
      }
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(stderr).toContain('What was finished is kept');
    const units = eventsOf(stdout);
    const started = new Set(units.filter((event) => event.type === 'unit-started').map((event) => event.unit));
    const finished = new Set(units.filter((event) => event.type === 'unit-finished').map((event) => event.unit));
    expect(finished.size).toBeGreaterThan(0);
    expect(finished.size).toBeLessThan(24);
    expect(finished).toEqual(started);
    const again = radloom(args('stopped'));
    expect(again.status).toBe(0);
    const executedCases = new Set(eventsOf(again.stdout).filter((event) => event.type === 'node' && event.state === 'executed' && event.at.case !== undefined).map((event) => `case:${event.at.case}`));
    for (const unit of finished) expect(executedCases.has(unit)).toBe(false);
  });

  test('Ctrl-C twice: at once', async () => {
    const child = spawn(process.execPath, [bin, ...args('twice')], { stdio: ['ignore', 'pipe', 'ignore'] });
    let sent = 0;
    child.stdout.on('data', () => {
      if (sent < 2) {
        sent++;
        child.kill('SIGINT');
      }
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
  });
});

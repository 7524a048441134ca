import { describe, expect, test } from 'vitest';
import { frame, type LiveState } from './live-view.js';

const state = (more: Partial<LiveState> = {}): LiveState => ({ title: 'A study', started: 0, cases: 110, toDo: 70, done: 23, failed: new Set(['P007']), steps: 1200, cohortSteps: 3, cohortFailed: 0, running: new Set(['P061', 'P062']), ...more });
const around = { now: 42_000, memory: 512 * 2 ** 20, columns: 100 };

describe('the live view', () => {
  test('cases done, failed and cached, the time that is left, steps, memory', () => {
    // 70 to do, 23 done in 42 s: 47 more take 86 s.
    expect(frame(state(), around)).toEqual([
      'A study',
      '  cases    ━━━━━━━━━━━━━━────────── 63 of 110, 1 failed, 40 cached, about 86 s left',
      '  cohort   3 done',
      '  now      P061, P062',
      '  time     00:42, 1200 steps done, 512 MiB',
    ]);
  });

  test('says no time left before a case is done, nor after the last', () => {
    expect(frame(state({ done: 0 }), around)[1]).not.toContain('left');
    expect(frame(state({ done: 70 }), around)[1]).toBe('  cases    ━━━━━━━━━━━━━━━━━━━━━━━━ 110 of 110, 1 failed, 40 cached');
  });

  test('fits a narrow terminal, and a study without a plan yet', () => {
    for (const line of frame(state({ running: new Set(['a'.repeat(60)]) }), { ...around, columns: 40 })) expect([...line].length).toBeLessThan(40);
    expect(frame(state({ cases: 0, toDo: 0, done: 0, failed: new Set(), running: new Set() }), around)[1]).toContain('0 of 0');
  });
});

import { describe, expect, test } from 'vitest';
import { Tally } from './tally.js';

const compare = (tally) => {
  tally.number('a', 'near', 1 + 1e-10, 1, { relative: 1e-9 });
  tally.number('a', 'equal', 5, 5, { relative: 1e-9 });
  tally.numbers('a', 'list', [1, 2], [1, 2], { absolute: 1e-12 });
  tally.equal('a', 'set', ['x'], ['x']);
};

describe('the tally', () => {
  test('counts what agrees', () => {
    const tally = new Tally();
    compare(tally);
    expect(tally.totals).toEqual({ expected: 5, compared: 5, passed: 5, skipped: 0, missed: 0, failed: 0 });
  });

  test('passes nothing when every expected value is shifted by ten tolerances', () => {
    const tally = new Tally({ shift: 10 });
    compare(tally);
    expect(tally.totals).toMatchObject({ expected: 5, passed: 0, failed: 5 });
  });

  test('counts a value that is not read as a failure', () => {
    const tally = new Tally();
    tally.number('a', 'absent', undefined, 1, { relative: 1e-9 });
    tally.numbers('a', 'short', [1], [1, 2], { relative: 1e-9 });
    tally.missing('b', 'all', 'not computed', 3);
    expect(tally.totals).toMatchObject({ expected: 7, passed: 1, failed: 6 });
  });

  test('NaN agrees with NaN alone', () => {
    const tally = new Tally();
    tally.number('a', 'both', NaN, NaN, { relative: 1e-9 });
    tally.number('a', 'one', NaN, 1, { relative: 1e-9 });
    expect(tally.totals).toMatchObject({ passed: 1, failed: 1 });
  });

  test('an infinite value is met by itself alone', () => {
    const tally = new Tally();
    tally.number('a', 'same', Infinity, Infinity, { relative: 1e-9 });
    for (const found of [5, 1e308, -Infinity, NaN]) tally.number('a', String(found), found, Infinity, { relative: 1e-9, absolute: 1 });
    expect(tally.totals).toMatchObject({ expected: 5, passed: 1, failed: 4 });
  });

  test('a miss that is written down is printed, neither passed nor failed, and fails when it grows or when values are shifted', () => {
    const missed = [{ group: 'a', name: /^tail/, within: 2e-6, why: 'rounding' }];
    const off = (difference, options) => {
      const tally = new Tally({ missed, ...options });
      tally.number('a', 'tail', 1 + difference, 1, { relative: 1e-6 });
      return tally;
    };
    expect(off(1.5e-6).totals).toMatchObject({ expected: 1, passed: 0, missed: 1, failed: 0 });
    expect(off(3e-6).totals).toMatchObject({ passed: 0, missed: 0, failed: 1 });
    expect(off(1.5e-6, { shift: 10 }).totals).toMatchObject({ missed: 0, failed: 1 });
    const lines = [];
    off(1.5e-6).print((line) => lines.push(line));
    expect(lines.filter((line) => line.startsWith('MISSED a: tail'))).toHaveLength(1);
    expect(lines.at(-1)).toBe('0 passed, 0 failed, 1 skipped');
  });

  test('ends with the line that counts', () => {
    const lines = [];
    const tally = new Tally();
    compare(tally);
    tally.skip('a', 'optional');
    tally.print((line) => lines.push(line));
    expect(lines.at(-1)).toBe('5 passed, 0 failed, 1 skipped');
  });
});

import { missed as knownMisses } from './missed.js';

/**
 * Counts what a reference demands, what was compared and what passed.
 *
 * With `shift` every expected value is moved by that many tolerances before it is compared: a suite that still passes anything compares
 * nothing, and the runner's own test looks for that.
 */
export class Tally {
  /** @param {{ shift?: number, missed?: readonly { group: string, name: RegExp, within: number, why: string }[] }} [options] */
  constructor({ shift = 0, missed = knownMisses } = {}) {
    this.shift = shift;
    // Shifted values are not the reference's: none of them is known.
    this.missed = shift === 0 ? missed : [];
    /** @type {Map<string, { expected: number, compared: number, passed: number, skipped: number, worst: number, worstName: string, failures: string[] }>} */
    this.groups = new Map();
  }

  group(name) {
    if (!this.groups.has(name)) this.groups.set(name, { expected: 0, compared: 0, passed: 0, skipped: 0, worst: 0, worstName: '', failures: [], misses: [] });
    return this.groups.get(name);
  }

  /**
   * One number that the reference demands.
   * @param {string} group
   * @param {string} name
   * @param {number | undefined} actual
   * @param {number} expected
   * @param {{ relative?: number, absolute?: number }} tolerance within the larger of `absolute` and `relative * |expected|`; an infinite value has none
   */
  number(group, name, actual, expected, { relative = 0, absolute = 0 }) {
    const entry = this.group(group);
    entry.expected++;
    if (typeof actual !== 'number') return this.#fail(entry, name, `expected ${expected}, nothing was computed`);
    entry.compared++;
    const allowed = Number.isFinite(expected) ? Math.max(absolute, relative * Math.abs(expected)) : 0;
    const wanted = this.shift === 0 ? expected : Number.isFinite(expected) ? expected + this.shift * (allowed > 0 ? allowed : 1) : 0;
    if (Object.is(actual, wanted) || actual === wanted) {
      entry.passed++;
      return;
    }
    const difference = Math.abs(actual - wanted);
    const ratio = Number.isFinite(difference) ? difference / Math.max(Math.abs(wanted), Number.MIN_VALUE) : Infinity;
    if (difference <= allowed) {
      entry.passed++;
      if (difference > absolute && ratio > entry.worst) {
        entry.worst = ratio;
        entry.worstName = name;
      }
    } else if (this.missed.some((known) => known.group === group && known.name.test(name) && ratio <= known.within)) {
      entry.misses.push(`${name}: expected ${wanted}, found ${actual} (relative ${ratio.toExponential(2)}): ${this.missed.find((known) => known.group === group && known.name.test(name)).why}`);
    } else this.#fail(entry, name, `expected ${wanted}, found ${actual} (relative ${ratio.toExponential(2)})`);
  }

  /** A list of numbers, value by value; a list of another length fails. */
  numbers(group, name, actual, expected, tolerance) {
    if (actual !== undefined && actual.length !== expected.length) this.equal(group, `${name}.length`, actual.length, expected.length);
    expected.forEach((value, i) => this.number(group, `${name}[${i}]`, actual?.[i], value, tolerance));
  }

  /** Something that must be the same to the letter. */
  equal(group, name, actual, expected) {
    const entry = this.group(group);
    entry.expected++;
    entry.compared++;
    const wanted = this.shift === 0 ? JSON.stringify(expected) : `not ${JSON.stringify(expected)}`;
    if (JSON.stringify(actual) === wanted) entry.passed++;
    else this.#fail(entry, name, `expected ${wanted?.slice(0, 200)}, found ${JSON.stringify(actual)?.slice(0, 200)}`);
  }

  /** Demanded by the reference and not read or not computed: a failure, never a silence. */
  missing(group, name, why, count = 1) {
    const entry = this.group(group);
    entry.expected += count;
    this.#fail(entry, name, why);
  }

  /** Named as optional by the reference's own scope. */
  skip(group, name) {
    this.group(group).skipped++;
    this.group(group).skippedNames = [...(this.group(group).skippedNames ?? []), name];
  }

  #fail(entry, name, text) {
    entry.failures.push(`${name}: ${text}`);
  }

  get totals() {
    const sum = { expected: 0, compared: 0, passed: 0, skipped: 0, missed: 0 };
    for (const { misses, ...entry } of this.groups.values()) {
      for (const key of ['expected', 'compared', 'passed', 'skipped']) sum[key] += entry[key];
      sum.missed += misses.length;
    }
    return { ...sum, failed: sum.expected - sum.passed - sum.missed };
  }

  /** The table of groups, the first failures of each, and the last line that counts. */
  print(write = (line) => process.stdout.write(`${line}\n`), { failures = 5 } = {}) {
    const rows = [...this.groups].map(([name, entry]) => [name, entry.expected, entry.compared, entry.passed, entry.skipped, entry.worst === 0 ? '0' : entry.worst.toExponential(1), entry.worstName]);
    const header = ['group', 'expected', 'compared', 'passed', 'skipped', 'largest relative difference', 'at'];
    const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => String(row[i]).length)));
    for (const row of [header, ...rows]) write(row.map((cell, i) => (i === 0 || i === 6 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]))).join('  ').trimEnd());
    for (const [name, entry] of this.groups) {
      for (const miss of entry.misses) write(`MISSED ${name}: ${miss}`);
      for (const failure of entry.failures.slice(0, failures)) write(`FAILED ${name}: ${failure}`);
      if (entry.failures.length > failures) write(`FAILED ${name}: and ${entry.failures.length - failures} more`);
    }
    const { expected, compared, passed, failed, skipped, missed } = this.totals;
    write(`values expected ${expected}, compared ${compared}, passed ${passed}${missed === 0 ? '' : `, missed and known ${missed}`}`);
    write(`${passed} passed, ${failed} failed, ${skipped + missed} skipped`);
  }
}

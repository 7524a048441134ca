import { patterns } from './scope.js';

/** In place of a value: the expected value is an argument of its neighbours (or says how they were made), and was read as such. */
export const argument = Symbol('argument');

const judgement = Symbol('judgement');
const failure = Symbol('failure');

/**
 * In place of a value: a comparison of its own kind, which accounts for all that is below.
 * @param {(tally: import('../../tally.js').Tally, group: string, name: string, expected: any) => void} compare
 */
export const judged = (compare) => ({ [judgement]: true, compare });

/**
 * Rules of a suite. Patterns are those of the scope, matched against the case and the path below `expected`.
 * @typedef {object} Rules
 * @property {[pattern: string, tolerance: Tolerance][]} tolerances the first that matches holds
 * @property {[pattern: string, reason: string][]} [aside] not to be met by the references' own README; skipped by name
 */

/** @typedef {{ relative?: number, absolute?: number, scaled?: number }} Tolerance `scaled`: share of the largest absolute value of the same list */

/** Tolerance of values that come out of 1 by subtraction and carry the last digit of 1: R's `1 - pnorm(z)`. */
export const LEFT_OF_ONE = { relative: 1e-9, absolute: 1e-15 };

/** Rules made ready for use. */
export function makeRules({ tolerances, aside = [] }, scope) {
  const table = tolerances.map(([pattern, tolerance]) => ({ applies: patterns([pattern]), tolerance }));
  const skipped = aside.map(([pattern, reason]) => ({ applies: patterns([pattern]), reason }));
  return {
    ...scope,
    aside: (name, path) => skipped.find((entry) => entry.applies(name, path))?.reason,
    tolerance: (name, path) => {
      const found = table.find((entry) => entry.applies(name, path));
      if (found === undefined) throw new Error(`No tolerance is stated for ${name}#${path.join('.')}`);
      return found.tolerance;
    },
  };
}

/**
 * Compares everything below `expected` with what was found.
 *
 * `found` mirrors `expected`; any node may be a function that gives it, called only when the reference asks for it. A number, a word or a
 * list of words of `expected` that `found` lacks is a failure, unless the scope or the suite names it.
 */
export function compareTree(tally, name, expected, found, rules) {
  const visit = (wanted, node, path) => {
    if (wanted === null || rules.information(name, path)) return; // null: R's NULL, the reference has no value there
    const reason = rules.aside(name, path);
    if (reason !== undefined) return tally.skip(name, `${path.join('.')} (${reason})`);
    const value = evaluate(node);
    if (value === argument) return;
    if (value === undefined && rules.optional(name, path)) return tally.skip(name, path.join('.') || name);
    if (value?.[judgement] !== undefined) return judge(value, wanted, path);
    if (isTree(wanted)) return children(wanted, value, path);
    if (value === undefined) return tally.missing(name, path.join('.'), 'not computed', countOf(wanted));
    if (value[failure] !== undefined) return tally.missing(name, path.join('.'), value[failure], countOf(wanted));
    leaf(wanted, value, path);
  };
  const children = (wanted, value, path) => {
    const failed = value?.[failure] !== undefined;
    const below = failed ? () => value : (key) => value?.[key];
    if (Array.isArray(wanted) && value !== undefined && !failed && value.length !== wanted.length) tally.equal(name, `${path.join('.')}.length`, value.length, wanted.length);
    for (const key of Object.keys(wanted)) visit(wanted[key], below(key), [...path, key]);
  };
  const judge = ({ compare }, wanted, path) => {
    try {
      compare(tally, name, path.join('.'), wanted);
    } catch (error) {
      tally.missing(name, path.join('.'), String(error.message ?? error), countOf(wanted));
    }
  };
  const leaf = (wanted, value, path) => {
    const label = path.join('.');
    const tolerance = rules.tolerance(name, path);
    if (isNumbers(wanted)) compareNumbers(tally, name, label, value, wanted, tolerance);
    else if (isNumber(wanted)) compareNumber(tally, name, label, value, wanted, tolerance);
    else tally.equal(name, label, value, wanted);
  };
  visit(expected, found, []);
}

function evaluate(node) {
  if (typeof node !== 'function') return node;
  try {
    return node();
  } catch (error) {
    return { [failure]: String(error.message ?? error) };
  }
}

/** R's words for what is not an ordinary number. */
const WORDS = { NA: NaN, NaN, Inf: Infinity, '-Inf': -Infinity };

export const toNumber = (value) => (typeof value === 'number' ? value : WORDS[value]);

const isNumber = (value) => typeof value === 'number' || Object.hasOwn(WORDS, value);
const isNumbers = (value) => Array.isArray(value) && value.every(isNumber);
const isWords = (value) => Array.isArray(value) && value.every((entry) => typeof entry === 'string');
const isTree = (value) => typeof value === 'object' && value !== null && !isNumbers(value) && !isWords(value);

/** Numbers, words and lists of words below a node. */
function countOf(wanted) {
  if (isTree(wanted)) return Object.values(wanted).reduce((sum, value) => sum + countOf(value), 0);
  return isNumbers(wanted) ? wanted.length : 1;
}

/** A list of numbers in R's notation. */
export function compareNumbers(tally, group, name, actual, expected, { relative, absolute = 0, scaled = 0 }) {
  if (actual !== undefined && actual.length !== expected.length) tally.equal(group, `${name}.length`, actual.length, expected.length);
  const largest = expected.map(toNumber).filter(Number.isFinite).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expected.forEach((value, i) => compareNumber(tally, group, `${name}[${i}]`, actual?.[i], value, { relative, absolute: Math.max(absolute, scaled * largest) }));
}

/** A number in R's notation. */
export function compareNumber(tally, group, name, actual, expected, { relative = 0, absolute = 0, scaled = 0 }) {
  tally.number(group, name, actual, toNumber(expected), { relative: Math.max(relative, scaled), absolute });
}

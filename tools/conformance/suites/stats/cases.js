import { join } from 'node:path';
import { filesIn, readJson } from '../../reference.js';
import { compareTree, makeRules } from './compare.js';
import { patterns, readScope } from './scope.js';
import { readTable } from './tables.js';

/**
 * A case of the references as suites see it.
 * @typedef {object} Case
 * @property {string} name `univariate/paired`
 * @property {Record<string, any>} args
 * @property {Record<string, any>} expected
 * @property {Record<string, string>} inputs
 * @property {(input: string) => import('./tables.js').Columns} table one of its inputs
 * @property {(what: string, found: unknown, wanted: unknown) => void} also compares something that the reference says in words
 */

/**
 * Runs one folder of the references.
 * @param {import('../../tally.js').Tally} tally
 * @param {string} folder of all references
 * @param {string} kind `univariate`
 * @param {Record<string, (given: Case) => unknown>} found by pattern of the case's name: what we compute, a tree that mirrors `expected`;
 *   the first that matches
 * @param {import('./compare.js').Rules} rules
 */
export async function runCases(tally, folder, kind, found, rules) {
  const home = join(folder, 'stats');
  const scope = readScope(home);
  const ready = makeRules(rules, scope);
  const handlers = Object.entries(found).map(([pattern, compute]) => ({ applies: patterns([pattern]), compute }));
  for (const file of filesIn(join(home, kind), '.json')) {
    const { expected, args = {}, inputs = {} } = readJson(join(home, kind, file));
    const id = file.slice(0, -'.json'.length);
    const name = `${kind}/${id}`;
    const given = {
      name, args, expected, inputs,
      table: (input) => readTable(join(home, kind, inputs[input])),
      also: (what, value, wanted) => tally.equal(name, what, value, wanted),
    };
    let tree;
    try {
      tree = await handlers.find(({ applies }) => applies(id, []))?.compute(given);
    } catch (error) {
      tree = () => {
        throw error;
      };
    }
    compareTree(tally, name, expected, tree, ready);
  }
}

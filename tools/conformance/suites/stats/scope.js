import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../../reference.js';

/** `scope.json` of the statistics references: what is optional and what is information. Without the file everything is required. */
export function readScope(home) {
  const path = join(home, 'scope.json');
  const { optional = [], information = [] } = existsSync(path) ? readJson(path) : {};
  return { optional: patterns(optional), information: patterns(information) };
}

/**
 * A test of `CASE` and `KEY.SUBKEY` against patterns `CASE-GLOB` and `CASE-GLOB#KEY-GLOB`; a key that matches stands for all below it.
 * The star crosses dots and slashes.
 */
export function patterns(list) {
  const tests = list.map((pattern) => {
    const [name, key] = pattern.split('#');
    return { name: glob(name), key: key === undefined ? undefined : glob(key) };
  });
  return (name, path) => tests.some((test) => test.name.test(name) && (test.key === undefined || prefixes(path).some((prefix) => test.key.test(prefix))));
}

const glob = (text) => new RegExp(`^${text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.*')}$`);

/** `a`, `a.b`, `a.b.c` of ['a', 'b', 'c']. */
const prefixes = (path) => path.map((_, i) => path.slice(0, i + 1).join('.'));

import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkChangesets } from './changesets.js';

/** A repository of two public packages and a private one. */
let folder;
const git = (...args) => execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.org', ...args], { cwd: folder });
const write = (file, text) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};
const manifest = (name, more = {}) => JSON.stringify({ name, version: '1.0.0', ...more });
const changeset = (...names) => write('.changeset/some.md', `---\n${names.map((name) => `'${name}': minor`).join('\n')}\n---\n\nWords.\n`);
const missing = () => checkChangesets(folder, 'main').missing;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'radloom-changesets-'));
  write('packages/core/package.json', manifest('@x/core'));
  write('packages/core/src/index.ts', 'export const a = 1;\n');
  write('packages/features/f/package.json', manifest('@x/f', { devDependencies: { tool: '1' } }));
  write('packages/features/f/src/index.ts', 'export const b = 1;\n');
  write('packages/features/f/src/f.test.ts', '');
  write('packages/features/f/README.md', '');
  write('tools/t/package.json', manifest('@x/t', { private: true }));
  write('tools/t/src/t.js', '');
  write('.changeset/README.md', '');
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');
});
beforeEach(() => {
  git('checkout', '-q', '.');
  git('clean', '-fdq');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('nothing changed, nothing missing', () => expect(checkChangesets(folder, 'main')).toEqual({ changed: [], missing: [] }));

test('a changed package is missing until a changeset names it', () => {
  appendFileSync(join(folder, 'packages/features/f/src/index.ts'), '// more\n');
  expect(missing()).toEqual(['@x/f']);
  changeset('@x/f');
  expect(missing()).toEqual([]);
});

test("a changed dependency that the plugin's changeset leaves out is missing", () => {
  appendFileSync(join(folder, 'packages/features/f/src/index.ts'), '// more\n');
  appendFileSync(join(folder, 'packages/core/src/index.ts'), '// more\n');
  changeset('@x/f');
  expect(missing()).toEqual(['@x/core']);
});

test('a new file counts, and so does a dependency; a test, a README, a developer’s tool and a private package do not', () => {
  write('packages/core/src/new.ts', '');
  write('packages/features/f/package.json', manifest('@x/f', { dependencies: { '@x/core': '^1.0.0' } }));
  expect(missing()).toEqual(['@x/core', '@x/f']);
  git('checkout', '-q', '.');
  git('clean', '-fdq');
  write('packages/features/f/src/f.test.ts', '// more\n');
  write('packages/features/f/README.md', 'more\n');
  write('packages/features/f/package.json', manifest('@x/f', { devDependencies: { tool: '2' } }));
  write('tools/t/src/t.js', '// more\n');
  expect(checkChangesets(folder, 'main')).toEqual({ changed: [], missing: [] });
});

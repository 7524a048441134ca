import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { copyWorkspace } from './copy.js';

/** A repository of the workspace's own files, one commit on main, that a test can change. */
let copy;
const git = (...args) => execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.org', ...args], { cwd: copy, encoding: 'utf8' });
const affected = () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, 'tools', 'test', 'affected.js'), '--dry'], { cwd: copy, encoding: 'utf8' });
  return { status, stderr, stdout, packages: stdout.slice(stdout.indexOf(':') + 1).trim().split(', ') };
};

beforeAll(() => {
  copy = copyWorkspace();
  appendFileSync(join(copy, '.gitignore'), 'node_modules\n');
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');
  git('switch', '-q', '-c', 'change');
}, 60_000);
beforeEach(() => {
  git('checkout', '-q', '.');
  git('clean', '-fdq');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('npm run affected', { timeout: 60_000 }, () => {
  test('nothing changed: nothing runs, and it says so', () => {
    expect(affected()).toMatchObject({ status: 0, stdout: 'Nothing is affected: no package differs from main.\n' });
  });

  test('a leaf: itself and what builds on it, no other plugin', () => {
    appendFileSync(join(copy, 'packages', 'features', 'ngtdm', 'src', 'features.ts'), '// changed\n');
    const { packages } = affected();
    expect(packages).toEqual(expect.arrayContaining(['@radloom/feature-ngtdm', '@radloom/standard', 'radloom']));
    expect(packages.filter((name) => /^@radloom\/(feature|filter|selector|classifier)-/.test(name))).toEqual(['@radloom/feature-ngtdm']);
  });

  test('configuration at the root: everything', () => {
    appendFileSync(join(copy, 'tsconfig.base.json'), '\n');
    const { stdout, packages } = affected();
    expect(stdout).toMatch(/^All packages are affected/);
    expect(packages).toEqual(expect.arrayContaining(['@radloom/core', '@radloom/classifier-knn', '@radloom/report-html']));
  });

  test('a new file that git does not know yet counts', () => {
    writeFileSync(join(copy, 'packages', 'selectors', 'lasso', 'src', 'new.ts'), 'export {};\n');
    expect(affected().packages).toEqual(expect.arrayContaining(['@radloom/selector-lasso', 'radloom']));
  });

  test('what happened on main since the branch was made is not this change', () => {
    git('switch', '-q', 'main');
    appendFileSync(join(copy, 'packages', 'core', 'src', 'index.ts'), '// on main\n');
    git('commit', '-q', '-am', 'on main');
    git('switch', '-q', 'change');
    expect(affected()).toMatchObject({ status: 0, stdout: 'Nothing is affected: no package differs from main.\n' });
  });

  test('a changed package without a changeset fails, and so does a changed dependency that its changeset leaves out', () => {
    appendFileSync(join(copy, 'packages', 'features', 'ngtdm', 'src', 'features.ts'), '// changed\n');
    expect(affected()).toMatchObject({ status: 1, stderr: 'Changed without a changeset: @radloom/feature-ngtdm. Run npx changeset.\n' });
    writeFileSync(join(copy, '.changeset', 'a-change.md'), "---\n'@radloom/feature-ngtdm': patch\n---\n\nA comment.\n");
    expect(affected()).toMatchObject({ status: 0, stderr: '' });
    appendFileSync(join(copy, 'packages', 'imaging', 'src', 'index.ts'), '// changed\n');
    expect(affected()).toMatchObject({ status: 1, stderr: 'Changed without a changeset: @radloom/imaging. Run npx changeset.\n' });
  });
});

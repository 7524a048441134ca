import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeTinyStudy } from '@radloom/workspace-checks/cohort';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinds, ownPackage } from './index.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const radloom = join(root, 'apps', 'cli', 'bin', 'radloom.js');
const home = mkdtempSync(join(tmpdir(), 'radloom-own-repository-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const run = (command, args, cwd) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' }, maxBuffer: 1 << 28 });
  return { status, stdout, output: stdout + stderr };
};

/** A package as npm would publish it. */
function packed(folder) {
  const { stdout } = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', home], join(root, folder));
  return join(home, JSON.parse(stdout)[0].filename);
}

const family = join(home, 'spread');
const installs = { done: false, output: '' };

beforeAll(() => {
  const made = run(process.execPath, [radloom, 'init', 'plugin', family, '--package', '@lab/radloom-spread'], home);
  expect(made.status, made.output).toBe(0);
  const tarballs = ['packages/core', 'tools/modules', 'packages/testkit'].map(packed);
  const installed = run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs], family);
  installs.done = installed.status === 0;
  installs.output = installed.output;
  if (!installs.done) process.stderr.write(`SKIPPED: TypeScript and vitest cannot be installed outside the workspace here.\n${installs.output}\n`);
}, 300_000);

describe('radloom init plugin, outside the workspace with packed packages', { timeout: 120_000 }, () => {
  test('it is installed, and nothing leads back to the workspace', (ctx) => {
    if (!installs.done) ctx.skip('cannot be installed here');
    for (const name of ['core', 'modules', 'testkit']) expect(existsSync(join(family, 'node_modules', '@radloom', name, 'package.json')), name).toBe(true);
    expect(run('npm', ['ls', '--all', '--parseable'], family).stdout).not.toContain(root);
  });

  test('types are right, it builds, and its contract tests pass', (ctx) => {
    if (!installs.done) ctx.skip('cannot be installed here');
    const lint = run('npm', ['run', 'lint'], family);
    expect(lint.status, lint.output).toBe(0);
    const tested = run('npm', ['test'], family);
    expect(tested.status, tested.output).toBe(0);
    expect(tested.output).toMatch(/Tests\s+5 passed \(5\)/);
    expect(existsSync(join(family, 'dist', 'modules.json'))).toBe(true);
  });

  test('what it would publish is its built code and README', (ctx) => {
    if (!installs.done) ctx.skip('cannot be installed here');
    const [{ name, files }] = JSON.parse(run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], family).stdout);
    expect(name).toBe('@lab/radloom-spread');
    expect(files.map(({ path }) => path).filter((path) => !path.startsWith('dist/')).sort()).toEqual(['README.md', 'package.json']);
    expect(files.some(({ path }) => path.includes('.test.'))).toBe(false);
  });

  test('radloom plugins shows it by its path, with its settings', (ctx) => {
    if (!installs.done) ctx.skip('cannot be installed here');
    const { status, output } = run(process.execPath, [radloom, 'plugins', './spread'], home);
    expect(status, output).toBe(0);
    expect(output).toMatch(/^features\/spread \(@lab\/radloom-spread \d/);
    expect(output).toMatch(/shift +0 +Added to every intensity/);
  });

  test('a study beside it uses it by its path; editing its kernel runs it again, editing a comment does not', (ctx) => {
    if (!installs.done) ctx.skip('cannot be installed here');
    mkdirSync(join(home, 'study'));
    const study = writeTinyStudy(join(home, 'study'), { plugins: ['../spread'], imaging: '{ features: [firstorder, spread] }' });
    const result = () => {
      const done = run(process.execPath, [radloom, 'run', study, '--cache', join(home, 'study', 'cache'), '--out', join(home, 'study', 'out'), '--json'], home);
      expect(done.status, done.output).toBe(0);
      return JSON.parse(done.stdout.trim().split('\n').at(-1)).counts;
    };
    result();
    const [header, row] = readFileSync(join(home, 'study', 'out', 'features.csv'), 'utf8').split('\n').map((line) => line.split(','));
    expect(Number(row[header.indexOf('original_spread_RelativeRange')])).toBeGreaterThan(0);
    rebuild((source) => `// Why.\n${source}`);
    expect(result().executed).toBe(0);
    rebuild((source) => source.replace('values[i] + shift', 'values[i] + shift + 1'));
    expect(result().executed).toBeGreaterThanOrEqual(12);
  });
});

/** Changes the kernel of the family and builds it. */
function rebuild(change) {
  const kernel = join(family, 'src', 'kernel.ts');
  writeFileSync(kernel, change(readFileSync(kernel, 'utf8')));
  const built = run('npm', ['run', 'build'], family);
  expect(built.status, built.output).toBe(0);
}

describe.each(Object.keys(kinds).filter((kind) => kind !== 'feature-family'))('radloom init plugin --kind %s', { timeout: 120_000 }, (kind) => {
  test('builds and passes its contract tests', (ctx) => {
    if (!installs.done) ctx.skip('cannot be installed here');
    const folder = join(home, `made-${kind}`);
    const made = run(process.execPath, [radloom, 'init', 'plugin', folder, '--kind', kind, '--summary', "Somebody's plugin of the day"], home);
    expect(made.status, made.output).toBe(0);
    // What the family needs, the others need.
    symlinkSync(join(family, 'node_modules'), join(folder, 'node_modules'));
    for (const script of ['lint', 'test']) {
      const { status, output } = run('npm', ['run', script], folder);
      expect(status, output).toBe(0);
    }
  });
});

describe('what is refused', () => {
  test('a name that is none, an unknown kind, a summary that says nothing', () => {
    expect(() => ownPackage({ kind: 'filter', name: 'My Filter', packageName: 'x' })).toThrow('cannot name a plugin');
    expect(() => ownPackage({ kind: 'writer', name: 'x', packageName: 'x' })).toThrow('no template for writer');
    expect(() => ownPackage({ kind: 'filter', name: 'x', packageName: 'x', summary: 'short' })).toThrow('one sentence');
  });

  test('a folder with something in it, by the command', () => {
    const { status, output } = run(process.execPath, [radloom, 'init', 'plugin', family], home);
    expect(status).not.toBe(0);
    expect(output).toContain('nothing is written over');
  });
});

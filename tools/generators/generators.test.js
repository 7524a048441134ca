import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { kinds } from '@radloom/plugin-templates';
import { writeTinyStudy } from '@radloom/workspace-checks/cohort';
import { copyInstalledWorkspace } from '@radloom/workspace-checks/copy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const environment = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_ANALYTICS: 'false', TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' };
const made = Object.entries(kinds).map(([generator, { folder, prefix, kind }]) => ({ generator, kind, name: `made-by-${generator}`, folder: `${folder}/made-by-${generator}`, packageName: `@radloom/${prefix}made-by-${generator}` }));

/** A workspace of its own, installed and built, in which the commands of docs/plugins.md are typed as they stand there. */
let copy;
const run = (command, ...args) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, env: environment, encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status, output: stdout + stderr };
};
const generate = (generator, name, ...options) => run('npx', 'nx', 'g', `@radloom/tools:${generator}`, name, '--no-interactive', ...options);
const lockFits = () => run('npm', 'ci', '--dry-run', '--offline', '--ignore-scripts', '--no-audit', '--no-fund');

beforeAll(() => {
  copy = copyInstalledWorkspace();
  execFileSync('git', ['init', '-q'], { cwd: copy });
}, 120_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test.each(made)('nx g @radloom/tools:$generator makes a package that is linked and in the lock file', { timeout: 120_000 }, ({ generator, kind, name, folder, packageName }) => {
  const { status, output } = generate(generator, name);
  expect(status, output).toBe(0);
  for (const file of ['package.json', 'README.md', 'LICENSE', 'turbo.json', 'tsconfig.json', 'src/index.ts', `src/${name}.test.ts`]) expect(existsSync(join(copy, folder, file)), file).toBe(true);
  expect(JSON.parse(readFileSync(join(copy, folder, 'turbo.json'), 'utf8')).tags).toEqual(['layer:plugin', `kind:${kind}`]);
  expect(existsSync(join(copy, 'node_modules', packageName, 'package.json'))).toBe(true);
  expect(JSON.parse(readFileSync(join(copy, 'package-lock.json'), 'utf8')).packages).toHaveProperty([folder]);
});

describe('the workspace with the new packages', { timeout: 240_000 }, () => {
  test('all of them build, lint and pass their contract tests without an edit', () => {
    const { status, output } = run('npx', 'turbo', 'run', 'build', 'lint', 'test', '--concurrency=2', '--output-logs=errors-only', ...made.map(({ packageName }) => `--filter=${packageName}`));
    expect(status, output).toBe(0);
    for (const { folder, name } of made) {
      const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(join(copy, folder, '.test', 'results.json'), 'utf8'));
      expect({ name, numFailedTests }).toEqual({ name, numFailedTests: 0 });
      expect(numPassedTests, name).toBeGreaterThan(2);
    }
  });

  test('boundaries hold', () => {
    const { status, output } = run('npx', 'turbo', 'boundaries');
    expect(status, output).toBe(0);
  });

  test('npm ci accepts the lock file', () => {
    const { status, output } = lockFits();
    expect(status, output).toBe(0);
  });

  test('a study uses the family by its name', () => {
    mkdirSync(join(copy, 'examples', 'tiny'), { recursive: true });
    const study = writeTinyStudy(join(copy, 'examples', 'tiny'), { plugins: ['@radloom/feature-made-by-feature-family'], imaging: '{ features: [firstorder, made-by-feature-family] }' });
    const { status, output } = run('npx', 'radloom', 'run', study, '--cache', join(copy, 'examples', 'tiny', 'cache'), '--out', join(copy, 'examples', 'tiny', 'out'));
    expect(status, output).toBe(0);
    const [header, row] = readFileSync(join(copy, 'examples', 'tiny', 'out', 'features.csv'), 'utf8').split('\n').map((line) => line.split(','));
    expect(Number(row[header.indexOf('original_made-by-feature-family_Midrange')])).toBeGreaterThan(100);
  });
});

describe('what the generator refuses', { timeout: 60_000 }, () => {
  test('a name that is taken', () => {
    const { status, output } = generate('filter', 'made-by-filter');
    expect(status).not.toBe(0);
    expect(output).toContain('exists already');
  });

  test('a name that is none', () => expect(generate('filter', 'My_Filter', '--install=false').status).not.toBe(0));

  test('nothing, but npm ci does, where the lock file was left alone', () => {
    expect(generate('filter', 'not-installed', '--install=false', "--summary=Somebody's filter of the day").status).toBe(0);
    expect(readFileSync(join(copy, 'packages/filters/not-installed/src/index.ts'), 'utf8')).toContain("summary: 'Somebody\\'s filter of the day'");
    expect(lockFits().status).not.toBe(0);
  });
});

// What a person does on a fresh clone: everything is installed from the lock file, in earnest. It needs the registry.
test.runIf(process.env.RADLOOM_LONG === '1')('npm ci installs the workspace with the new packages', { timeout: 600_000 }, () => {
  rmSync(join(copy, 'packages/filters/not-installed'), { recursive: true, force: true });
  const { status, output } = run('npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund');
  expect(status, output).toBe(0);
  for (const { packageName } of made) expect(existsSync(join(copy, 'node_modules', packageName, 'package.json')), packageName).toBe(true);
});

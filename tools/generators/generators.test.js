import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyWorkspace } from '@radloom/workspace-checks/copy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinds } from './package-files.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const environment = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_ANALYTICS: 'false', TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' };

let copy;
const run = (command, args, cwd = copy) => spawnSync(command, args, { cwd, env: environment, encoding: 'utf8' });
const bin = (name) => join(root, 'node_modules', '.bin', name);

beforeAll(() => {
  copy = copyWorkspace();
  expect(run('git', ['init', '-q']).status).toBe(0);
}, 60_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe.each(['feature-family', 'filter', 'selector', 'transform', 'classifier'])('nx g @radloom/tools:%s', { timeout: 60_000 }, (kind) => {
  const name = `made-by-${kind}`;
  const folder = () => join(copy, kinds[kind].folder, name);

  test('makes a package', () => {
    const made = run(bin('nx'), ['g', `@radloom/tools:${kind}`, name, '--no-interactive', '--install=false']);
    expect(made.status, made.stdout + made.stderr).toBe(0);
    for (const file of ['package.json', 'README.md', 'LICENSE', 'turbo.json', 'tsconfig.json', 'src/index.ts', `src/${name}.test.ts`]) expect(existsSync(join(folder(), file)), file).toBe(true);
    expect(JSON.parse(readFileSync(join(folder(), 'turbo.json'), 'utf8')).tags).toEqual(['layer:plugin', `kind:${kinds[kind].kind}`]);
  });

  test('that builds, lints, and passes its contract tests without an edit', () => {
    const build = run(bin('tsc'), ['-p', 'tsconfig.build.json'], folder());
    expect(build.stdout).toBe('');
    expect(run(bin('radloom-modules'), [], folder()).status).toBe(0);
    expect(run(bin('oxlint'), ['-c', join(copy, '.oxlintrc.json'), '--deny-warnings', 'src'], folder()).status).toBe(0);
    expect(run(bin('tsc'), ['--noEmit', '-p', 'tsconfig.json'], folder()).stdout).toBe('');
    const tests = run(bin('vitest'), ['run', '--reporter=json'], folder());
    const results = JSON.parse(tests.stdout.slice(tests.stdout.indexOf('{')));
    expect(results.numFailedTests).toBe(0);
    expect(results.numPassedTests).toBeGreaterThan(3);
  });

  test('twice is refused', () => {
    const again = run(bin('nx'), ['g', `@radloom/tools:${kind}`, name, '--no-interactive', '--install=false']);
    expect(again.status).not.toBe(0);
    expect(again.stdout + again.stderr).toContain('exists already');
  });
});

describe('the workspace with the new packages', { timeout: 120_000 }, () => {
  test('has a lock file that npm ci accepts once it is refreshed, and refuses before', () => {
    const accepts = () => run('npm', ['ci', '--dry-run', '--offline', '--ignore-scripts', '--no-audit', '--no-fund']).status === 0;
    expect(accepts()).toBe(false);
    expect(run('npm', ['install', '--package-lock-only', '--offline', '--ignore-scripts', '--no-audit', '--no-fund']).status).toBe(0);
    expect(accepts()).toBe(true);
  });

  test('keeps its boundaries', () => {
    const found = run(bin('turbo'), ['boundaries']);
    expect(found.status, found.stdout + found.stderr).toBe(0);
  });

  test('runs a study that names the new family', () => {
    const study = mkdtempSync(join(tmpdir(), 'radloom-generated-study-'));
    writeCohort(study, join(copy, 'packages', 'features', 'made-by-feature-family'));
    const done = spawnSync(process.execPath, [join(root, 'apps', 'cli', 'bin', 'radloom.js'), 'run', join(study, 'radloom.study.yaml'), '--cache', join(study, 'cache'), '--out', join(study, 'out')], { encoding: 'utf8' });
    expect(done.status, done.stderr).toBe(0);
    expect(readFileSync(join(study, 'out', 'features.csv'), 'utf8').split('\n')[0]).toContain('original_made-by-feature-family_Midrange');
    rmSync(study, { recursive: true });
  });
});

/** Twelve tiny scans and a study over them. */
function writeCohort(folder, plugin) {
  const size = [8, 8, 6];
  const nrrd = (type, data) => Buffer.concat([Buffer.from(`NRRD0004\ntype: ${type}\ndimension: 3\nspace: left-posterior-superior\nsizes: ${size.join(' ')}\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nendian: little\nencoding: raw\nspace origin: (0,0,0)\n\n`), Buffer.from(data.buffer)]);
  const voxels = size.reduce((a, b) => a * b, 1);
  const mask = new Uint8Array(voxels).map((_, i) => (i % 8 > 1 && i % 8 < 6 && Math.floor(i / 8) % 8 > 1 && Math.floor(i / 8) % 8 < 6 && i > 64 && i < 320 ? 1 : 0));
  const lines = ['id,image,mask,event'];
  for (let n = 0; n < 12; n++) {
    writeFileSync(join(folder, `${n}.nrrd`), nrrd('int16', new Int16Array(voxels).map((_, i) => 100 + ((i * 37 + n * 11) % 50) + 20 * (n % 2))));
    writeFileSync(join(folder, `${n}-mask.nrrd`), nrrd('uint8', mask));
    lines.push(`C${n},${n}.nrrd,${n}-mask.nrrd,${n % 2}`);
  }
  writeFileSync(join(folder, 'cohort.csv'), `${lines.join('\n')}\n`);
  writeFileSync(
    join(folder, 'radloom.study.yaml'),
    `title: Generated\nplugins: ['${plugin}']\ncohort: { table: cohort.csv, image: image, mask: mask, outcome: { column: event, event: 1 } }\nimaging: { features: [firstorder, made-by-feature-family] }\nselection: [zero-variance]\ntuning: { folds: 2 }\nmodels: { knn: { grid: { k: [1] } } }\n`,
  );
}

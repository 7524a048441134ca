// All tests: `npm test`. Builds, lints, type-checks and tests every package through turbo, checks boundaries, runs the conformance suites,
// and ends with one line that counts everything. `--long` also runs what needs more time.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesOfPackages } from './find.js';
import { quietEnvironment } from './environment.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const long = process.argv.includes('--long');
const env = { ...quietEnvironment, ...(long ? { RADLOOM_LONG: '1' } : {}) };
const total = { passed: 0, failed: 0, skipped: 0 };

function step(title, command, args, { capture = false } = {}) {
  process.stdout.write(`\n== ${title}\n`);
  const started = performance.now();
  const result = spawnSync(command, args, { cwd: root, env, stdio: capture ? ['ignore', 'pipe', 'inherit'] : ['ignore', 'inherit', 'inherit'], encoding: 'utf8', maxBuffer: 1 << 28 });
  if (capture) process.stdout.write(result.stdout);
  process.stdout.write(`== ${title}: ${result.status === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return result;
}

function count(ok) {
  total[ok ? 'passed' : 'failed']++;
}

/** Adds a `N passed, N failed, N skipped` line of some output. */
function addLine(output) {
  const found = [...output.matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped$/gm)].at(-1);
  if (found === undefined) return false;
  total.passed += Number(found[1]);
  total.failed += Number(found[2]);
  total.skipped += Number(found[3]);
  return true;
}

const turbo = join(root, 'node_modules', '.bin', 'turbo');
for (const file of filesOfPackages(root, '.test/results.json')) rmSync(file);
const tasks = step('build, lint, types, unit and contract tests', turbo, ['run', 'build', 'lint', 'test', '--continue', '--output-logs=errors-only', '--concurrency=2']);
let suites = 0;
for (const file of filesOfPackages(root, '.test/results.json')) {
  const results = JSON.parse(readFileSync(file, 'utf8'));
  total.passed += results.numPassedTests;
  total.failed += results.numFailedTests;
  total.skipped += results.numPendingTests + results.numTodoTests;
  suites++;
  for (const suite of results.testResults) for (const test of suite.assertionResults) if (test.status === 'pending') process.stdout.write(`skipped: ${test.fullName}\n`);
}
process.stdout.write(`${suites} packages with tests\n`);
// A build, a lint or a type error has no test of its own to fail.
count(tasks.status === 0);
count(step('boundaries between packages', turbo, ['boundaries']).status === 0);
const conformance = step('conformance', process.execPath, ['tools/conformance/run.js'], { capture: true });
if (!addLine(conformance.stdout)) count(false);
if (long) {
  const release = step('a release, rehearsed', process.execPath, ['tools/release/rehearse.js'], { capture: true });
  if (!addLine(release.stdout)) count(false);
}

process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 ? 1 : 0;

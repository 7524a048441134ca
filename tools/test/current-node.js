// The unit tests of every package on a current Node, which the `node` package of npm brings. Skips loudly where it cannot be had.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { packageFolders } from './find.js';
import { quietEnvironment } from './environment.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const home = mkdtempSync(join(tmpdir(), 'radloom-node-'));
try {
  const install = spawnSync('npm', ['install', '--prefix', home, '--no-save', '--no-audit', '--no-fund', 'node@24'], { encoding: 'utf8', cwd: home });
  const node = join(home, 'node_modules', 'node', 'bin', 'node');
  if (install.status !== 0 || !existsSync(node)) {
    process.stdout.write('SKIPPED: a current Node cannot be installed here.\n0 passed, 0 failed, 1 skipped\n');
  } else {
    process.stdout.write(`Node ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}\n`);
    const total = { passed: 0, failed: 0, skipped: 0 };
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    for (const folder of packageFolders(join(root, 'packages'))) {
      const output = join(home, 'results.json');
      rmSync(output, { force: true });
      const run = spawnSync(node, [vitest, 'run', '--reporter=json', `--outputFile.json=${output}`], { cwd: folder, env: quietEnvironment, encoding: 'utf8' });
      if (!existsSync(output)) {
        process.stdout.write(`${folder.slice(root.length + 1)}: no tests ran\n${run.stderr}\n`);
        total.failed++;
        continue;
      }
      const results = JSON.parse(readFileSync(output, 'utf8'));
      total.passed += results.numPassedTests;
      total.failed += results.numFailedTests;
      total.skipped += results.numPendingTests + results.numTodoTests;
      for (const suite of results.testResults) for (const test of suite.assertionResults) if (test.status === 'failed') process.stdout.write(`FAILED ${folder.slice(root.length + 1)}: ${test.fullName}\n`);
    }
    process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
    process.exitCode = total.failed > 0 ? 1 : 0;
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}

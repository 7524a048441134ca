// Are the types of every published package right for those who install it? Packs each and asks attw.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolders } from './find.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const attw = join(root, 'node_modules', '.bin', 'attw');
let passed = 0;
let failed = 0;
for (const folder of ['packages', 'apps', 'tools'].flatMap((top) => packageFolders(join(root, top)))) {
  const { name, private: hidden } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (hidden === true) continue;
  const { status, stdout, stderr } = spawnSync(attw, ['--pack', folder, '--profile', 'esm-only', '--exclude-entrypoints', './package.json', '--format', 'ascii', '--no-color'], { encoding: 'utf8', cwd: root });
  if (status === 0) passed++;
  else {
    failed++;
    process.stdout.write(`FAILED ${name}\n${stdout}${stderr}\n`);
  }
}
process.stdout.write(`${passed} passed, ${failed} failed, 0 skipped\n`);
process.exitCode = failed > 0 ? 1 : 0;

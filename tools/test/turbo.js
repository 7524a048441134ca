// turbo with its telemetry and update notices off: `node tools/test/turbo.js run build …`.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quietEnvironment } from './environment.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const { status } = spawnSync(join(root, 'node_modules', '.bin', 'turbo'), process.argv.slice(2), { cwd: root, env: quietEnvironment, stdio: 'inherit' });
process.exitCode = status ?? 1;

// What a change can break: nx says which packages it reaches, turbo tests those, and every changed package needs a word to its users.
// `npm run affected [-- --base=REV] [--dry]`; with --dry it only says which.
import { execFileSync, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkChangesets } from '../release/changesets.js';
import { quietEnvironment } from './environment.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const named = process.argv.find((arg) => arg.startsWith('--base='))?.slice(7) ?? 'main';
const dry = process.argv.includes('--dry');
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter((line) => line !== '');
/** Where this branch left the base: what happened there since is not this change. */
const base = git('merge-base', 'HEAD', named)[0];
const changed = [...new Set([...git('diff', '--name-only', base), ...git('ls-files', '--others', '--exclude-standard')])];

/** Files outside packages that every package depends on; nx does not know that. */
const shared = /^(package\.json|package-lock\.json|turbo\.json|nx\.json|tsconfig\.base\.json|\.oxlintrc\.json|\.npmrc|tools\/(test|modules)\/)/;
const all = changed.some((file) => shared.test(file));
const nx = join(root, 'node_modules', '.bin', 'nx');
const list = (args) => JSON.parse(execFileSync(nx, args, { cwd: root, env: quietEnvironment, encoding: 'utf8' }));
const projects = all ? list(['show', 'projects', '--json']) : changed.length === 0 ? [] : list(['show', 'projects', '--affected', `--files=${changed.join(',')}`, '--json']);
const packages = projects.filter((name) => name !== 'radloom-workspace').sort();
if (packages.length === 0) {
  process.stdout.write(`Nothing is affected: no package differs from ${named}.\n`);
} else {
  process.stdout.write(`${all ? 'All' : packages.length} packages are affected: ${packages.join(', ')}\n`);
  if (!dry) {
    const result = spawnSync(join(root, 'node_modules', '.bin', 'turbo'), ['run', 'build', 'lint', 'test', '--continue', '--output-logs=errors-only', ...packages.map((name) => `--filter=${name}`)], { cwd: root, env: quietEnvironment, stdio: 'inherit' });
    process.exitCode = result.status ?? 1;
  }
}

const { missing } = checkChangesets(root, base);
if (missing.length > 0) {
  process.stderr.write(`Changed without a changeset: ${missing.join(', ')}. Run npx changeset.\n`);
  process.exitCode = 1;
}

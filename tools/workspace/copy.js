// Copies of the workspace that a test may change.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const ownFiles = () => execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\0').filter((file) => file !== '' && existsSync(join(root, file)));

function copyFiles(files) {
  const copy = mkdtempSync(join(tmpdir(), 'radloom-workspace-'));
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  return copy;
}

/** The workspace's own files in a new folder, with what is installed and built seen through a link. */
export function copyWorkspace() {
  const copy = copyFiles(ownFiles());
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** The workspace with what is installed and built, in a new folder: nothing in it leads back, so that npm may install there. */
export function copyInstalledWorkspace() {
  const files = ownFiles();
  const copy = copyFiles(files);
  for (const folder of files.filter((file) => /(^|\/)package\.json$/.test(file)).map(dirname)) {
    for (const made of ['node_modules', 'dist']) if (existsSync(join(root, folder, made))) copyFolder(join(root, folder, made), join(copy, folder, made));
  }
  return copy;
}

/** Hard links where the file system allows it: 400 MB are copied in no time. What tools rewrite in place is left out. */
function copyFolder(from, to) {
  if (spawnSync('cp', ['-al', from, to]).status !== 0) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  for (const rewritten of ['.package-lock.json', '.vite', '.cache']) rmSync(join(to, rewritten), { recursive: true, force: true });
}

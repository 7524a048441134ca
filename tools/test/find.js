import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders under `top` that hold a package; installed packages and build output are not searched. */
export function packageFolders(top) {
  if (existsSync(join(top, 'package.json'))) return [top];
  return readdirSync(top, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['node_modules', 'dist'].includes(entry.name))
    .flatMap((entry) => packageFolders(join(top, entry.name)))
    .sort();
}

/** `file` of every package of the workspace that has it. */
export function filesOfPackages(root, file) {
  return ['packages', 'apps', 'tools'].flatMap((top) => packageFolders(join(root, top))).map((folder) => join(folder, file)).filter((path) => existsSync(path));
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Every package of the workspace: its folder from the root, package.json and turbo.json. */
export function packages() {
  return readJson(join(root, 'package.json')).workspaces.flatMap((pattern) => {
    const folders = pattern.endsWith('/*') ? readdirSync(join(root, pattern.slice(0, -2)), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => `${pattern.slice(0, -2)}/${entry.name}`) : [pattern];
    return folders.filter((folder) => existsSync(join(root, folder, 'package.json'))).map((folder) => ({
      folder,
      manifest: readJson(join(root, folder, 'package.json')),
      turbo: existsSync(join(root, folder, 'turbo.json')) ? readJson(join(root, folder, 'turbo.json')) : undefined,
    }));
  });
}

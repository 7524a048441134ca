import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiled } from './compiled.js';

/** What the build says of a bundle: the digest of its code, and of the list of modules of every package in it. */
interface Bundle {
  readonly code: string;
  readonly packages: readonly (readonly [name: string, digest: string])[];
}

const here = dirname(fileURLToPath(import.meta.url));

/**
 * The exports of a bundle, as long as the installed packages are those that it was made of; undefined otherwise.
 * @param purpose what will be done with it, in a word: code that this needs is kept compiled for the next time
 */
export function bundled<M>(name: string, purpose: string): { readonly exports: M; keep(): void } | undefined {
  try {
    const bundle = JSON.parse(readFileSync(join(here, 'bundled', `${name}.json`), 'utf8')) as Bundle;
    if (!isOfInstalled(bundle)) return undefined;
    return compiled<M>(join(here, 'bundled', `${name}.cjs`), `${purpose}-${bundle.code.slice(0, 16)}`);
  } catch {
    return undefined;
  }
}

function isOfInstalled({ packages }: Bundle): boolean {
  const own = foldersAbove(here);
  // Packages that the standard set brings lie where it sees them, which may not be where this program does.
  const folders = [...foldersAbove(dirname(realpathSync(moduleList('@radloom/standard', own)))), ...own];
  return packages.every(([name, digest]) => createHash('sha256').update(readFileSync(moduleList(name, folders))).digest('hex') === digest);
}

/** Folders of installed packages that a folder sees, the nearest first. */
function foldersAbove(start: string): string[] {
  const found: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    const packages = join(folder, 'node_modules');
    if (existsSync(packages)) found.push(packages);
    if (folder === dirname(folder)) return found;
  }
}

/** A package's list of modules. */
function moduleList(name: string, folders: readonly string[]): string {
  const found = folders.map((folder) => join(folder, name, 'dist', 'modules.json')).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`No package ${name}.`);
  return found;
}

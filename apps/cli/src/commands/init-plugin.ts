import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { nearestName, RadloomError } from '@radloom/core';
import { kinds, ownPackage, type TemplateKind } from '@radloom/plugin-templates';

export interface InitPluginOptions {
  readonly kind: string;
  /** Name of the npm package; made from the folder's otherwise. */
  readonly package?: string;
  readonly summary?: string;
}

/** Writes a plugin package for a repository of its own into a new folder, or into one that holds nothing but hidden files (a fresh clone). */
export function initPlugin(folder: string, { kind, package: named, summary }: InitPluginOptions): void {
  const home = resolve(folder);
  if (!isKind(kind)) {
    const near = nearestName(kind, Object.keys(kinds));
    throw new RadloomError({ code: 'unknown-kind', what: `There is no template for ${kind}.`, fix: near === undefined ? `Known: ${Object.keys(kinds).join(', ')}.` : `Did you mean ${near}?` });
  }
  if (existsSync(home) && (!statSync(home).isDirectory() || readdirSync(home).some((entry) => !entry.startsWith('.')))) {
    throw new RadloomError({ code: 'folder-not-empty', what: `${folder} is there already and not empty.`, fix: 'Name a new folder: nothing is written over.' });
  }
  const { prefix } = kinds[kind];
  const name = basename(home).replace(/^radloom-/, '').replace(new RegExp(`^${prefix}`), '');
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new RadloomError({ code: 'plugin-name', what: `${name} cannot name a plugin.`, fix: 'The folder gives the name: lower case letters and digits, words joined by hyphens, as in grey-level-spread.' });
  }
  const packageName = named ?? `radloom-${prefix}${name}`;
  const files = Object.entries(ownPackage({ kind, name, packageName, summary })).filter(([file]) => !existsSync(join(home, file)));
  for (const [file, content] of files) {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), content, { flag: 'wx' });
  }
  process.stdout.write(`${packageName}: a ${kind} named ${name}, in ${folder}
Next:
  cd ${folder}
  npm install
  npm test
The tests pass as they are. Put your definition in, the worked example first. A study uses the plugin as  plugins: [path/to/${basename(home)}]
Before you publish it, choose a licence: package.json says UNLICENSED.
`);
}

const isKind = (kind: string): kind is TemplateKind => Object.hasOwn(kinds, kind);

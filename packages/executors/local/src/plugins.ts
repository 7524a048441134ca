import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createHash } from 'node:crypto';
import { type Digest, isPlugin, RadloomError } from '@radloom/core';
import { type FindPackage, type Implementation, implementationDigest, implementationOf, type Numerics, type PackageModules, type RegisteredPlugin, Registry } from '@radloom/engine';

/** A plugin to load: a package name, or a path to a built package or module; both as seen from the file `from` (the study's). */
export interface PluginRequest {
  readonly name: string;
  readonly from: string;
  /** Its manifest, where the program has it at hand; otherwise the package's entry is imported. */
  readonly load?: () => Promise<{ readonly default: unknown }>;
}

/** The arithmetic underneath. Another V8 may round `Math.exp` differently, so results of another one are never mixed in. */
export const numerics: Numerics = { runtime: `v8-${process.versions.v8}-${process.arch}` };

interface Located {
  readonly folder: string;
  readonly entry: string;
  readonly manifest: { readonly name: string; readonly version: string; readonly dependencies?: Record<string, string> };
}

/**
 * Loads plugin manifests and says what their code is.
 * @param known ids that exist but are not loaded, for suggestions
 */
export async function loadPlugins(requests: readonly PluginRequest[], known: readonly string[] = []): Promise<Registry> {
  const registry = new Registry([], known);
  const files = new PackageFiles();
  for (const request of requests) registry.add(await loadPlugin(request, files));
  return registry;
}

/** Packages behind plugin requests, without loading them. */
export function findPlugins(requests: readonly PluginRequest[]): { readonly name: string; readonly version: string }[] {
  return requests.map(({ name, from }) => locate(name, from).manifest).map(({ name, version }) => ({ name, version }));
}

async function loadPlugin({ name, from, load }: PluginRequest, files: PackageFiles): Promise<RegisteredPlugin> {
  const located = locate(name, from);
  const url = pathToFileURL(located.entry).href;
  let module: { default?: unknown };
  try {
    module = load === undefined ? ((await import(url)) as { default?: unknown }) : await load();
  } catch (error) {
    throw new RadloomError({ code: 'plugin-broken', what: `The plugin ${name} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, fix: 'Build the plugin first; its main export must be JavaScript.', cause: error });
  }
  if (!isPlugin(module.default)) {
    throw new RadloomError({ code: 'plugin-not', what: `${name} does not export a plugin by default.`, fix: 'Its index must say: export default defineFeatureFamily({…}), or another define helper.' });
  }
  return { plugin: module.default, url, ...files.implementation(located), packageName: located.manifest.name, version: located.manifest.version };
}

function locate(name: string, from: string): Located {
  if (name.startsWith('.') || name.startsWith('/')) {
    const path = resolve(dirname(from), name);
    if (!existsSync(path)) throw new RadloomError({ code: 'plugin-missing', what: `There is no plugin at ${name}.`, fix: 'Paths under plugins are relative to the study file.' });
    return statSync(path).isDirectory() ? describe(path) : { ...describe(packageFolder(dirname(path))), entry: path };
  }
  const folder = folderOf(name, dirname(resolve(from)));
  if (folder !== undefined) return describe(folder);
  try {
    // Packages that are installed otherwise than in folders.
    return describe(dirname(createRequire(resolve(from)).resolve(`${name}/package.json`)));
  } catch (error) {
    throw new RadloomError({ code: 'plugin-missing', what: `The package ${name} is not installed.`, fix: `Install it beside the study: npm install ${name}`, cause: error });
  }
}

function describe(folder: string): Located {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Located['manifest'] & { exports?: Record<string, { default?: string } | string>; main?: string };
  const main = manifest.exports?.['.'] ?? manifest.main ?? './dist/index.js';
  return { folder, manifest, entry: join(folder, typeof main === 'string' ? main : (main.default ?? './dist/index.js')) };
}

function packageFolder(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new RadloomError({ code: 'plugin-missing', what: 'The plugin is not part of a package.', fix: 'Put a package.json beside it.' });
  }
}

/** Module lists of packages, read once, and identities of packages that have none. */
class PackageFiles {
  readonly #modules = new Map<string, PackageModules | undefined>();
  readonly #identities = new Map<string, string>();
  readonly #folders = new Map<string, string>();
  readonly #found = new Map<string, string | undefined>();

  implementation(located: Located): { readonly implementation: Digest; readonly modules?: Implementation } {
    const modules = this.#read(located.folder);
    // Without a module list the whole package counts: every built file.
    if (modules === undefined) return { implementation: createHash('sha256').update(`${located.manifest.name}\n${wholePackage(located)}`).digest('hex') };
    this.#folders.set(modules.name, located.folder);
    const always = [{ package: '@radloom/core', name: 'encodePort' }];
    const found = implementationOf(modules, this.#find, always);
    return { implementation: implementationDigest(found), modules: found };
  }

  readonly #find: FindPackage = (name, from) => {
    const owner = this.#folders.get(from) ?? fileURLToPath(new URL('..', import.meta.url));
    const folder = this.#folderOf(name, owner);
    if (folder === undefined) return { identity: `${name}@unknown` };
    const modules = this.#read(folder);
    if (modules === undefined) return { identity: this.#identity(folder, new Set()) };
    this.#folders.set(modules.name, folder);
    return { modules };
  };

  #folderOf(name: string, from: string): string | undefined {
    const key = `${name}\n${from}`;
    if (!this.#found.has(key)) this.#found.set(key, folderOf(name, from));
    return this.#found.get(key);
  }

  #read(folder: string): PackageModules | undefined {
    if (!this.#modules.has(folder)) {
      const path = join(folder, 'dist', 'modules.json');
      this.#modules.set(folder, existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as PackageModules) : undefined);
    }
    return this.#modules.get(folder);
  }

  /** `name@version` with the same of everything it depends on. */
  #identity(folder: string, above: Set<string>): string {
    const known = this.#identities.get(folder);
    if (known !== undefined) return known;
    if (above.has(folder)) return '';
    const { manifest } = describe(folder);
    const below = Object.keys(manifest.dependencies ?? {}).sort().map((name) => {
      const found = this.#folderOf(name, folder);
      return found === undefined ? `${name}@absent` : this.#identity(found, new Set([...above, folder]));
    });
    const identity = `${manifest.name}@${manifest.version}(${below.join(',')})`;
    this.#identities.set(folder, identity);
    return identity;
  }
}

/** The folder of a package as another one sees it; packages that hide their package.json are found by walking up. */
function folderOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync.native(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}

/** Digest of every script of the package, outside what it installs. */
function wholePackage({ folder }: Located): string {
  const hash = createHash('sha256');
  const scripts = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(m?js|cjs|wasm)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !path.includes(`${sep}node_modules${sep}`))
    .sort();
  for (const path of scripts) hash.update(path.slice(folder.length)).update(readFileSync(path));
  return hash.digest('hex');
}

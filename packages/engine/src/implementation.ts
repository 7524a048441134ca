import { type Digest, digestOf } from '@radloom/core';

/** The names taken from another module: pairs of the name there and the name here; `*` for all of it. */
type TakenNames = '*' | readonly (readonly [there: string, here: string])[];

interface ModuleDescription {
  readonly digest: string;
  readonly imports: readonly { readonly from: string; readonly names: TakenNames }[];
  readonly dynamic: readonly string[];
  readonly passes: readonly { readonly from: string; readonly names: TakenNames }[];
  readonly exports: readonly string[];
}

/** One package's `dist/modules.json`. */
export interface PackageModules {
  readonly name: string;
  readonly version: string;
  readonly entry: string;
  readonly modules: Readonly<Record<string, ModuleDescription>>;
}

/** Gives a package as seen from another one: its modules, or its identity alone (`name@version` with what it depends on). */
export type FindPackage = (name: string, from: string) => { readonly modules: PackageModules } | { readonly identity: string };

/** Packages that only check settings: what they decide is in the settings' values, so another version of them changes nothing. */
const valuesOnly: ReadonlySet<string> = new Set(['zod']);

/** Module or package behind a plugin's code, with its digest or identity. */
export type Implementation = ReadonlyMap<string, string>;

/**
 * Every module that a plugin's implementation reaches, across packages.
 *
 * The manifest itself and its own package's static imports are left out: they describe (a summary, a list of features), and what they
 * decide enters each key by its value (settings, output names). In are what the manifest imports dynamically, the define helper that wraps
 * it, and `always` (the codecs that make bytes of its outputs).
 */
export function implementationOf(plugin: PackageModules, find: FindPackage, always: readonly { readonly package: string; readonly name: string }[] = []): Implementation {
  const seen = new Map<string, string>();
  const visit = (owner: PackageModules, file: string): void => {
    const key = `${owner.name}/${file}`;
    if (seen.has(key)) return;
    const module = owner.modules[file];
    seen.set(key, module?.digest ?? 'missing');
    if (module === undefined) return;
    for (const { from, names } of [...module.imports, ...module.passes]) follow(owner, from, names);
    for (const from of module.dynamic) follow(owner, from, '*');
  };
  const follow = (owner: PackageModules, from: string, names: TakenNames): void => {
    if (owner.modules[from] !== undefined) return take(owner, from, names);
    if (valuesOnly.has(packageOf(from))) return;
    const found = find(packageOf(from), owner.name);
    if ('identity' in found) seen.set(packageOf(from), found.identity);
    else take(found.modules, found.modules.entry, names);
  };
  /** Names are followed through files that only pass them on; a file that makes one of them itself is in. */
  const take = (owner: PackageModules, file: string, names: TakenNames): void => {
    if (names === '*' || owner.modules[file] === undefined) return visit(owner, file);
    for (const [name] of names) {
      const { passes } = owner.modules[file];
      const named = passes.find((pass) => pass.names !== '*' && pass.names.some(([, here]) => here === name));
      const star = named ?? passes.find((pass) => pass.names === '*' && gives(owner, pass.from, name));
      if (star === undefined) visit(owner, file);
      else follow(owner, star.from, [named === undefined ? [name, name] : (named.names as readonly (readonly [string, string])[]).find(([, here]) => here === name)!]);
    }
  };
  const gives = (owner: PackageModules, file: string, name: string): boolean => {
    const module = owner.modules[file];
    return module !== undefined && (module.exports.includes(name) || module.passes.some((pass) => pass.names === '*' && gives(owner, pass.from, name)));
  };
  const manifest = plugin.modules[plugin.entry];
  for (const { from, names } of manifest?.imports ?? []) if (plugin.modules[from] === undefined) follow(plugin, from, names);
  for (const from of manifest?.dynamic ?? []) follow(plugin, from, '*');
  for (const { package: name, name: exported } of always) follow(plugin, name, [[exported, exported]]);
  return seen;
}

export function implementationDigest(implementation: Implementation): Digest {
  return digestOf([...implementation].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `@scope/name` or `name` of an import. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

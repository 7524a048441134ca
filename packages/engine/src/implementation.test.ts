import { describe, expect, test } from 'vitest';
import { implementationDigest, implementationOf, type PackageModules } from './implementation.js';

type Module = PackageModules['modules'][string];
const module = (digest: string, more: Partial<Module> = {}): Module => ({ digest, imports: [], dynamic: [], passes: [], exports: [], ...more });
const names = (...list: string[]): [string, string][] => list.map((name) => [name, name]);

/** A foundation with a barrel over two kernels, one of which uses a third module. */
const foundation = (digests: Partial<Record<'walk' | 'zones' | 'grid', string>> = {}): PackageModules => ({
  name: 'foundation',
  version: '1.0.0',
  entry: 'index.js',
  modules: {
    'index.js': module('barrel', { passes: [{ from: 'texture/index.js', names: '*' }] }),
    'texture/index.js': module('barrel 2', { passes: [{ from: 'texture/walk.js', names: names('walk') }, { from: 'texture/zones.js', names: names('zones') }], exports: ['walk', 'zones'] }),
    'texture/walk.js': module(digests.walk ?? 'w', { imports: [{ from: 'texture/grid.js', names: names('grid') }], exports: ['walk'] }),
    'texture/zones.js': module(digests.zones ?? 'z', { exports: ['zones'] }),
    'texture/grid.js': module(digests.grid ?? 'g', { exports: ['grid'] }),
  },
});

/** A family whose manifest imports its implementation dynamically, which takes one name from the foundation. */
const family = (digests: Partial<Record<'manifest' | 'extract' | 'list', string>> = {}, taken = 'walk'): PackageModules => ({
  name: 'family',
  version: '1.0.0',
  entry: 'index.js',
  modules: {
    'index.js': module(digests.manifest ?? 'm', { imports: [{ from: 'core', names: names('define') }, { from: 'list.js', names: names('features') }, { from: 'zod', names: names('z') }], dynamic: ['extract.js'] }),
    'list.js': module(digests.list ?? 'l'),
    'extract.js': module(digests.extract ?? 'e', { imports: [{ from: 'foundation', names: names(taken) }, { from: 'library', names: '*' }] }),
  },
});

const core: PackageModules = { name: 'core', version: '1.0.0', entry: 'index.js', modules: { 'index.js': module('c', { passes: [{ from: 'define.js', names: names('define') }, { from: 'codec.js', names: names('encode') }] }), 'define.js': module('d'), 'codec.js': module('k') } };

const digest = (plugin: PackageModules, base = foundation(), library = 'library@1.0.0', always: { package: string; name: string }[] = []) =>
  implementationDigest(
    implementationOf(plugin, (name) => (name === 'foundation' ? { modules: base } : name === 'core' ? { modules: core } : name === 'zod' ? { identity: `zod@${Math.random()}` } : { identity: library }), always),
  );

describe('the implementation digest', () => {
  const before = digest(family());
  test('changes with the implementation', () => expect(digest(family({ extract: 'e2' }))).not.toBe(before));
  test('changes with a kernel it reaches, and with what that kernel reaches', () => {
    expect(digest(family(), foundation({ walk: 'w2' }))).not.toBe(before);
    expect(digest(family(), foundation({ grid: 'g2' }))).not.toBe(before);
  });
  test('does not change with a kernel beside it, though one barrel exports both', () => expect(digest(family(), foundation({ zones: 'z2' }))).toBe(before));
  test('does not change with the manifest, its lists, or the version of zod', () => expect(digest(family({ manifest: 'm2', list: 'l2' }))).toBe(before));
  test('changes with a library', () => expect(digest(family(), foundation(), 'library@1.0.1')).not.toBe(before));
  test('takes in what always counts, such as the codecs', () => {
    const found = implementationOf(family(), (name) => (name === 'core' ? { modules: core } : name === 'foundation' ? { modules: foundation() } : { identity: name }), [{ package: 'core', name: 'encode' }]);
    expect([...found.keys()].sort()).toEqual(['core/codec.js', 'core/define.js', 'family/extract.js', 'foundation/texture/grid.js', 'foundation/texture/walk.js', 'library']);
  });
});

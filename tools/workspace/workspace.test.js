import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { describe, expect, test } from 'vitest';
import { packages, root } from './packages.js';
import { expectedReadmes } from './readme-tables.js';

const all = packages();
const published = all.filter(({ manifest }) => manifest.private !== true);
const layers = Object.keys(JSON.parse(readFileSync(join(root, 'turbo.json'), 'utf8')).boundaries.tags);

describe.each(all)('$folder', ({ manifest, turbo }) => {
  test('has a layer that boundaries know, and plugins a kind', () => {
    const tags = turbo?.tags ?? [];
    const layer = tags.find((tag) => tag.startsWith('layer:'));
    expect(layer).toBeDefined();
    if (manifest.keywords?.includes('radloom-plugin')) {
      expect(layers).toContain(layer);
      expect(layer).toBe('layer:plugin');
      expect(tags.some((tag) => tag.startsWith('kind:'))).toBe(true);
    }
  });

  test('depends on nothing through its manifest that is not there', () => {
    const names = new Set(all.map((entry) => entry.manifest.name));
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) if (name.startsWith('@radloom/')) expect(names).toContain(name);
  });
});

describe.each(published)('$manifest.name as published', ({ folder, manifest }) => {
  test('has a licence, a README and the fields of a public package', () => {
    expect(existsSync(join(root, folder, 'LICENSE'))).toBe(true);
    expect(existsSync(join(root, folder, 'README.md'))).toBe(true);
    expect(manifest).toMatchObject({ license: 'Apache-2.0', type: 'module', publishConfig: { access: 'public' } });
    expect(manifest.exports['./package.json']).toBe('./package.json');
    expect(manifest.exports['.'].default).toBeDefined();
    expect(manifest.description.length).toBeGreaterThan(10);
  });

  test('is clean to publint', async () => {
    const { messages } = await publint({ pkgDir: join(root, folder), level: 'warning' });
    expect(messages).toEqual([]);
  });
});

test('the project names no machine, registry or person', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter((file) => file !== '' && file !== 'package-lock.json' && file !== 'tools/workspace/workspace.test.js');
  const found = files.filter((file) => existsSync(join(root, file))).filter((file) => /\/work\/|registry\.npmjs|\/root\//.test(readFileSync(join(root, file), 'latin1')));
  expect(found).toEqual([]);
});

test('the tables in the READMEs are what the manifests say', async () => {
  for (const [path, text] of await expectedReadmes()) expect(readFileSync(path, 'utf8') === text, `${path.slice(root.length + 1)} is out of date: npm run readme`).toBe(true);
});

import { kinds, packageFiles } from './package-files.js';
import { templates } from './templates/index.js';

/**
 * Every file of a new plugin package, ready to pass its contract tests.
 * @param {{ kind: string, name: string, summary?: string }} options `kind` as in `kinds`
 * @returns {{ folder: string, files: Record<string, string> }} files by path inside the folder; the licence is the caller's to add
 */
export function pluginPackage({ kind, name, summary }) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Error(`${name} cannot name a plugin: use lower case letters, digits and hyphens.`);
  const { folder: parent, prefix, kind: contractKind } = kinds[kind];
  const folder = `${parent}/${name}`;
  const packageName = `@radloom/${prefix}${name}`;
  const { sources, description } = templates[kind]({ name, packageName, summary });
  const shared = packageFiles({
    name: packageName,
    description,
    folder,
    tags: ['layer:plugin', `kind:${contractKind}`],
    keywords: ['radloom-plugin', 'radiomics'],
    dependencies: { '@radloom/core': '^1.0.0', zod: '^4.6.7' },
    devDependencies: { '@radloom/testkit': '^1.0.0' },
  });
  return { folder, files: { ...shared, ...sources } };
}

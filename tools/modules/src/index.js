import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { init, parse } from 'es-module-lexer';
import { transform } from 'esbuild';

/**
 * What each built module of a package is made of.
 *
 * The digest is of the code after comments and white space are gone, so that an edited comment or a reformatted line changes nothing.
 * Imports are those of the built file: relative ones as paths inside `dist`, others by name; `dynamic` ones apart, since a plugin's
 * manifest loads its implementation that way.
 *
 * @param {string} packageFolder
 * @returns {Promise<{ format: 1, name: string, version: string, modules: Record<string, { digest: string, imports: string[], dynamic: string[] }> }>}
 */
export async function describeModules(packageFolder) {
  await init;
  const dist = join(packageFolder, 'dist');
  const { name, version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const modules = {};
  for (const file of scripts(dist)) {
    const source = readFileSync(join(dist, file), 'utf8');
    const { code } = await transform(source, { minifyWhitespace: true, legalComments: 'none', loader: 'js' });
    const [found] = parse(source);
    const resolved = found
      .filter((entry) => typeof entry.specifier === 'string')
      .map((entry) => ({ to: entry.specifier.startsWith('.') ? posix.join(posix.dirname(file), entry.specifier) : entry.specifier, dynamic: entry.type === 'dynamic' }));
    const names = (dynamic) => [...new Set(resolved.filter((entry) => entry.dynamic === dynamic).map((entry) => entry.to))].sort();
    modules[file] = { digest: createHash('sha256').update(code).digest('hex'), imports: names(false), dynamic: names(true) };
  }
  return { format: 1, name, version, modules };
}

/** JavaScript files under a folder, with forward slashes, sorted. */
function scripts(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path ?? dirname(folder), entry.name)).replaceAll('\\', '/'))
    .sort();
}

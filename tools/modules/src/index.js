import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { init, parse } from 'es-module-lexer';
import { transform } from 'esbuild';

/**
 * What each built module of a package is made of.
 *
 * The digest is of the code after comments and white space are gone, so that an edited comment or a reformatted line changes nothing.
 * Imports are those of the built file, with the names taken: a name is followed through files that only pass it on, so that editing one
 * kernel of a large package touches those who use that kernel and nobody else. Dynamic imports stand apart, since a plugin's manifest
 * loads its implementation that way.
 *
 * @param {string} packageFolder
 * @returns {Promise<import('./index.js').ModulesFile>}
 */
export async function describeModules(packageFolder) {
  await init;
  const dist = join(packageFolder, 'dist');
  const { name, version, exports } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const main = exports?.['.']?.default ?? exports?.['.'] ?? './dist/index.js';
  const modules = {};
  for (const file of scripts(dist)) modules[file] = await describeModule(readFileSync(join(dist, file), 'utf8'), file);
  return { format: 2, name, version, entry: posix.relative('dist', posix.normalize(main)), modules };
}

async function describeModule(source, file) {
  const { code } = await transform(source, { minifyWhitespace: true, legalComments: 'none', loader: 'js' });
  const [found, exported] = parse(source);
  const target = (specifier) => (specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier);
  const module = { digest: createHash('sha256').update(code).digest('hex'), imports: [], dynamic: [], passes: [], exports: exported.map((entry) => entry.name).filter((name) => typeof name === 'string').sort() };
  for (const entry of found) {
    if (typeof entry.specifier !== 'string') continue;
    const from = target(entry.specifier);
    if (entry.type === 'dynamic') module.dynamic.push(from);
    else {
      const statement = source.slice(entry.importStart, entry.start);
      if (statement.startsWith('export')) module.passes.push({ from, names: clause(statement, 'export') });
      else module.imports.push({ from, names: clause(statement, 'import') });
    }
  }
  return module;
}

/**
 * The names in `import a, { b as c } from` or `export { b as c } from`: pairs of the name there and the name here; `*` for all.
 * @returns {'*' | [string, string][]}
 */
function clause(statement, keyword) {
  const text = statement.slice(keyword.length).replace(/['"]$/, '').trim().replace(/\bfrom$/, '').trim();
  if (text === '' || text.includes('*')) return '*';
  const names = [];
  const braces = /\{([^}]*)\}/.exec(text);
  const plain = text.replace(/\{[^}]*\}/, '').replaceAll(',', '').trim();
  if (plain !== '') names.push(['default', plain]);
  for (const part of (braces?.[1] ?? '').split(',')) {
    const [there, here] = part.trim().split(/\s+as\s+/);
    if (there !== '') names.push([there, here ?? there]);
  }
  return names;
}

/** JavaScript files under a folder, with forward slashes, sorted. */
function scripts(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
    .sort();
}

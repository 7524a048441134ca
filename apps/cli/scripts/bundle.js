// Puts the program's code into two files: reading some two hundred small modules costs more than a small extraction, or than a look at a study in
// which nothing changed. dist/bundled/extract.cjs is what `radloom extract IMAGE MASK` and workers need, dist/bundled/cli.cjs everything else. Beside each, a
// list says which packages went in, each with the digest of its modules.json: the program uses a bundle only as long as these are the packages that
// are installed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const home = fileURLToPath(new URL('..', import.meta.url));
const out = join(home, 'dist', 'bundled');

/** Packages that an extraction may need; the standard set lists classifiers and reports too, which stay outside. */
const imaging = /^@radloom\/(core|engine|cache-filesystem|executor-local|study|standard|imaging|(reader|preprocess|filter|feature)-.*)$/;
const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The nearest folder above a file that is a package. */
function packageOf(file) {
  for (let folder = dirname(file); ; folder = dirname(folder)) if (existsSync(join(folder, 'package.json')) && 'version' in manifestOf(folder)) return folder;
}

/** Names that a package's index passes on, with the file that makes them. */
function passedOn(name) {
  const folder = join(home, 'node_modules', name);
  const index = join(existsSync(folder) ? folder : join(home, '..', '..', 'node_modules', name), 'dist', 'index.js');
  return new Map([...readFileSync(index, 'utf8').matchAll(/export \{([^}]*)\} from '([^']+)';/g)].flatMap(([, names, from]) => names.split(',').map((each) => [each.trim(), join(dirname(index), from)])));
}
const barrels = new Map(['@radloom/standard', '@radloom/study'].map((name) => [name, passedOn(name)]));

/** Imports of two indexes and of zod straight from where the names are made: a file that reaches an index reaches everything behind it. */
function straight(code) {
  return code
    .replaceAll(/import \{([^}]*)\} from '(@radloom\/(?:standard|study))';/g, (found, names, from) => {
      const wanted = names.split(',').map((name) => name.trim());
      if (!wanted.every((name) => barrels.get(from).has(name))) return found;
      return wanted.map((name) => `import { ${name} } from ${JSON.stringify(barrels.get(from).get(name))};`).join('\n');
    })
    .replaceAll("import { z } from 'zod';", "import * as z from 'zod';");
}

/** A module knows where it lies: in the bundle, where it lay before. This program's own modules stand beside the bundle, others in their package. */
function inPlace(code, name, path) {
  const below = relative(join(packageOf(path), 'dist'), path).split(sep).join('/');
  const place = name === 'radloom' ? `new URL('../${below}', import.meta.url).href` : `new URL('./${below}', placeOf(requireHere(import.meta.url).resolve('${name}'))).href`;
  const needs = name === 'radloom' ? '' : "import { createRequire as requireHere } from 'node:module';\nimport { pathToFileURL as placeOf } from 'node:url';\n";
  return code.includes('import.meta.url') ? `${needs}const itsPlace = ${place};\n${code.replaceAll('import.meta.url', 'itsPlace')}` : code;
}

/** Imports of what stays outside go through a function of the loader: code that was kept compiled cannot import by itself. */
function importsOutside(code, { inside, external }) {
  const stays = (from) => from === undefined || (from.startsWith('@radloom/') ? !inside(from) : ['node:', ...external].some((name) => from.startsWith(name)));
  return code.replaceAll(/\bimport\((?:'([^']*)')?/g, (found, from) => (stays(from) ? found.replace('import', 'importOutside') : found));
}

const plugin = ({ inside, external }) => ({
  name: 'one-file',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@radloom\// }, ({ path }) => (inside(path) ? undefined : { path, external: true }));
    onLoad({ filter: /[\\/]dist[\\/].*\.js$/ }, ({ path }) => {
      const { name } = manifestOf(packageOf(path));
      if (!/^(@radloom\/.*|radloom)$/.test(name)) return undefined;
      const code = importsOutside(inPlace(straight(readFileSync(path, 'utf8')), name, path), { inside, external });
      // zod's messages are set when all of it is loaded; here only parts of it are.
      const language = name === '@radloom/core' && path.endsWith('params.js') ? "import { config } from 'zod/v4/core';\nimport en from 'zod/v4/locales/en.js';\nconfig(en());\n" : '';
      return { contents: language + code, loader: 'js' };
    });
  },
});

/** Packages that read and write other tables than CSV: large, and seldom asked for. */
const tables = ['hyparquet', 'hyparquet-writer', 'read-excel-file', 'write-excel-file'];

/**
 * @param inside which packages of the project go in; the others stay imports
 * @param external packages of others that stay where they are
 */
async function bundle(name, entry, { inside, external }) {
  const { metafile } = await build({
    absWorkingDir: home,
    entryPoints: [entry],
    outfile: join(out, `${name}.cjs`),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    define: { 'import.meta.url': 'ownUrl' },
    banner: { js: "const ownUrl=require('node:url').pathToFileURL(__filename).href;" },
    mainFields: ['module', 'main'],
    target: 'node20',
    minify: true,
    legalComments: 'none',
    metafile: true,
    external: ['node:*', ...external],
    plugins: [plugin({ inside, external })],
  });
  const used = new Set(Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  const folders = [...new Set([...used].map((file) => packageOf(join(home, file))))].map((folder) => ({ folder, ...manifestOf(folder) })).filter(({ name }) => name !== 'radloom');
  const own = folders.filter(({ name }) => name.startsWith('@radloom/')).map(({ folder, name }) => [name, createHash('sha256').update(readFileSync(join(folder, 'dist', 'modules.json'))).digest('hex')]);
  const code = createHash('sha256').update(readFileSync(join(out, `${name}.cjs`))).digest('hex');
  writeFileSync(join(out, `${name}.json`), `${JSON.stringify({ code, packages: own.sort(([a], [b]) => (a < b ? -1 : 1)) }, null, 1)}\n`);
  writeFileSync(join(out, `${name}.NOTICES.txt`), notices(name, folders.filter(({ name }) => !name.startsWith('@radloom/'))));
}

/** Licences of the packages of others whose code is in a bundle. */
function notices(bundle, packages) {
  const licence = (folder) => ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license'].map((name) => join(folder, name)).find((path) => existsSync(path));
  const texts = packages
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ folder, name, version, license }) => {
      const text = licence(folder);
      return `${name} ${version} (${license})\n\n${text === undefined ? '' : readFileSync(text, 'utf8').trim()}\n`;
    });
  return `Code of these packages is part of ${bundle}.cjs.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

rmSync(out, { recursive: true, force: true });
await bundle('extract', 'dist/extraction.js', { inside: (name) => imaging.test(name), external: ['dicom-parser', 'papaparse', ...tables] });
await bundle('cli', 'dist/cli.js', { inside: (name) => name !== '@radloom/plugin-templates', external: ['piscina', '@resvg/resvg-js', 'libsvm-js', ...tables] });

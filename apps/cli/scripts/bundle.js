// Puts the code of `radloom extract IMAGE MASK` into a few files (dist/bundled): reading some two hundred small modules costs more than a
// small extraction itself. dist/bundled/packages.json says which packages went in, each with the digest of its modules.json; the program uses
// the bundle only as long as these are the packages that are installed. Studies, batches and caches load the packages themselves.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const home = fileURLToPath(new URL('..', import.meta.url));
const out = join(home, 'dist', 'bundled');

/** Packages that an extraction may need, of the executor only what makes it native; the standard set lists classifiers and reports too, which stay outside. */
const imaging = /^@radloom\/(core|engine|executor-local|study|standard|imaging|(reader|preprocess|filter|feature)-.*)$/;
/** What nearly every extraction needs goes into the first file; the others are read when they are asked for. */
const usual = /^@radloom\/(reader-(nrrd|nifti)|preprocess-(mask|discretise|diagnostics)|feature-(shape|firstorder|glcm|glrlm|glszm|gldm|ngtdm))$/;

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The nearest folder above a file that is a package. */
function packageOf(file) {
  for (let folder = dirname(file); ; folder = dirname(folder)) if (existsSync(join(folder, 'package.json')) && 'version' in manifestOf(folder)) return folder;
}

/** Some dynamic imports made static ones. */
function madeStatic(code, wanted) {
  const heads = [];
  const body = code.replaceAll(/import\('([^']+)'\)/g, (found, from) => {
    if (!wanted(from)) return found;
    heads.push(`import * as static${heads.length} from '${from}';`);
    return `Promise.resolve(static${heads.length - 1})`;
  });
  return [...heads, body].join('\n');
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

const plugin = {
  name: 'one-file',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@radloom\// }, ({ path }) => (imaging.test(path) ? undefined : { path, external: true }));
    onLoad({ filter: /[\\/]dist[\\/].*\.js$/ }, ({ path }) => {
      const { name } = manifestOf(packageOf(path));
      if (!/^(@radloom\/.*|radloom)$/.test(name)) return undefined;
      const code = straight(readFileSync(path, 'utf8'));
      const contents = name === '@radloom/standard' ? madeStatic(code, (from) => usual.test(from)) : usual.test(name) ? madeStatic(code, () => true) : code;
      // zod's messages are set when all of it is loaded; here only parts of it are.
      const language = name === '@radloom/core' && path.endsWith('params.js') ? "import { config } from 'zod/v4/core';\nimport en from 'zod/v4/locales/en.js';\nconfig(en());\n" : '';
      return { contents: language + contents, loader: 'js' };
    });
  },
};

rmSync(out, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: home,
  entryPoints: ['dist/commands/extract-quickly.js'],
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  target: 'node20',
  minify: true,
  legalComments: 'none',
  metafile: true,
  // What only some extractions need stays where it is.
  external: ['node:*', 'dicom-parser', 'hyparquet', 'hyparquet-writer', 'read-excel-file', 'write-excel-file', 'papaparse'],
  plugins: [plugin],
});

const used = new Set(Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)));
const folders = [...new Set([...used].map((file) => packageOf(join(home, file))))].map((folder) => ({ folder, ...manifestOf(folder) })).filter(({ name }) => name !== 'radloom');
const own = folders.filter(({ name }) => name.startsWith('@radloom/')).map(({ folder, name }) => [name, createHash('sha256').update(readFileSync(join(folder, 'dist', 'modules.json'))).digest('hex')]);
writeFileSync(join(out, 'packages.json'), `${JSON.stringify(own.sort(([a], [b]) => (a < b ? -1 : 1)), null, 1)}\n`);

const licence = (folder) => ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license'].map((name) => join(folder, name)).find((path) => existsSync(path));
const notices = folders
  .filter(({ name }) => !name.startsWith('@radloom/'))
  .sort((a, b) => (a.name < b.name ? -1 : 1))
  .map(({ folder, name, version, license }) => {
    const text = licence(folder);
    return `${name} ${version} (${license})\n\n${text === undefined ? '' : readFileSync(text, 'utf8').trim()}\n`;
  });
writeFileSync(join(out, 'NOTICES.txt'), `Code of these packages is part of the files in this folder.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`);

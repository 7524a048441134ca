// A release, rehearsed on a registry of its own on loopback: everything is published once; then one plugin and a package that it needs are
// changed, versioned and published by changesets; and what was published is installed in an empty folder and computes there. Nothing of the
// project leaves the machine, and the workspace itself is not changed.
//
//   npm run release:dry [-- --plugin @radloom/feature-ngtdm]
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyInstalledWorkspace } from '@radloom/workspace-checks/copy';
import { checkChangesets } from './changesets.js';
import { startRegistry } from './registry.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const plugin = process.argv.includes('--plugin') ? process.argv[process.argv.indexOf('--plugin') + 1] : '@radloom/feature-ngtdm';
/** A package that the plugin needs. */
const foundation = '@radloom/imaging';
const home = mkdtempSync(join(tmpdir(), 'radloom-release-'));
const checks = { passed: 0, failed: 0 };
const say = (text) => process.stdout.write(`${text}\n`);
const check = (what, holds, more = '') => {
  checks[holds ? 'passed' : 'failed']++;
  say(`${holds ? 'ok    ' : 'FAILED'} ${what}${holds || more === '' ? '' : `\n${more}`}`);
};
const run = (command, args, cwd, env = process.env) => spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28 });

const registry = await startRegistry(join(home, 'registry'));
let copy;
try {
  if (registry === null) say('SKIPPED: the registry for the rehearsal (verdaccio) cannot be installed here.\n0 passed, 0 failed, 1 skipped');
  else {
    copy = copyInstalledWorkspace();
    await rehearse();
    say(`${checks.passed} passed, ${checks.failed} failed, 0 skipped`);
    process.exitCode = checks.failed > 0 ? 1 : 0;
  }
} finally {
  registry?.stop();
  for (const folder of [home, copy]) if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

async function rehearse() {
  const packages = publicPackages();
  const names = packages.map(({ name }) => name);
  const folderOf = (name) => join(copy, packages.find((one) => one.name === name).folder);
  const manifestOf = (name) => JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8'));
  const git = (...args) => run('git', ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@example.org', ...args], copy);
  const changesets = (...args) => run(process.execPath, [join(copy, 'node_modules', '@changesets', 'cli', 'bin.js'), ...args], copy, registry.environment);
  const changeset = (...changed) => writeFileSync(join(copy, '.changeset', 'rehearsal.md'), `---\n${changed.map((name) => `'${name}': minor`).join('\n')}\n---\n\nA rehearsal.\n`);
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');

  say(`Publishing all ${names.length} packages to an empty registry`);
  const first = changesets('publish', '--no-git-tag');
  const before = await registry.versions(names);
  check('every package is published', [...before.values()].every((versions) => versions.length === 1), first.stdout + first.stderr);
  for (const name of names) checkFiles(name, folderOf(name));

  say(`Changing ${plugin} and ${foundation}`);
  appendFileSync(join(folderOf(plugin), 'src', 'index.ts'), '// A change.\n');
  check('a changed package without a changeset is refused', checkChangesets(copy, 'HEAD').missing.join() === plugin);
  appendFileSync(join(folderOf(foundation), 'src', 'index.ts'), '/** Says that this is the changed package. */\nexport const rehearsed = true;\n');
  changeset(plugin);
  check('a changed dependency that the changeset leaves out is refused', checkChangesets(copy, 'HEAD').missing.join() === foundation);
  changeset(plugin, foundation);
  check('a changeset that names both is not', checkChangesets(copy, 'HEAD').missing.length === 0);
  const built = run('npm', ['run', 'build'], folderOf(foundation));
  check(`${foundation} builds`, built.status === 0, built.stdout + built.stderr);

  const versioned = changesets('version');
  check('changesets versions them', versioned.status === 0, versioned.stdout + versioned.stderr);
  const published = changesets('publish', '--no-git-tag');
  const after = await registry.versions(names);
  const anew = names.filter((name) => after.get(name).length > before.get(name).length).sort();
  check(`${anew.map((name) => `${name} ${manifestOf(name).version}`).join(' and ')} are published anew, and nothing else of ${names.length}`, anew.join() === [plugin, foundation].sort().join(), published.stdout + published.stderr);
  check(`the plugin asks for ${foundation} ${manifestOf(plugin).dependencies?.[foundation]}`, manifestOf(plugin).dependencies?.[foundation] === `^${manifestOf(foundation).version}`);
  installAndUse(manifestOf(plugin).version);
}

/** Every public package of the workspace: name and folder. */
function publicPackages() {
  const files = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*package.json'], root).stdout.split('\0').filter((file) => /^(packages|apps|tools)\/.*package\.json$/.test(file) && existsSync(join(copy, file)));
  return files.map((file) => ({ ...JSON.parse(readFileSync(join(copy, file), 'utf8')), folder: dirname(file) })).filter((found) => found.private !== true && typeof found.name === 'string');
}

/** True for what is compiled from the package's own src or wasm, and for a bundle that comes with the notices of all that went into it. */
function hasSource(folder, path, paths) {
  const bundle = /^dist\/bundled\/(\w+)\./.exec(path)?.[1];
  if (bundle !== undefined) return !path.endsWith('.compiled') && ['json', 'NOTICES.txt'].every((ending) => paths.includes(`dist/bundled/${bundle}.${ending}`));
  const source = path.replace(/\.d\.ts$|\.js$/, '');
  return existsSync(join(folder, `${source.replace(/^dist\//, 'src/')}.ts`)) || existsSync(join(folder, `${source.replace(/^dist\/generated\//, 'wasm/')}.as`));
}

/** What was published of a package: built code of its own sources, no tests, nothing of others; its licence and README. */
function checkFiles(name, folder) {
  const shelf = join(registry.storage, name);
  const archive = existsSync(shelf) ? readdirSync(shelf).find((file) => file.endsWith('.tgz')) : undefined;
  const paths = archive === undefined ? [] : run('tar', ['-tzf', join(shelf, archive)], shelf).stdout.trim().split('\n').map((path) => path.replace(/^package\//, ''));
  const built = paths.filter((path) => path.startsWith('dist/'));
  const foreign = built.filter((path) => /\.(js|d\.ts)$/.test(path) && !hasSource(folder, path, paths));
  const strange = paths.filter((path) => /\.test\.|(^|\/)testing\/|^node_modules\//.test(path) || (built.length > 0 && path.startsWith('src/')));
  const missing = ['package.json', 'README.md', 'LICENSE'].filter((file) => !paths.includes(file));
  const holds = strange.length + missing.length + foreign.length === 0 && paths.some((path) => path.endsWith('.js'));
  check(`${name}: ${paths.length} files, its own code with licence and README`, holds, `strange: ${strange.join(', ')}; missing: ${missing.join(', ')}; without a source: ${foreign.join(', ')}`);
}

/** Installs the plugin in an empty folder and computes with it; other people's packages come from where npm finds them. */
function installAndUse(version) {
  const folder = join(home, 'elsewhere');
  mkdirSync(folder);
  writeFileSync(join(folder, '.npmrc'), `@radloom:registry=${registry.url}\n`);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const installed = run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', plugin, '@radloom/core', '@radloom/standard'], folder);
  check('npm installs the plugin in an empty folder', installed.status === 0, installed.stderr);
  writeFileSync(join(folder, 'use.js'), `
import { makeGeometry, makeVolume } from '@radloom/core';
import { extract } from '@radloom/standard';
import { rehearsed } from '${foundation}';
import plugin from '${plugin}';
const geometry = makeGeometry({ size: [9, 9, 9] });
const image = makeVolume(geometry, Int16Array.from({ length: 729 }, (_, i) => 40 * ((i * 7) % 5)));
const mask = makeVolume(geometry, Uint8Array.from({ length: 729 }, (_, i) => (i % 9 > 1 && i % 9 < 7 ? 1 : 0)));
const { features } = await extract({ image, mask });
console.log(JSON.stringify({ rehearsed, values: features.filter(({ family }) => family === plugin.name).map(({ value }) => value) }));
`);
  const used = run(process.execPath, ['use.js'], folder);
  const { rehearsed, values } = used.status === 0 ? JSON.parse(used.stdout) : { rehearsed: false, values: [] };
  check(`it computes ${values.length} features there`, values.length > 0 && values.every(Number.isFinite), used.stderr);
  const found = (name) => JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
  const copies = run('npm', ['ls', plugin, '--all', '--parseable'], folder).stdout.trim().split('\n');
  check(`it is the version just published, ${version}, and the only copy`, found(plugin) === version && copies.length === 1, `${found(plugin)}; ${copies.join(', ')}`);
  check(`it runs with the changed ${foundation}, ${found(foundation)}`, rehearsed === true);
}

// A release, rehearsed on a registry of its own on loopback: everything is published once, then one plugin is changed, versioned and published
// by changesets, and installed in an empty folder. Nothing leaves the machine, and the workspace itself is not changed.
//
//   npm run release:dry [-- --plugin @radloom/feature-ngtdm]
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyWorkspace } from '@radloom/workspace-checks/copy';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const plugin = process.argv.includes('--plugin') ? process.argv[process.argv.indexOf('--plugin') + 1] : '@radloom/feature-ngtdm';
const home = mkdtempSync(join(tmpdir(), 'radloom-release-'));
const checks = { passed: 0, failed: 0 };
const say = (text) => process.stdout.write(`${text}\n`);
const check = (what, holds, more = '') => {
  checks[holds ? 'passed' : 'failed']++;
  say(`${holds ? 'ok    ' : 'FAILED'} ${what}${holds || more === '' ? '' : `\n${more}`}`);
};
let environment = process.env;
const run = (command, args, cwd) => spawnSync(command, args, { cwd, env: environment, encoding: 'utf8', maxBuffer: 1 << 28 });

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** Starts verdaccio with an empty storage and no way to other registries; null where it cannot be installed. */
async function startRegistry() {
  const folder = join(home, 'registry');
  mkdirSync(folder);
  // Without the override a tag that the registry may lack is asked for.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { verdaccio: '6.8.0' }, overrides: { 'node-fetch': '2.7.0' } }));
  if (run('npm', ['install', '--no-audit', '--no-fund'], folder).status !== 0) return null;
  const port = await freePort();
  const access = { access: '$all', publish: '$all', unpublish: '$all' };
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ storage: join(folder, 'storage'), web: { enable: false }, uplinks: {}, packages: { '@*/*': access, '**': access }, log: { type: 'stdout', format: 'pretty', level: 'error' } }));
  const server = spawn(process.execPath, [join(folder, 'node_modules', 'verdaccio', 'bin', 'verdaccio'), '--config', join(folder, 'config.json'), '--listen', `127.0.0.1:${port}`], { cwd: folder, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/`;
  for (let i = 0; i < 100; i++) {
    try {
      if ((await fetch(`${url}-/ping`)).ok) return { url, port, stop: () => server.kill() };
    } catch {
      // Not up yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  server.kill();
  throw new Error('The registry did not start.');
}

/** Every public package of the workspace: name, version, folder. */
function publicPackages(copy) {
  const files = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*package.json'], root).stdout.split('\0').filter((file) => /^(packages|apps|tools)\/.*package\.json$/.test(file) && existsSync(join(copy, file)));
  return files.map((file) => ({ ...JSON.parse(readFileSync(join(copy, file), 'utf8')), folder: dirname(file) })).filter((found) => found.private !== true && typeof found.name === 'string');
}

/** Versions on the registry, by package. */
async function published(registry, names) {
  const found = [];
  for (const name of names) {
    // The registry drops idle connections: none is kept.
    const answer = await fetch(registry.url + name.replace('/', '%2f'), { headers: { connection: 'close' } });
    found.push([name, answer.ok ? Object.keys((await answer.json()).versions) : []]);
  }
  return new Map(found);
}

const registry = await startRegistry();
try {
  if (registry === null) {
    say('SKIPPED: the registry for the rehearsal (verdaccio) cannot be installed here.\n0 passed, 0 failed, 1 skipped');
  } else {
    const copy = copyWorkspace();
    try {
      await rehearse(copy);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
    say(`${checks.passed} passed, ${checks.failed} failed, 0 skipped`);
    process.exitCode = checks.failed > 0 ? 1 : 0;
  }
} finally {
  registry?.stop();
  rmSync(home, { recursive: true, force: true });
}

async function rehearse(copy) {
  const packages = publicPackages(copy);
  for (const { folder } of packages) if (existsSync(join(root, folder, 'dist'))) cpSync(join(root, folder, 'dist'), join(copy, folder, 'dist'), { recursive: true });
  appendFileSync(join(copy, '.gitignore'), '\nnode_modules\n');
  appendFileSync(join(copy, '.npmrc'), `\nregistry=${registry.url}\n//127.0.0.1:${registry.port}/:_authToken=rehearsal\n`);
  environment = { ...process.env, npm_config_registry: registry.url, npm_config_userconfig: join(copy, '.npmrc') };
  const git = (...args) => run('git', ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@example.org', ...args], copy);
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');
  const changeset = (...args) => run(process.execPath, [join(root, 'node_modules', '@changesets', 'cli', 'bin.js'), ...args], copy);
  const names = packages.map(({ name }) => name);

  say(`Publishing all ${names.length} packages to an empty registry …`);
  const first = changeset('publish', '--no-git-tag');
  const before = await published(registry, names);
  check('every package is published', [...before.values()].every((versions) => versions.length === 1), first.stdout + first.stderr);

  writeFileSync(join(copy, '.changeset', 'rehearsal.md'), `---\n'${plugin}': minor\n---\n\nA rehearsal.\n`);
  const versioned = changeset('version');
  check('changesets versions the plugin', versioned.status === 0, versioned.stdout + versioned.stderr);
  const expected = JSON.parse(readFileSync(join(copy, packages.find(({ name }) => name === plugin).folder, 'package.json'), 'utf8')).version;
  changeset('publish', '--no-git-tag');
  const after = await published(registry, names);
  const anew = names.filter((name) => after.get(name).length !== before.get(name).length);
  check(`only ${plugin} is published anew, as ${expected}`, anew.join() === plugin && after.get(plugin).includes(expected), `published anew: ${anew.join(', ')}`);

  for (const { name, folder } of packages) checkFiles(name, join(copy, folder));
  installAndUse();
}

/** What a package brings: no tests, no sources, nothing of others; its licence and README. */
function checkFiles(name, folder) {
  const [{ files }] = JSON.parse(run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], folder).stdout);
  const paths = files.map(({ path }) => path);
  const strange = paths.filter((path) => /\.test\.|(^|\/)testing\/|^node_modules\//.test(path) || (path.endsWith('.ts') && !path.endsWith('.d.ts')));
  const missing = ['package.json', 'README.md', 'LICENSE'].filter((file) => !paths.includes(file));
  check(`${name}: ${paths.length} files, built code with licence and README`, strange.length === 0 && missing.length === 0, `strange: ${strange.join(', ')}; missing: ${missing.join(', ')}`);
}

/** Installs the plugin outside the workspace and computes with it. Other people's packages come from where npm finds them. */
function installAndUse() {
  const folder = join(home, 'elsewhere');
  mkdirSync(folder);
  environment = process.env;
  writeFileSync(join(folder, '.npmrc'), `@radloom:registry=${registry.url}\n`);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const installed = run('npm', ['install', '--no-audit', '--no-fund', plugin, '@radloom/core', '@radloom/standard'], folder);
  check('npm installs it in an empty folder', installed.status === 0, installed.stderr);
  writeFileSync(join(folder, 'use.js'), `
import { makeGeometry, makeVolume } from '@radloom/core';
import { extract } from '@radloom/standard';
const geometry = makeGeometry({ size: [9, 9, 9] });
const image = makeVolume(geometry, Int16Array.from({ length: 729 }, (_, i) => 40 * ((i * 7) % 5)));
const mask = makeVolume(geometry, Uint8Array.from({ length: 729 }, (_, i) => (i % 9 > 1 && i % 9 < 7 ? 1 : 0)));
const { features } = await extract({ image, mask });
console.log(JSON.stringify(features.filter(({ family }) => family === 'ngtdm').map(({ name, value }) => [name, value])));
`);
  const used = run(process.execPath, ['use.js'], folder);
  const values = used.status === 0 ? JSON.parse(used.stdout) : [];
  check('it computes features there', values.length === 5 && values.every(([, value]) => Number.isFinite(value)), used.stderr);
  const version = JSON.parse(readFileSync(join(folder, 'node_modules', plugin, 'package.json'), 'utf8')).version;
  check(`it is the version just published (${version}), the only copy`, run('npm', ['ls', plugin, '--all'], folder).stdout.match(new RegExp(`${plugin}@`, 'g')) !== null && !existsSync(join(folder, 'node_modules', '@radloom', 'standard', 'node_modules')), relative(home, folder));
}

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/**
 * A registry on loopback with an empty storage and no way to other registries.
 * @param {string} folder where it is installed and keeps what is published
 * @returns {Promise<{ url: string, storage: string, environment: NodeJS.ProcessEnv, stop(): void, versions(names: string[]): Promise<Map<string, string[]>> } | null>}
 *          `environment`: in it, npm knows this registry and no other, whatever the person's own settings and keys are; null where verdaccio
 *          cannot be installed
 */
export async function startRegistry(folder) {
  mkdirSync(folder);
  // Without the override a tag that the registry may lack is asked for.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { verdaccio: '6.8.0' }, overrides: { 'node-fetch': '2.7.0' } }));
  if (spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: folder }).status !== 0) return null;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const access = { access: '$all', publish: '$all', unpublish: '$all' };
  const storage = join(folder, 'storage');
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ storage, web: { enable: false }, uplinks: {}, packages: { '@*/*': access, '**': access }, log: { type: 'stdout', format: 'pretty', level: 'error' } }));
  writeFileSync(join(folder, 'npmrc'), `registry=${url}\n@radloom:registry=${url}\n//127.0.0.1:${port}/:_authToken=rehearsal\n`);
  const server = spawn(process.execPath, [join(folder, 'node_modules', 'verdaccio', 'bin', 'verdaccio'), '--config', join(folder, 'config.json'), '--listen', `127.0.0.1:${port}`], { cwd: folder, stdio: 'ignore' });
  const { NPM_TOKEN: _token, NODE_AUTH_TOKEN: _other, ...rest } = process.env;
  const registry = {
    url,
    storage,
    environment: { ...rest, npm_config_registry: url, npm_config_userconfig: join(folder, 'npmrc'), npm_config_globalconfig: join(folder, 'none') },
    stop: () => server.kill(),
    async versions(names) {
      const found = new Map();
      for (const name of names) {
        // The registry drops idle connections: none is kept.
        const answer = await fetch(url + name.replace('/', '%2f'), { headers: { connection: 'close' } });
        found.set(name, answer.ok ? Object.keys((await answer.json()).versions) : []);
      }
      return found;
    },
  };
  for (let i = 0; i < 150; i++) {
    try {
      if ((await fetch(`${url}-/ping`)).ok) return registry;
    } catch {
      // Not up yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  server.kill();
  throw new Error('The registry did not start.');
}

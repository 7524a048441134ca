import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files of a package that change what its users get; tests, notes and the names of developers' tools do not. */
const published = /^(src|bin|wasm|scripts)\/(?!testing\/)(?!.*\.test\.[jt]s$)/;

/**
 * Public packages that a change reaches without a changeset that names them. Changesets itself is content with any one changeset: a changed
 * package that another's changeset leaves out would silently stay out of the release, and whoever needs it would get the old one.
 *
 * @param {string} root the repository
 * @param {string} base the revision to compare with
 * @returns {{ changed: string[], missing: string[] }} package names, sorted
 */
export function checkChangesets(root, base) {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  const lines = (text) => text.split('\n').filter((line) => line !== '');
  const files = [...new Set([...lines(git('diff', '--name-only', base)), ...lines(git('ls-files', '--others', '--exclude-standard'))])].sort();
  const before = (file) => {
    try {
      return execFileSync('git', ['show', `${base}:${file}`], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    } catch {
      return undefined;
    }
  };
  const changed = new Set();
  for (const file of files) {
    const folder = packageOf(root, file);
    if (folder === undefined) continue;
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const inside = file.slice(folder.length + 1);
    const counts = inside === 'package.json' ? facts(JSON.stringify(manifest)) !== facts(before(file)) : published.test(inside);
    if (manifest.private !== true && counts) changed.add(manifest.name);
  }
  const named = new Set(files.filter((file) => /^\.changeset\/(?!README)[^/]+\.md$/.test(file) && existsSync(join(root, file))).flatMap((file) => names(readFileSync(join(root, file), 'utf8'))));
  return { changed: [...changed].sort(), missing: [...changed].filter((name) => !named.has(name)).sort() };
}

/** The folder of the package that a file belongs to; undefined for files of the workspace itself. */
function packageOf(root, file) {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) if (existsSync(join(root, folder, 'package.json'))) return folder;
  return undefined;
}

/** What of a package.json its users see. */
function facts(text) {
  if (text === undefined) return undefined;
  const { devDependencies: _tools, scripts: _scripts, ...seen } = JSON.parse(text);
  return JSON.stringify(seen);
}

/** Packages in the front matter of a changeset. */
const names = (text) => [...(/^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '').matchAll(/^\s*['"]?([^'":\s]+)['"]?\s*:/gm)].map(([, name]) => name);

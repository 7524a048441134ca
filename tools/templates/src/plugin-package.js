import { kinds, ownFiles, workspaceFiles } from './package-files.js';
import { sources } from './sources.js';

function checked({ kind, name, summary }) {
  if (!Object.hasOwn(kinds, kind)) throw new Error(`There is no template for ${kind}. Known: ${Object.keys(kinds).join(', ')}.`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Error(`${name} cannot name a plugin: use lower case letters, digits and hyphens.`);
  if (summary !== undefined && (summary.length <= 10 || summary.includes('\n'))) throw new Error('The summary is one sentence, on one line.');
  return kinds[kind];
}

/**
 * Every file of a new package of the workspace, ready to pass its contract tests.
 * @param {{ kind: string, name: string, summary?: string }} plugin `kind` as in `kinds`
 * @returns {{ folder: string, files: Record<string, string> }} files by path inside the folder; the licence is the caller's to add
 */
export function workspacePackage(plugin) {
  const { folder: parent, prefix, kind } = checked(plugin);
  const folder = `${parent}/${plugin.name}`;
  const packageName = `@radloom/${prefix}${plugin.name}`;
  const { sources: files, description } = sources[plugin.kind]({ ...plugin, packageName });
  return { folder, files: { ...workspaceFiles({ packageName, description, folder, kind }), ...files } };
}

/**
 * Every file of a new package that stands in a repository of its own.
 * @param {{ kind: string, name: string, packageName: string, summary?: string }} plugin
 * @returns {Record<string, string>} files by path
 */
export function ownPackage(plugin) {
  checked(plugin);
  const { sources: files, description } = sources[plugin.kind](plugin);
  return { ...ownFiles({ packageName: plugin.packageName, description }), ...files, 'README.md': files['README.md'] + development };
}

const development = `
## Development

\`\`\`sh
npm install
npm test        # builds, then the worked example, the invariants and the contract tests
npm run lint    # types
\`\`\`

A study uses it from its folder as \`plugins: [./path/to/this/folder]\`, and by its package name once it is installed beside the study.
`;

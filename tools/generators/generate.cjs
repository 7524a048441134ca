// nx loads generators with require; the work is in ES modules.
const { execFileSync } = require('node:child_process');

/** @param {string} kind */
function generator(kind) {
  return async (tree, options) => {
    const { workspacePackage } = await import('@radloom/plugin-templates');
    const licence = tree.read('LICENSE', 'utf8');
    const { folder, files } = workspacePackage({ kind, name: options.name, summary: options.summary });
    if (tree.exists(`${folder}/package.json`)) throw new Error(`${folder} exists already. Choose another name.`);
    for (const [file, content] of Object.entries({ ...files, LICENSE: licence })) tree.write(`${folder}/${file}`, content);
    return () => {
      if (options.install === false) return;
      // Without this `npm ci` refuses the workspace: the lock file does not know the new package.
      execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund'], { cwd: tree.root, stdio: 'inherit' });
    };
  };
}

module.exports = {
  featureFamily: generator('feature-family'),
  filter: generator('filter'),
  transform: generator('transform'),
  selector: generator('selector'),
  classifier: generator('classifier'),
};

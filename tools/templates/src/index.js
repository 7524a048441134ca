export { kinds } from './package-files.js';
export { ownPackage, workspacePackage } from './plugin-package.js';

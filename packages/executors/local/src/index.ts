export { localExecutor, type LocalExecutorOptions } from './executor.js';
export { findPlugins, loadPlugins, numerics, type PluginRequest } from './plugins.js';
export { unitWork, type WorkOptions } from './work.js';
export { readFiles } from './files.js';
export { useNativeCode } from './native.js';

export { type FilesystemStore, open, openFilesystemStore } from './store.js';
export { openInputFiles, type InputFilesOptions } from './inputs.js';
export { type Look, lookAt } from './look.js';

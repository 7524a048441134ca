export * from './filtering/index.js';
export * from './grid/index.js';
export * from './surface/index.js';
export * from './texture/index.js';

export * from './agreement/index.js';
export * from './correlation/index.js';
export * from './distributions/index.js';
export * from './metrics/index.js';
export * from './penalised/index.js';
export * from './regression/index.js';
export * from './roc/index.js';
export * from './tests/index.js';

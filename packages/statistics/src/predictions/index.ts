export { clusteredBootstrap } from './clustered-bootstrap.js';
export { intervalName, type PooledPredictions, pooledSeed, poolPredictions, repeatedRowsNote, whyUnusable } from './pool.js';
export { replicateLimits } from './replicate-limits.js';

export { clustersAt, type Clusters, clustersOf, clusterSums } from './clusters.js';
export { valuesByRow } from './groups.js';
export { permutationImportance } from './permutation-importance.js';
export { strataOf, type Stratum } from './strata.js';

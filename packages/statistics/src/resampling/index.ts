export { valuesByRow } from './groups.js';
export { permutationImportance } from './permutation-importance.js';
export { strataOf, type Stratum } from './strata.js';

export { nogueiraStability, type SelectionStability } from './nogueira.js';

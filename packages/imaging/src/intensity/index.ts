export { type Distribution, distribution } from './distribution.js';

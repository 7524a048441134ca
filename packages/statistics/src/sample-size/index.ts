export { largestCoxSnell, type RileySettings, type RileySize, rileySize } from './riley.js';

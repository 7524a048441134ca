// What the smaller bundle holds: one region straight through, and the work on a case of many.
export { extractQuickly } from './commands/extract-quickly.js';
export { workOn } from './work.js';

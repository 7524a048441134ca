export { categoryDifference } from './category-difference.js';
export { type ColumnComparison, compareColumn, measureOf } from './column.js';
export { compareNumbers, type NumberComparison } from './numbers.js';
export type { ComparisonRules, ComparisonTest } from './rules.js';

export { type CorrelationScan, correlationScan, type CorrelationScanOptions } from './scan.js';
export type { CorrelationMethod } from './columns.js';

export { type CorrelationScan, correlationScan, type CorrelationScanOptions } from './scan.js';

import { diagnosticColumns, type Extraction, type FeatureColumn } from '@radloom/standard';
import type { PyRadiomicsParams } from '@radloom/study';
import { type Cell, cellOf, type Column } from '../tables/table.js';

/** Columns of which the diagnostics hold numbers; the others are lists and texts. */
const numericDiagnostic = /_(Mean|Minimum|Maximum|VoxelNum|VolumeNum)$/;

/** What is measured of a case, as columns: PyRadiomics' diagnostics, then the features; the same whatever happens to the cases. */
export function measuredColumns(params: PyRadiomicsParams, features: readonly FeatureColumn[]): Column[] {
  return [
    ...diagnosticColumns(params).map((name): Column => ({ name, kind: numericDiagnostic.test(name) ? 'number' : 'text' })),
    ...features.map(({ name }): Column => ({ name, kind: 'number' })),
  ];
}

/** One case's cells in these columns. */
export function measuredCells(params: PyRadiomicsParams, { diagnostics, features }: Extraction): Cell[] {
  return [...diagnosticColumns(params).map((name) => cellOf(diagnostics[name])), ...features.map(({ value }) => cellOf(value))];
}

export const reasonColumns: readonly Column[] = [...['case', 'feature', 'code', 'sentence', 'Mask'].map((name): Column => ({ name, kind: 'text' })), { name: 'Label', kind: 'number' }];

/** Why values of a case are missing: one row for each that is not defined. */
export function reasonRows({ features }: Extraction, { image, mask, label }: { readonly image: Cell; readonly mask: Cell; readonly label: Cell }): Cell[][] {
  return features.flatMap(({ name, reason }) => (reason === undefined ? [] : [[image, name, reason.code, reason.text, mask, label]]));
}

/** Features, reasons and diagnostics of one case as JSON has them; a value that is not defined is null and has its reason. */
export function jsonOf({ features, diagnostics }: Extraction): Record<string, unknown> {
  return {
    features: Object.fromEntries(features.map(({ name, value }) => [name, Number.isFinite(value) ? value : null])),
    reasons: Object.fromEntries(features.flatMap(({ name, reason }) => (reason === undefined ? [] : [[name, reason]]))),
    diagnostics,
  };
}

import type { Failure } from '@radloom/core';
import type { CaseSettings } from '@radloom/standard';
import type { PyRadiomicsParams } from '@radloom/study';
import { type LabelChoice, maskLabels } from './batch-labels.js';
import type { BatchRow } from './batch-rows.js';
import type { ResolvedFiles } from './extract-inputs.js';

/** One region to extract: a row with one label. */
export interface BatchCase {
  /** Where it stands in the table: files are named after patients too often to be named in logs. */
  readonly id: string;
  readonly row: BatchRow;
  readonly label: number;
  /** What the segmentation's file calls the region. */
  readonly roi: string | null;
  readonly image: ResolvedFiles | { readonly failure: Failure };
  readonly segmentation: ResolvedFiles | { readonly failure: Failure };
  readonly settings: CaseSettings;
}

/** Rows as cases: one a row, or one a label. A row without any label stays one case, which then says why. */
export async function casesOf(rows: readonly BatchRow[], choice: LabelChoice, params: PyRadiomicsParams): Promise<BatchCase[]> {
  const look = maskLabels(choice === 'all' ? 'labels' : 'names');
  const cases: BatchCase[] = [];
  for (const row of rows) {
    const own = row.label ?? params.label;
    const channel = row.labelChannel ?? params.labelChannel;
    const inside = 'failure' in row.maskFiles ? undefined : await look(row.maskFiles, channel);
    const wanted = choice === 'own' ? [own] : choice === 'all' ? (inside?.labels ?? []) : choice;
    const labels = wanted.length === 0 ? [own] : wanted;
    for (const label of labels) {
      cases.push({
        id: labels.length === 1 ? `row ${row.line}` : `row ${row.line}, label ${label}`,
        row,
        label,
        roi: inside?.names.get(label) ?? null,
        image: row.imageFiles,
        segmentation: row.maskFiles,
        settings: { ...readerIn('imageReader', row.imageFiles), ...readerIn('segmentationReader', row.maskFiles), label, ...(channel === undefined ? {} : { labelChannel: channel }) },
      });
    }
  }
  return cases;
}

function readerIn(name: 'imageReader' | 'segmentationReader', found: BatchCase['image']): CaseSettings {
  return 'failure' in found ? {} : { [name]: found.reader };
}

/** The readers that most cases need. */
export function commonReaders(cases: readonly BatchCase[]): { readonly imageReader: string; readonly segmentationReader: string } {
  const most = (pick: (settings: CaseSettings) => string | undefined): string => {
    const counts = new Map<string, number>();
    for (const { settings } of cases) {
      const reader = pick(settings);
      if (reader !== undefined) counts.set(reader, (counts.get(reader) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'reader/nrrd';
  };
  return { imageReader: most((settings) => settings.imageReader), segmentationReader: most((settings) => settings.segmentationReader) };
}

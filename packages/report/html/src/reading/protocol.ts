import type { Overview } from './overviews.js';

/** One fact of the acquisition over all cases. */
export interface ProtocolFact {
  /** A DICOM keyword, or `pixelSpacing`, `sliceDistance`, `matrix`, `slices` of the grid. */
  readonly key: string;
  readonly known: number;
  readonly values: ProtocolValues;
}

/** Counts of each value, most frequent first; or the spread where there are many numbers. */
export type ProtocolValues =
  | { readonly kind: 'counts'; readonly counts: readonly { readonly value: string | number; readonly count: number }[] }
  | { readonly kind: 'spread'; readonly median: number; readonly minimum: number; readonly maximum: number };

/** A case that was scanned unlike the others. */
export interface ProtocolOutlier {
  readonly case: string;
  readonly image: string;
  readonly key: string;
  readonly value: string | number;
  /** What is usual. */
  readonly usual: string | number;
}

/** More different numbers than this are given as median and range. */
const countedValues = 6;

/** A value that at least this part of the cases has is usual; others are then outliers. */
const usualPart = 0.75;

/** Robust standard deviations (1.4826 times the median absolute deviation) from the median beyond which a number is an outlier. */
const farAway = 3.5;

/** Smaller differences than this part of the median are none. */
const sameWithin = 0.1;

const keywords = [
  'Modality', 'Manufacturer', 'ManufacturerModelName', 'KVP', 'ConvolutionKernel', 'FilterType', 'MagneticFieldStrength', 'RepetitionTime', 'EchoTime', 'FlipAngle', 'SliceThickness',
  'SpacingBetweenSlices', 'ReconstructionDiameter', 'GantryDetectorTilt', 'BodyPartExamined', 'PatientPosition', 'RescaleType', 'Units',
];

/** Differences of these say nothing of quality: how large a field was scanned, over how many slices, under which model name. */
const neverOutlying = new Set(['slices', 'ManufacturerModelName', 'RescaleType', 'BodyPartExamined']);

export function protocolFacts(cases: readonly Overview[]): ProtocolFact[] {
  return facts(cases).flatMap(({ key, values }) => {
    const known = values.filter((entry): entry is { overview: Overview; value: string | number } => entry.value !== undefined);
    return known.length === 0 ? [] : [{ key, known: known.length, values: summarise(known.map(({ value }) => value)) }];
  });
}

/** In the order of the facts, then of the cases. */
export function protocolOutliers(cases: readonly Overview[]): ProtocolOutlier[] {
  return facts(cases).flatMap(({ key, values }) => {
    if (neverOutlying.has(key)) return [];
    const known = values.filter((entry): entry is { overview: Overview; value: string | number } => entry.value !== undefined);
    const usual = usualValue(known.map(({ value }) => value));
    if (usual === undefined) return [];
    return known.filter(({ value }) => usual.isFar(value)).map(({ overview, value }) => ({ case: overview.case, image: overview.image, key, value, usual: usual.value }));
  });
}

function facts(cases: readonly Overview[]): { key: string; values: { overview: Overview; value: string | number | undefined }[] }[] {
  const every = (key: string, value: (overview: Overview) => string | number | undefined) => ({ key, values: cases.map((overview) => ({ overview, value: value(overview) })) });
  return [
    ...keywords.map((key) => every(key, (overview) => overview.acquisition.get(key))),
    every('pixelSpacing', ({ spacing }) => rounded(spacing[0])),
    every('sliceDistance', ({ spacing }) => rounded(spacing[2])),
    every('matrix', ({ size }) => (size.length === 3 ? `${size[0]} × ${size[1]}` : undefined)),
    every('slices', ({ size }) => size[2]),
  ];
}

/** To a thousandth: header texts of one protocol differ in the last digits. */
const rounded = (value: number | undefined) => (value === undefined ? undefined : Math.round(value * 1000) / 1000);

function summarise(values: readonly (string | number)[]): ProtocolValues {
  const counts = countsOf(values);
  const numbers = values.filter((value) => typeof value === 'number');
  if (counts.length <= countedValues || numbers.length < values.length) return { kind: 'counts', counts };
  return { kind: 'spread', median: median(numbers), minimum: Math.min(...numbers), maximum: Math.max(...numbers) };
}

function countsOf(values: readonly (string | number)[]): { value: string | number; count: number }[] {
  const counts = new Map<string | number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function usualValue(values: readonly (string | number)[]): { value: string | number; isFar(value: string | number): boolean } | undefined {
  if (values.length < 4) return undefined;
  const [most] = countsOf(values);
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === values.length) {
    const middle = median(numbers);
    const spread = 1.4826 * median(numbers.map((value) => Math.abs(value - middle)));
    return { value: middle, isFar: (value) => Math.abs(Number(value) - middle) > Math.max(farAway * spread, sameWithin * Math.abs(middle)) };
  }
  return most.count / values.length >= usualPart ? { value: most.value, isFar: (value) => value !== most.value } : undefined;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[Math.floor(half)];
}

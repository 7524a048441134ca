import type { Metric } from '@radloom/core';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly level: number;
  readonly bootstrap: number;
  readonly span: number;
  readonly points: number;
  readonly bins: number;
  readonly groups: number;
  readonly clip: number;
}

/** Something about a number that a reader must know. */
export interface Note {
  readonly code: string;
  readonly text: string;
}

/** One part of what is found: numbers, the plain data behind them, and notes. */
export interface Part {
  readonly metrics: readonly Metric[];
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly notes?: readonly Note[];
}

export const undefinedMetric = (name: string, reason: NonNullable<Metric['reason']>): Metric => ({ name, value: NaN, reason });

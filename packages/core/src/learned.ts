import { type Digest } from './digest.js';
import type { Partition } from './table.js';

/** Something fitted on training rows: a scaler, a selection, a classifier. */
export interface Model {
  readonly type: 'model';
  /** The plugin that fitted it, `selector/lasso`, and the only one that can read `state`. */
  readonly plugin: string;
  /** Raised by the plugin when `state` changes its form. */
  readonly version: number;
  /** Columns it needs at prediction, in order. */
  readonly predictors: readonly string[];
  /** The rows it was fitted on, by id, so that rows that taught it are known when they come back. */
  readonly fittedOn: Partition & {
    readonly rows: readonly string[];
    /** Whose rows they are, where that is more than their ids. */
    readonly patients?: readonly string[];
  };
  /** Plain data: numbers, strings, arrays, typed arrays, objects of these. */
  readonly state: Readonly<Record<string, unknown>>;
  /** Facts for people and reports (a path, a chosen lambda), same form as `state`. */
  readonly summary?: Readonly<Record<string, unknown>>;
}

/** Probabilities of the event, row by row. */
export interface Predictions {
  readonly type: 'predictions';
  /** What the report calls the model: `random-forest`. */
  readonly model: string;
  readonly rows: readonly string[];
  /** Per row whose it is, where some patient has several; otherwise each row is a patient of its own. */
  readonly patients?: readonly string[];
  /** 1 event, 0 none. */
  readonly outcome: Uint8Array;
  /** Probability of the event; one per row. */
  readonly probability: Float64Array;
  /** How the rows stand to the model: `training` rows taught it, `out-of-fold` rows were held out in turn, `test` rows it never saw. */
  readonly role: 'training' | 'out-of-fold' | 'test';
  readonly partition: Partition;
  /** Digest of the rows that taught the model; for out-of-fold predictions, of all rows taking turns. */
  readonly fittedOn: Digest;
  /** Decides between classes; fixed on training rows. */
  readonly threshold: number;
  /** Per row, where rows that a threshold was chosen on are judged each by one that it had no part in. */
  readonly thresholds?: Float64Array;
  /** Settings that were tried or chosen, for the report. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** One number with its uncertainty. */
export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  /** `DeLong`, `Wilson`, `bootstrap (stratified, 2000)`. */
  readonly interval?: string;
  /** Why `value` is NaN. */
  readonly reason?: { readonly code: string; readonly text: string };
}

/** What an evaluation found, one entry per model and role. */
export interface Metrics {
  readonly type: 'metrics';
  /** `discrimination`, `calibration`. */
  readonly family: string;
  readonly entries: readonly {
    readonly model: string;
    readonly role: Predictions['role'];
    readonly rows: number;
    readonly events: number;
    readonly metrics: readonly Metric[];
    /** Curves and counts behind the numbers, plain data. */
    readonly detail: Readonly<Record<string, unknown>>;
  }[];
}

/** A picture: SVG, with the words a reader needs who cannot see it. */
export interface Figure {
  readonly type: 'figure';
  /** File name without ending: `roc-test`. */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  /** What the picture shows, in words. */
  readonly alternative: string;
  readonly svg: string;
}

/** A file for people or programs. */
export interface Document {
  readonly type: 'document';
  /** File name: `report.html`. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Plain data handed from step to step: fold assignments, a chosen hyperparameter setting. */
export interface Plain {
  readonly type: 'data';
  readonly value: unknown;
}

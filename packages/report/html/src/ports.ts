import type { Ports } from '@radloom/core';
import { z } from 'zod';
import { languages } from './language.js';

export const params = z.strictObject({
  language: z.enum(languages).default('en').describe('Language of the report: en English, zh Chinese'),
  decimals: z.int().min(2).max(4).default(3).describe('Decimals of rates, probabilities and their bounds'),
});

export type Params = z.output<typeof params>;

export const inputs = {
  study: { type: 'data' },
  table: { type: 'table', partition: 'any', optional: true },
  models: { type: 'model', many: true, optional: true },
  choices: { type: 'data', many: true, optional: true },
  predictions: { type: 'predictions', many: true, partition: 'any', optional: true },
  metrics: { type: 'metrics', many: true, optional: true },
  /** Discrimination of the same analysis where there was nothing to learn, by the control's name. */
  controls: { type: 'metrics', many: true, optional: true },
  /** Discrimination of the same analysis on folds of all cases, each tested by models that never saw it. */
  nested: { type: 'metrics', many: true, optional: true },
  /** What each case looks like: one entry a case and image, named by the image. */
  overviews: { type: 'data', many: true, optional: true },
  /** Facts and tables of other steps, known by their `family`. */
  data: { type: 'data', many: true, optional: true },
} as const satisfies Ports;

export const outputs = {
  report: { type: 'document' },
  figures: { type: 'data' },
  tables: { type: 'data' },
} as const satisfies Ports;

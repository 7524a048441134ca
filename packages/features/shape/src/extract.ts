import type { Extract } from '@radloom/core';
import { formulas, type Settings } from './features.js';

/** Shape of the region before re-segmentation; what several features need is computed once a mask. */
export const extract: Extract<Settings> = (region, { include, covarianceDivisor }) => {
  const mask = region.morphologyMask;
  return Object.fromEntries(include.map((name) => [name, formulas[name](mask, covarianceDivisor)]));
};

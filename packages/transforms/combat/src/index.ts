import { defineTransform, type Plugin } from '@radloom/core';
import { name, params, summary } from './settings.js';

const transform = defineTransform({ name, summary, params, load: () => import('./harmonise.js') });
const { fit, apply } = transform.operations;

/** The batch is no predictor, so it need not stand in the table itself. */
const groups = { type: 'table', partition: 'any', optional: true } as const;

const plugin: Plugin = {
  ...transform,
  /** The setting that names the column of the input `groups`. */
  about: { groupsBy: 'batch' },
  operations: {
    fit: { inputs: { ...fit.inputs, groups }, outputs: fit.outputs, load: async () => (await import('./operations.js')).fit },
    apply: { inputs: { ...apply.inputs, groups }, outputs: apply.outputs, load: async () => (await import('./operations.js')).apply },
  },
};

export default plugin;

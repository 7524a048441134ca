import { defineSelector, type Operation, type Table } from '@radloom/core';
import { agreeing } from './select.js';
import { name, params, summary } from './settings.js';

/** The selector's operation `fit` with the second reader's table beside the training rows. */
export const fit: Operation = async (inputs, settings, ctx) => {
  const second = inputs.second as Table | undefined;
  const selector = defineSelector({ name, summary, params, load: async () => ({ select: (table, own, context) => agreeing(table, second, own, context) }) });
  return (await selector.operations.fit.load())(inputs, settings, ctx);
};

import { defineTransform, type Operation, type Table } from '@radloom/core';
import { adjust, learn } from './harmonise.js';
import { name, params, summary } from './settings.js';

/** The transform with the batch read from `holder`, the table itself where there is none. */
const withBatches = (holder: Table | undefined) =>
  defineTransform({ name, summary, params, load: async () => ({ fit: (table, settings, ctx) => learn(table, holder ?? table, settings, ctx), apply: (model, table, settings) => adjust(model, table, holder ?? table, settings) }) });

/** The transform's operations with the input `groups` beside the rows. */
export const fit: Operation = async (inputs, settings, ctx) => (await withBatches(inputs.groups as Table | undefined).operations.fit.load())(inputs, settings, ctx);
export const apply: Operation = async (inputs, settings, ctx) => (await withBatches(inputs.groups as Table | undefined).operations.apply.load())(inputs, settings, ctx);

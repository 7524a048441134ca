import { type Context, type Params, predictorNames, random, type Table, withColumns } from '@radloom/core';

/** The same rows and outcomes, every predictor replaced by standard normal numbers; no value is missing any more. */
export function replace({ table }: { readonly table: Table }, _params: Params, ctx: Context): { table: Table } {
  const stream = random(ctx.seed);
  const names = predictorNames(table);
  const noise = names.map((name) => ({ kind: 'numeric' as const, name, values: Float64Array.from(table.rows, () => stream.normal()) }));
  const replaced = new Set(names);
  return { table: { ...withColumns(table, noise), partition: table.partition, reasons: table.reasons.filter(([, name]) => !replaced.has(name)) } };
}

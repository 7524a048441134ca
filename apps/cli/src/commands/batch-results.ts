import { decodePort, type PortValue } from '@radloom/core';
import { type Cache, cacheLost, type Plan, type PlannedCase } from '@radloom/engine';

/** A case's outputs by `step.output`, its record read once; those that could not be computed are absent. */
export async function caseOutputs(plan: Plan, entry: PlannedCase, cache: Cache, wanted: readonly { readonly step: string; readonly output: string }[]): Promise<Map<string, PortValue>> {
  const record = await cache.readRecord(entry.inputs.digest);
  const outputs = new Map<string, PortValue>();
  const places = await entry.outputs(wanted, cache);
  for (const [i, { step, output }] of wanted.entries()) {
    const found = places[i];
    if ('failure' in found) continue;
    const bytes = record?.inline(found.stored.digest) ?? (await cache.readBlob(found.stored.digest));
    if (bytes === undefined) throw cacheLost(found.stored.digest, found.record);
    outputs.set(`${step}.${output}`, decodePort(plan.template.byId.get(step)!.outputs[output].type, bytes));
  }
  return outputs;
}

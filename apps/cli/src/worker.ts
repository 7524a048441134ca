import { workerData } from 'node:worker_threads';
import type { Unit, UnitResult } from '@radloom/engine';
import { bundled } from './bundled.js';
import type * as Work from './work.js';

const found = bundled<typeof Work>('extract', 'work');
const { workOn } = found?.exports ?? (await import('./work.js'));
// piscina hands `workerData` on as [its own, ours].
const work = workOn((Array.isArray(workerData) ? workerData[1] : workerData) as Work.WorkSetup);
let kept = false;

/** Runs one unit in this thread. */
export default async function runUnit(unit: Unit): Promise<UnitResult> {
  const result = await work(unit);
  if (!kept) found?.keep();
  kept = true;
  return result;
}

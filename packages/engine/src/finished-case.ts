import type { Digest, Failure } from '@radloom/core';
import type { CaseInputs } from './case-inputs.js';
import { CasePlan } from './case-plan.js';
import type { CaseRow, CaseRows } from './case-rows.js';
import type { CaseSlice, Gather } from './case-slice.js';
import { cacheLost } from './lost.js';
import { type CaseOutput, gatheredDigest, type NodeState, type PlannedCase } from './planned-case.js';
import type { RecordView } from './record.js';
import type { Cache } from './store.js';

const noFailures: ReadonlyMap<string, Failure> = new Map();

/** A case that is finished in every step: all that planning needs of it is its row. Its record is read when values are asked for. */
export class FinishedCase implements PlannedCase {
  readonly complete = true;

  constructor(
    readonly slice: CaseSlice,
    readonly inputs: CaseInputs,
    private readonly head: Digest,
    private readonly row: CaseRow,
  ) {}

  get states(): readonly NodeState[] {
    return this.slice.allCached;
  }

  gathered({ id }: Gather): Digest {
    return this.row.gathered.get(id)!;
  }

  /** @throws `cache-lost` when the record is gone, or holds less by now */
  async outputs(ends: Gather['ends'], cache: Cache): Promise<CaseOutput[]> {
    const { slice, inputs, head } = this;
    const record = await cache.readRecord(inputs.digest);
    if (record === undefined) throw cacheLost(head, undefined);
    const byHead = outputsByHead(ends, slice, inputs, head, record);
    if (byHead !== undefined) return byHead;
    const planned = new CasePlan(slice, inputs, head, record);
    if (!planned.finished) throw cacheLost(head, undefined);
    return planned.outputs(ends);
  }

  failures(): ReadonlyMap<string, Failure> {
    return noFailures;
  }
}

/** Where the values are by a head of the record, which names every node of the slice; undefined when the record does not have it. */
function outputsByHead(ends: Gather['ends'], slice: CaseSlice, { digest }: CaseInputs, head: Digest, record: RecordView): CaseOutput[] | undefined {
  const positions = record.head(head);
  if (positions === undefined || positions.length !== slice.steps.length) return undefined;
  const stored = ends.map(({ step, output }) => record.output(positions[slice.position.get(step)!], output));
  return stored.includes(undefined) ? undefined : stored.map((found) => ({ stored: found!, record: digest }));
}

/** A case by its record: finished, as the record's heads or its keys say, or what is left of it. Finished ones are learned. */
export function caseOfRecord(slice: CaseSlice, inputs: CaseInputs, head: Digest, found: { readonly record: RecordView | undefined; readonly stamp: string | undefined }, rows: CaseRows, retryFailed: boolean): FinishedCase | CasePlan {
  const { record, stamp } = found;
  if (record !== undefined) {
    const gathers = slice.gathers.map(({ id, ends }) => [id, outputsByHead(ends, slice, inputs, head, record)] as const);
    const byHead = record.head(head) === undefined || gathers.some(([, outputs]) => outputs === undefined) ? undefined : new Map(gathers);
    if (byHead !== undefined) return new FinishedCase(slice, inputs, head, rows.learn(head, stamp, ({ id }) => gatheredDigest(byHead.get(id)!)));
  }
  const planned = new CasePlan(slice, inputs, head, record, { retryFailed });
  return planned.finished ? new FinishedCase(slice, inputs, head, rows.learn(head, stamp, (gather) => planned.gathered(gather))) : planned;
}

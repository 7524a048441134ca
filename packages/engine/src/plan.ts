import { digestBytes, type Digest, digestOf, encodePort, type PortValue } from '@radloom/core';
import { type CaseInputs, identifyCase } from './case-inputs.js';
import type { CasePlan } from './case-plan.js';
import { CaseRows } from './case-rows.js';
import { caseHead, type CaseSlice, makeCaseSlice } from './case-slice.js';
import { caseOfRecord, FinishedCase } from './finished-case.js';
import { planIdentity } from './keys.js';
import { mapWindow } from './parallel.js';
import type { PlannedCase } from './planned-case.js';
import type { RunOptions } from './run.js';
import { sharedFiles } from './shared-files.js';
import type { Cache } from './store.js';
import { makeTemplate, type Template } from './template.js';
import type { Workflow } from './workflow.js';

/** A workflow planned against a cache: cases are known node by node, cohort steps as far as their inputs are. */
export interface Plan {
  readonly template: Template;
  readonly planId: Digest;
  readonly slice: CaseSlice;
  /** A run puts the finished case in the place of the planned one. */
  readonly cases: PlannedCase[];
  /** What is remembered of finished cases. */
  readonly rows: CaseRows;
  /** Steps that repeat a publication by learning from rows they should not see, and all that follow. */
  readonly tainted: readonly string[];
  /** Values of the study's sources, with the report's facts filled in. */
  readonly values: CaseSlice['values'];
}

export async function plan(options: RunOptions): Promise<Plan> {
  const { workflow, registry, cache, numerics } = options;
  const template = makeTemplate(workflow, registry);
  const early = encodeValues(workflow, (found) => (found.kind === 'value' ? found.value : undefined));
  const slice = makeCaseSlice(template, numerics, early);
  const ids = workflow.dimensions.case ?? [];
  const inputs = await mapWindow(ids, (id) => identifyCase(id, workflow, options.files));
  for (const [name, value] of encodeValues(workflow, (found) => (found.kind === 'shared' ? sharedFiles(inputs, found.of) : undefined))) early.set(name, value);
  const planId = planIdentity(template, numerics, inputs.map((entry) => [entry.id, entry.digest]), [...early].map(([name, { digest }]) => [name, digest]));
  const tainted = template.steps.filter((step) => step.tainted).map((step) => step.step.id);
  const dataDigest = digestOf([inputs.map((entry) => [entry.id, entry.digest]), [...early].map(([name, { digest }]) => [name, digest])]);
  const facts = encodeValues(workflow, (found) => (found.kind === 'facts' ? found.value({ planId, dataDigest, tainted }) : undefined));
  const rows = await CaseRows.open(cache.bytes, slice);
  const cases = await planCases(slice, inputs, rows, options);
  await rows.save();
  return { template, planId, slice, cases, rows, tainted, values: new Map([...early, ...facts]) };
}

/** Cases whose row is remembered are known by the stamp of their record; the records of the others are read. */
async function planCases(slice: CaseSlice, inputs: readonly CaseInputs[], rows: CaseRows, { cache, retryFailed }: RunOptions): Promise<PlannedCase[]> {
  const stamps = await cache.bytes.stamps?.('records', inputs.map(({ digest }) => digest));
  return mapWindow(inputs, async (entry, i) => {
    const head = caseHead(slice, entry);
    const known = rows.find(head, stamps?.[i]);
    if (known !== undefined) return new FinishedCase(slice, entry, head, known);
    return caseOfRecord(slice, entry, head, { record: await cache.readRecord(entry.digest), stamp: stamps?.[i] }, rows, retryFailed === true);
  });
}

/** The case as its record has it after a unit was kept. The record is read again, since another study may have written it meanwhile. */
export async function finishedCase({ slice, inputs, head }: CasePlan, rows: CaseRows, cache: Cache): Promise<FinishedCase | undefined> {
  const [stamp] = (await cache.bytes.stamps?.('records', [inputs.digest])) ?? [];
  const found = caseOfRecord(slice, inputs, head, { record: await cache.readRecord(inputs.digest), stamp }, rows, false);
  return found instanceof FinishedCase ? found : undefined;
}

function encodeValues(workflow: Workflow, pick: (found: Workflow['sources'][string]) => PortValue | undefined): Map<string, { type: { from: 'value'; type: PortValue['type']; bytes: Uint8Array }; digest: Digest }> {
  const values = new Map<string, { type: { from: 'value'; type: PortValue['type']; bytes: Uint8Array }; digest: Digest }>();
  for (const [name, found] of Object.entries(workflow.sources)) {
    const value = pick(found);
    if (value === undefined) continue;
    const bytes = encodePort(value.type, value);
    values.set(name, { type: { from: 'value', type: value.type, bytes }, digest: digestBytes(bytes) });
  }
  return values;
}

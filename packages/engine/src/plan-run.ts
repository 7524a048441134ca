import type { Digest } from '@radloom/core';
import { CohortRun } from './cohort.js';
import { type Plan, plan } from './plan.js';
import { tally } from './planned-case.js';
import type { RunCounts, RunOptions } from './run.js';

/** What a run would do with one step. */
export interface StepPlan {
  readonly step: string;
  cached: number;
  /** At most: finished inputs may turn out unchanged. */
  execute: number;
  rematerialise: number;
  failed: number;
  skipped: number;
}

export interface PlannedRun {
  readonly planId: Digest;
  readonly steps: readonly StepPlan[];
  readonly cached: number;
  readonly execute: number;
  readonly rematerialise: number;
  readonly plan: Plan;
}

/** Plans without running: cases node by node, cohort steps as far as their inputs are known; the rest counts as to be run. */
export async function planRun(options: RunOptions): Promise<PlannedRun> {
  const planned = await plan(options);
  const steps = new Map<string, StepPlan>(planned.template.steps.map(({ step }) => [step.id, { step: step.id, cached: 0, execute: 0, rematerialise: 0, failed: 0, skipped: 0 }]));
  for (const [i, { idle: _, ...counts }] of tally(planned.slice, planned.cases).entries()) Object.assign(steps.get(planned.slice.steps[i].step.id)!, counts);
  const counts: RunCounts = { executed: 0, rematerialised: 0, cached: 0, failed: 0, skipped: 0 };
  const cohort = new CohortRun(planned, options, undefined, counts, () => {}, new AbortController().signal);
  await cohort.run();
  for (const node of cohort.nodes) {
    const row = steps.get(node.step.step.id)!;
    if (node.state === 'cached') row.cached++;
    else if (node.state === 'failed') row.failed++;
    else if (node.state === 'skipped') row.skipped++;
    else row.execute++;
  }
  const sum = (pick: (row: StepPlan) => number): number => [...steps.values()].reduce((total, row) => total + pick(row), 0);
  return { planId: planned.planId, steps: [...steps.values()], cached: sum((row) => row.cached), execute: sum((row) => row.execute), rematerialise: sum((row) => row.rematerialise), plan: planned };
}

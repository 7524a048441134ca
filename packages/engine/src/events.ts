import type { Failure } from '@radloom/core';
import type { Coordinates } from './workflow.js';

/** What a run tells while it goes; a terminal shows it, a log keeps it. */
export type RunEvent =
  | { readonly type: 'planned'; readonly planId: string; readonly cases: number; readonly casesToDo: number; readonly nodesToDo: number; /** Records that the plan builds on. */ readonly records: readonly string[] }
  | { readonly type: 'unit-started'; readonly unit: string; readonly nodes: number }
  | { readonly type: 'node'; readonly step: string; readonly at: Coordinates; readonly state: 'executed' | 'rematerialised' | 'cached' | 'failed' | 'skipped'; readonly milliseconds: number; readonly failure?: Failure }
  | { readonly type: 'warning'; readonly step: string; readonly at: Coordinates; readonly code: string; readonly text: string }
  | { readonly type: 'unit-finished'; readonly unit: string; readonly done: number; readonly total: number }
  | { readonly type: 'cache-damage'; readonly space: string; readonly id: string; readonly reason: string };

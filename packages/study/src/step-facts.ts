import { parseParams } from '@radloom/core';
import type { Step } from '@radloom/engine';
import type { FindPlugin } from './extraction.js';

/** A step as the report tells of it. */
export interface StepFacts {
  readonly id: string;
  readonly plugin: string;
  readonly operation: string;
  /** With defaults filled in. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** Lists longer than this are names of columns or candidates, which have tables of their own. */
const longest = 40;

/** Every step of a workflow with its settings, in order. */
export function stepFacts(steps: readonly Step[], find: FindPlugin): StepFacts[] {
  return steps.map(({ id, plugin, operation, params = {} }) => ({ id, plugin, operation, params: withoutLongLists(parseParams(find(plugin).params, params, { step: id })) }));
}

function withoutLongLists(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => !Array.isArray(value) || value.length <= longest));
}

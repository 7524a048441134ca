import { type Digest, digestOf, type Table } from '@radloom/core';
import type { RunManifest, RunResult, Template, TemplateStep } from '@radloom/engine';
import { optionalOutput } from './output.js';

/** Rows that are kept apart once, and how often they were looked at. */
export type TestSet = NonNullable<RunManifest['testSet']>;

/**
 * The sealed test set of a study that divides its rows once, and its openings so far: each analysis whose predictions of these rows differ in what they
 * were made of is one. The same analysis again, from the cache or anew, is not another.
 *
 * @param earlier manifests of the runs before, of any study: a test set is known by its rows
 */
export async function testSetOf(result: RunResult, earlier: readonly RunManifest[]): Promise<TestSet | undefined> {
  const { template } = result.plan;
  const { fold: folds = [] } = template.workflow.dimensions;
  if (folds.length !== 1) return undefined;
  const held = (await optionalOutput(result, 'fold', 'test', { fold: folds[0] })) as Table | undefined;
  if (held === undefined || held.rows.length === 0) return undefined;
  const keys = result.cohort.filter(({ step, outputs }) => step.step.operation === 'predict' && outputs.predictions !== undefined && reachesTest(step, template)).flatMap(({ key }) => key ?? []);
  if (keys.length === 0) return undefined;
  const rows = held.partition.rowSet;
  const analysis = digestOf(keys.sort());
  const known = new Set<Digest>(earlier.flatMap(({ testSet }) => (testSet?.rows === rows ? [testSet.analysis] : [])));
  return { rows, count: held.rows.length, analysis, openings: known.add(analysis).size };
}

/** True for a step whose rows are those of the test side. */
function reachesTest({ inputs }: TemplateStep, template: Template): boolean {
  return inputs.some(({ spec, refs }) => spec.partition === 'any' && refs.some((ref) => (ref.step === 'fold' ? ref.output === 'test' : ref.step !== undefined && reachesTest(template.byId.get(ref.step)!, template))));
}

import { type Digest, digestOf } from '@radloom/core';
import type { CaseInputs } from './case-inputs.js';
import { type Numerics, type StaticKey, staticKey } from './keys.js';
import type { NodeState } from './planned-case.js';
import type { Template, TemplateStep } from './template.js';
import type { UnitInput } from './unit.js';
import type { Ref } from './workflow.js';

/** The steps of a template that run once a case, with what their keys have in common. */
export interface CaseSlice {
  readonly template: Template;
  readonly numerics: Numerics;
  readonly steps: readonly TemplateStep[];
  readonly position: ReadonlyMap<string, number>;
  readonly fixed: readonly StaticKey[];
  /** Steps that some cases do otherwise. */
  readonly varying: readonly TemplateStep[];
  /** What is done to every case: steps, settings, code and wiring. */
  readonly digest: Digest;
  /** Values of the study's own sources, encoded once. */
  readonly values: ReadonlyMap<string, { readonly type: UnitInput & { from: 'value' }; readonly digest: Digest }>;
  /** What cohort steps gather from the cases, one entry a port; no part of the digest. */
  readonly gathers: readonly Gather[];
  /** States of a case that is finished in every step: one array for all of them. */
  readonly allCached: readonly NodeState[];
}

/** A port of the cohort that takes outputs of every case. */
export interface Gather {
  readonly id: Digest;
  readonly ends: readonly { readonly step: string; readonly output: string }[];
}

export function makeCaseSlice(template: Template, numerics: Numerics, values: CaseSlice['values']): CaseSlice {
  const steps = template.steps.filter((step) => step.dimensions.includes('case'));
  const fixed = steps.map((step) => staticKey(template, step, {}, numerics));
  const wiring = steps.map((step, i) => [step.step.id, fixed[i].digest, step.inputs.map(({ port, refs }) => [port, refs.map((ref) => identityOfRef(ref, values))])]);
  const gathering = template.steps.flatMap(({ inputs }) => inputs.map(({ refs }) => refs)).filter(gathersCases).map(gatherOf);
  const gathers = [...new Map(gathering.map((gather) => [gather.id, gather])).values()];
  return { template, numerics, steps, position: new Map(steps.map((step, i) => [step.step.id, i])), fixed, varying: steps.filter(({ overrides }) => overrides.size > 0), digest: digestOf(wiring), values, gathers, allCached: steps.map(() => 'cached') };
}

function identityOfRef(ref: Ref, values: CaseSlice['values']): unknown {
  return ref.source === undefined ? [ref.step, ref.output, ref.name ?? null] : [ref.source, values.get(ref.source)?.digest ?? null];
}

export function gathersCases(refs: readonly Ref[]): boolean {
  return refs.some((ref) => ref.gather?.includes('case') === true);
}

export function gatherOf(refs: readonly Ref[]): Gather {
  const ends = refs.map((ref) => ({ step: ref.step!, output: ref.output! }));
  return { id: digestOf(ends), ends };
}

/** What is done to one case, and to which files: a record that holds this head needs no further look. */
export function caseHead(slice: CaseSlice, inputs: CaseInputs): Digest {
  const own = slice.varying.filter((step) => step.overrides.has(inputs.id)).map((step) => [step.step.id, staticKey(slice.template, step, { case: inputs.id }, slice.numerics).digest]);
  return digestOf([slice.digest, inputs.digest, own]);
}

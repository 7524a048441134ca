import { type Digest, digestOf, ephemeralTypes, type Kind, type Params, pluginId, type Seed, seedFromDigest } from '@radloom/core';
import { type Template, type TemplateStep, variantOf } from './template.js';
import type { Coordinates } from './workflow.js';

/** Raised when the engine itself changes what it computes from the same plugins. */
const schema = 1;

/** Kinds whose operations are given no chance: the study's seed is no part of their keys, so a new seed extracts nothing anew. */
const unseeded: ReadonlySet<Kind> = new Set<Kind>(['reader', 'preprocess', 'filter', 'features', 'writer', 'figure', 'report']);

const zeroSeed: Seed = [0, 0, 0, 0];

/** Version of the arithmetic underneath: another one may round differently, so it is part of every key. */
export interface Numerics {
  readonly runtime: string;
}

/** What of a node's key does not depend on its inputs, with the settings and seed that go with it. */
export interface StaticKey {
  readonly digest: Digest;
  readonly params: Params;
  readonly seed: Seed;
}

/** Whether an output is kept, and so enters keys by its content. */
export function isStored(step: TemplateStep, output: string): boolean {
  return !ephemeralTypes.has(step.outputs[output].type) || !step.dimensions.includes('case');
}

export function staticKey(template: Template, step: TemplateStep, at: Coordinates, numerics: Numerics): StaticKey {
  const { entry, params } = variantOf(step, at.case);
  const scatter = step.spec.scatter === undefined ? null : at[step.step.scatter ?? step.spec.scatter];
  // A seeded node is told apart by its step and by its place in every dimension but the cases.
  const place = Object.fromEntries(Object.entries(at).filter(([dimension]) => dimension !== 'case'));
  const seed = unseeded.has(entry.plugin.kind) ? zeroSeed : seedFromDigest(digestOf([template.workflow.seed, step.step.id, place]));
  const digest = digestOf({
    schema,
    plugin: pluginId(entry.plugin),
    operation: step.step.operation,
    implementation: entry.implementation,
    params,
    seed,
    scatter,
    outputs: Object.keys(step.outputs),
    asPublished: step.step.asPublished === true,
    runtime: numerics.runtime,
  });
  return { digest, params, seed };
}

/** The action key: what is done, to what. `inputs` holds per port the identities of its values, in order. */
export function actionKey(fixed: StaticKey, inputs: readonly (readonly [port: string, identities: readonly string[]])[]): Digest {
  return digestOf([fixed.digest, inputs]);
}

/** The plan's identity: the workflow as checked and the inputs it was planned on; equal plans give equal reports. */
export function planIdentity(template: Template, numerics: Numerics, caseInputs: readonly (readonly [id: string, inputs: string])[], values: readonly (readonly [name: string, digest: Digest])[]): Digest {
  const steps = [...template.steps]
    .sort((a, b) => (a.step.id < b.step.id ? -1 : 1))
    .map((step) => [step.step.id, staticKey(template, step, {}, numerics).digest, [...step.overrides].map(([id, { entry, params }]) => [id, pluginId(entry.plugin), entry.implementation, params]), step.inputs.map(({ port, refs }) => [port, refs])]);
  return digestOf([steps, caseInputs, values, template.workflow.dimensions, template.workflow.seed]);
}

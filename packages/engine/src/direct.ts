import { decodePort, type Failure, type InputFile, type Plugin, type PortValue } from '@radloom/core';
import type { Template } from './template.js';
import { executeUnit, type Unit, type UnitInput } from './unit.js';
import type { Ref } from './workflow.js';

/** What one case gives to its sources, in this thread: files already read, or values. */
export type DirectSources = Readonly<Record<string, readonly InputFile[] | PortValue>>;

export interface DirectResult {
  /** Stored outputs by `step.output`. */
  readonly outputs: ReadonlyMap<string, PortValue>;
  readonly failures: ReadonlyMap<string, Failure>;
  readonly warnings: readonly { readonly step: string; readonly code: string; readonly text: string }[];
}

/**
 * Runs a template's case steps once, here and now: no cache, no keys, no worker. What a library call and a single command need.
 * @param keep which outputs to give back, as edges
 */
export async function runDirect(template: Template, sources: DirectSources, keep: readonly Ref[], options: { readonly signal?: AbortSignal; plugin(url: string): Promise<Plugin> }): Promise<DirectResult> {
  const position = new Map(template.steps.map((step, i) => [step.step.id, i]));
  const wanted = new Set(keep.map((ref) => `${ref.step}.${ref.output}`));
  const files = new Map<string, readonly InputFile[]>();
  const end = (ref: Ref): UnitInput => {
    if (ref.step !== undefined) return { from: 'node', index: position.get(ref.step)!, output: ref.output! };
    const given = sources[ref.source!];
    if (!Array.isArray(given)) return { from: 'object', value: given as PortValue };
    files.set(ref.source!, given as readonly InputFile[]);
    return { from: 'files', files: [{ name: ref.source!, locator: ref.source! }] };
  };
  const unit: Unit = {
    id: 'direct',
    at: {},
    memory: 0,
    nodes: template.steps.map((step) => ({
      step: step.step.id,
      key: '',
      url: step.entry.url,
      operation: step.step.operation,
      params: step.params,
      seed: [0, 0, 0, 0],
      at: {},
      asPublished: false,
      inputs: Object.fromEntries(
        step.inputs
          .filter(({ refs, spec }) => refs.length > 0 || spec.many === true)
          .map(({ port, spec, refs }) => [port, spec.many === true ? refs.map((ref) => ({ step: ref.step ?? ref.source!, name: ref.name ?? ref.step ?? ref.source!, at: {}, input: end(ref) })) : end(refs[0])]),
      ),
      outputs: Object.fromEntries(Object.entries(step.outputs).map(([name, port]) => [name, { type: port.type, store: wanted.has(`${step.step.id}.${name}`) }])),
    })),
  };
  const kept = new Map<string, Uint8Array>();
  const { nodes } = await executeUnit(unit, {
    plugin: options.plugin,
    files: async ([ref]) => files.get(ref.locator)!,
    stored: async (digest) => kept.get(digest)!,
    keep: async (digest, bytes) => void kept.set(digest, bytes),
    now: () => 0,
    signal: options.signal ?? new AbortController().signal,
  });
  const outputs = new Map<string, PortValue>();
  const failures = new Map<string, Failure>();
  const warnings: { step: string; code: string; text: string }[] = [];
  nodes.forEach((node, i) => {
    const step = template.steps[i];
    if (node.failure !== undefined) failures.set(step.step.id, node.failure);
    for (const { code, text } of node.warnings) warnings.push({ step: step.step.id, code, text });
    for (const [name, stored] of Object.entries(node.outputs)) outputs.set(`${step.step.id}.${name}`, decodePort(step.outputs[name].type, stored.inline ?? kept.get(stored.digest)!));
  });
  return { outputs, failures, warnings };
}

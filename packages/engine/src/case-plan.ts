import type { Digest, Failure } from '@radloom/core';
import type { CaseInputs } from './case-inputs.js';
import type { CaseSlice, Gather } from './case-slice.js';
import { actionKey, isStored, staticKey } from './keys.js';
import { type CaseOutput, gatheredDigest, type NodeState, type PlannedCase } from './planned-case.js';
import type { NodeRecord, RecordView } from './record.js';
import { type TemplateStep, variantOf } from './template.js';
import type { NodeResult, Unit, UnitEntry, UnitInput, UnitNode, UnitResult } from './unit.js';
import type { Ref } from './workflow.js';

/** A case of which something is not known to be finished: every node's key is made and looked up. */
export class CasePlan implements PlannedCase {
  readonly states: NodeState[];
  readonly keys: (Digest | undefined)[];
  readonly #failures: (Failure | undefined)[];
  readonly #record: RecordView | undefined;
  readonly #positions: (number | undefined)[];
  #results: readonly NodeResult[] | undefined;
  #unitIndex: number[] = [];

  constructor(
    readonly slice: CaseSlice,
    readonly inputs: CaseInputs,
    readonly head: Digest,
    record: RecordView | undefined,
    private readonly options: { readonly retryFailed: boolean } = { retryFailed: false },
  ) {
    const { steps } = slice;
    this.#record = record;
    this.states = Array.from({ length: steps.length }, () => 'idle');
    this.keys = Array.from({ length: steps.length }, () => undefined);
    this.#failures = Array.from({ length: steps.length }, () => undefined);
    this.#positions = Array.from({ length: steps.length }, () => undefined);
    this.#findNodes();
  }

  /** True when nothing of this case has to run. */
  get complete(): boolean {
    return !this.states.some((state) => state === 'execute' || state === 'rematerialise');
  }

  /** True when every step is known, and none has failed. */
  get finished(): boolean {
    return this.states.every((state) => state === 'cached');
  }

  #findNodes(): void {
    const { steps, template, numerics } = this.slice;
    steps.forEach((step, i) => {
      const broken = this.#brokenInput(step);
      if (broken !== undefined) {
        this.states[i] = 'skipped';
        this.#failures[i] = broken;
        return;
      }
      const fixed = step.overrides.has(this.inputs.id) ? staticKey(template, step, { case: this.inputs.id }, numerics) : this.slice.fixed[i];
      const identities = step.inputs.map(({ port, refs }) => [port, refs.map((ref) => this.#identity(ref))] as const);
      if (identities.some(([, list]) => list.includes(undefined))) {
        this.states[i] = 'execute';
        return;
      }
      const key = actionKey(fixed, identities as [string, string[]][]);
      this.keys[i] = key;
      const at = this.#record?.position(key);
      if (at === undefined) {
        this.states[i] = 'execute';
        return;
      }
      const failure = this.#record!.failure(at);
      if (failure !== undefined && this.options.retryFailed) {
        this.states[i] = 'execute';
        return;
      }
      this.#positions[i] = at;
      this.#failures[i] = failure;
      this.states[i] = failure === undefined ? 'cached' : 'failed';
    });
    // Ephemeral nodes run only when something that is kept needs them; those whose key is known were done before.
    const needed = new Set<number>();
    const need = (i: number): void => {
      for (const { refs } of steps[i].inputs) {
        for (const ref of refs) {
          const upper = ref.step === undefined ? undefined : this.slice.position.get(ref.step);
          if (upper === undefined || needed.has(upper) || (this.states[upper] !== 'cached' && this.states[upper] !== 'execute')) continue;
          if (isStored(steps[upper], ref.output!) && this.states[upper] === 'cached') continue;
          needed.add(upper);
          need(upper);
        }
      }
    };
    const kept = steps.map((step) => Object.keys(step.outputs).some((output) => isStored(step, output)));
    steps.forEach((_, i) => {
      if (kept[i] && this.states[i] === 'execute') need(i);
    });
    steps.forEach((_, i) => {
      if (kept[i]) return;
      if (!needed.has(i)) this.states[i] = this.states[i] === 'execute' ? 'idle' : this.states[i];
      else if (this.states[i] === 'cached') this.states[i] = 'rematerialise';
    });
    // A node with kept and ephemeral outputs may be known and yet be needed again.
    steps.forEach((_, i) => {
      if (kept[i] && needed.has(i) && this.states[i] === 'cached') this.states[i] = 'rematerialise';
    });
  }

  #identity(ref: Ref): string | undefined {
    if (ref.source !== undefined) {
      const value = this.slice.values.get(ref.source);
      if (value !== undefined) return value.digest;
      const files = this.inputs.sources[ref.source];
      return 'failure' in files ? `failed:${files.failure.code}` : files.digest;
    }
    const upper = this.slice.position.get(ref.step!)!;
    const failure = this.#failures[upper];
    if (failure !== undefined) return `failed:${failure.code}:${failure.step ?? ''}`;
    if (!isStored(this.slice.steps[upper], ref.output!)) return this.keys[upper] === undefined ? undefined : `${this.keys[upper]}:${ref.output}`;
    const at = this.#positions[upper];
    return at === undefined ? undefined : this.#record!.output(at, ref.output!)?.digest;
  }

  /** The first cause, when a single input comes from something that failed. */
  #brokenInput(step: TemplateStep): Failure | undefined {
    for (const { spec, refs } of step.inputs) {
      if (spec.many === true) continue;
      for (const ref of refs) {
        if (ref.source !== undefined) {
          const files = this.inputs.sources[ref.source];
          if (files !== undefined && 'failure' in files) return files.failure;
        } else {
          const failure = this.#failures[this.slice.position.get(ref.step!)!];
          if (failure !== undefined) return failure;
        }
      }
    }
    return undefined;
  }

  /** The work that is left, as one unit; undefined when there is none. */
  unit(): Unit | undefined {
    if (this.complete) return undefined;
    const { steps } = this.slice;
    const chosen = steps.map((_, i) => i).filter((i) => this.states[i] === 'execute' || this.states[i] === 'rematerialise');
    this.#unitIndex = steps.map((_, i) => chosen.indexOf(i));
    const at = { case: this.inputs.id };
    const nodes = chosen.map((i): UnitNode => {
      const step = steps[i];
      const fixed = step.overrides.has(this.inputs.id) ? staticKey(this.slice.template, step, at, this.slice.numerics) : this.slice.fixed[i];
      return {
        step: step.step.id,
        key: this.keys[i] ?? '',
        url: variantOf(step, this.inputs.id).entry.url,
        operation: step.step.operation,
        params: fixed.params,
        seed: fixed.seed,
        at,
        asPublished: step.step.asPublished === true,
        inputs: Object.fromEntries(
          step.inputs.filter(({ refs, spec }) => refs.length > 0 || spec.many === true).map(({ port, refs, spec }) => [port, spec.many === true ? refs.map((ref) => this.#entry(ref)) : this.#end(refs[0])!]),
        ),
        outputs: Object.fromEntries(Object.entries(step.outputs).map(([name, port]) => [name, { type: port.type, store: isStored(step, name) }])),
      };
    });
    const bytes = Object.values(this.inputs.sources).reduce((sum, source) => sum + ('failure' in source ? 0 : source.size), 0);
    return { id: `case:${this.inputs.id}`, at, nodes, memory: bytes };
  }

  #entry(ref: Ref): UnitEntry {
    const name = ref.name ?? ref.step ?? ref.source!;
    const step = ref.step ?? ref.source!;
    const at = { case: this.inputs.id };
    const failure = ref.step === undefined ? undefined : this.#failures[this.slice.position.get(ref.step)!];
    return failure === undefined ? { step, name, at, input: this.#end(ref)! } : { step, name, at, failure };
  }

  #end(ref: Ref): UnitInput | undefined {
    if (ref.source !== undefined) {
      const value = this.slice.values.get(ref.source);
      if (value !== undefined) return value.type;
      const files = this.inputs.sources[ref.source];
      return 'failure' in files ? undefined : { from: 'files', files: files.files };
    }
    const upper = this.slice.position.get(ref.step!)!;
    if (this.#unitIndex[upper] >= 0) return { from: 'node', index: this.#unitIndex[upper], output: ref.output! };
    const stored = this.#record!.output(this.#positions[upper]!, ref.output!)!;
    return { from: 'store', type: this.slice.steps[upper].outputs[ref.output!].type, digest: stored.digest, record: this.inputs.digest };
  }

  /** Takes a unit's results in; returns what the case's record should learn. */
  finish(result: UnitResult): { nodes: Map<Digest, NodeRecord>; heads: Map<Digest, readonly Digest[]>; complete: boolean } {
    this.#results = result.nodes;
    const nodes = new Map<Digest, NodeRecord>();
    let complete = true;
    this.slice.steps.forEach((step, i) => {
      const index = this.#unitIndex[i];
      const done = index >= 0 ? result.nodes[index] : undefined;
      if (done === undefined) {
        // A node outside the unit may have lost its input to a failure inside it.
        if (this.states[i] === 'idle' && this.keys[i] === undefined) complete = false;
        return;
      }
      if (done.state !== 'done') this.#failures[i] = done.failure;
      if (!done.deterministic) complete = false;
      const key = this.keys[i] ?? this.#lateKey(step, i);
      this.keys[i] = key;
      if (key === undefined || (done.state !== 'done' && (!done.deterministic || done.state === 'skipped'))) return;
      nodes.set(key, {
        outputs: done.outputs,
        milliseconds: done.milliseconds,
        ...(done.failure === undefined ? {} : { failure: done.failure }),
        ...(done.warnings.length === 0 ? {} : { warnings: done.warnings }),
      });
    });
    // The head names every node of the template by its key; only a case without failures has one for each.
    const everything = this.keys.every((key) => key !== undefined) && this.#failures.every((failure) => failure === undefined);
    return { nodes, heads: complete && everything ? new Map([[this.head, this.keys as Digest[]]]) : new Map(), complete };
  }

  /** The key of a node whose inputs were known only after the unit ran. */
  #lateKey(step: TemplateStep, i: number): Digest | undefined {
    const identities = step.inputs.map(({ port, refs }) => [port, refs.map((ref) => this.#lateIdentity(ref))] as const);
    if (identities.some(([, list]) => list.includes(undefined))) return undefined;
    return actionKey(this.slice.fixed[i], identities as [string, string[]][]);
  }

  #lateIdentity(ref: Ref): string | undefined {
    if (ref.step === undefined) return this.#identity(ref);
    const upper = this.slice.position.get(ref.step)!;
    const done = this.#unitIndex[upper] >= 0 ? this.#results![this.#unitIndex[upper]] : undefined;
    if (done === undefined || !isStored(this.slice.steps[upper], ref.output!)) return this.#identity(ref);
    return done.state === 'done' ? done.outputs[ref.output!].digest : `failed:${done.failure!.code}:${done.failure!.step ?? ''}`;
  }

  async outputs(ends: Gather['ends']): Promise<CaseOutput[]> {
    return ends.map((end) => this.#output(end));
  }

  gathered({ ends }: Gather): Digest {
    return gatheredDigest(ends.map((end) => this.#output(end)));
  }

  #output({ step, output }: Gather['ends'][number]): CaseOutput {
    const i = this.slice.position.get(step)!;
    const index = this.#results === undefined ? -1 : this.#unitIndex[i];
    const done = index >= 0 ? this.#results![index] : undefined;
    if (done !== undefined) return done.state === 'done' ? { stored: done.outputs[output], record: this.inputs.digest } : { failure: done.failure! };
    const failure = this.#failures[i];
    if (failure !== undefined) return { failure };
    const stored = this.#positions[i] === undefined ? undefined : this.#record!.output(this.#positions[i]!, output);
    return stored === undefined ? { failure: { code: 'skipped', message: 'Nothing was computed for this case.', step } } : { stored, record: this.inputs.digest };
  }

  failures(): Map<string, Failure> {
    const found = new Map<string, Failure>();
    for (const failure of this.#failures) if (failure !== undefined) found.set(failure.step ?? failure.code, failure);
    return found;
  }
}

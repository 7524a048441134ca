import { decodePort, type Digest, digestOf, type Failure, type PortValue, RadloomError } from '@radloom/core';
import type { RunEvent } from './events.js';
import type { Executor } from './executor.js';
import { gatherOf, gathersCases } from './case-slice.js';
import { actionKey, type StaticKey, staticKey } from './keys.js';
import type { RecordView, StoredOutput } from './record.js';
import { cacheLost, raiseLost } from './lost.js';
import { mapWindow } from './parallel.js';
import type { Plan } from './plan.js';
import type { RunCounts, RunOptions } from './run.js';
import { SmallestFirst } from './smallest-first.js';
import type { TemplateStep } from './template.js';
import type { Unit, UnitEntry, UnitInput } from './unit.js';
import type { Coordinates, Ref } from './workflow.js';

/** One cohort step at one place of its dimensions, with what became of it. */
export interface CohortNode {
  readonly step: TemplateStep;
  readonly at: Coordinates;
  key?: Digest;
  state: 'waiting' | 'cached' | 'executed' | 'failed' | 'skipped' | 'unknown';
  outputs: Readonly<Record<string, StoredOutput>>;
  /** Where the small outputs' bytes are. */
  record?: Digest;
  failure?: Failure;
  milliseconds: number;
}

/** A resolved end of an edge: its identity for the key, and how a worker gets it. */
interface End {
  readonly identity: string;
  readonly entry: UnitEntry;
}

/** An input whose identity is known; what a worker needs for it is put together when the step runs. */
interface SettledInput {
  readonly port: string;
  readonly many: boolean;
  readonly identities: readonly string[];
  entries(): Promise<readonly UnitEntry[]>;
}

/**
 * The steps above the cases: tables, folds, models, reports. Each node is a task of its own; it starts when what it needs is known.
 * Nodes become known in the template's order, so that a finished input may show that nothing below it has changed.
 */
export class CohortRun {
  readonly nodes: CohortNode[] = [];
  readonly #byPlace = new Map<string, CohortNode>();
  readonly #gathers = new Map<string, string>();

  constructor(
    private readonly plan: Plan,
    private readonly options: Pick<RunOptions, 'cache' | 'numerics' | 'retryFailed' | 'recheck'>,
    private readonly executor: Executor | undefined,
    private readonly counts: RunCounts,
    private readonly onEvent: (event: RunEvent) => void,
    private readonly signal: AbortSignal,
  ) {
    for (const step of plan.template.steps) {
      if (step.dimensions.includes('case')) continue;
      for (const at of places(step.dimensions, plan.template.workflow.dimensions)) {
        const node: CohortNode = { step, at, state: 'waiting', outputs: {}, milliseconds: 0 };
        this.nodes.push(node);
        this.#byPlace.set(place(step.step.id, at), node);
      }
    }
  }

  /** Runs every node; those that are ready at the same time run side by side. */
  async run(): Promise<void> {
    const running = new Set<Promise<void>>();
    const lanes = this.executor?.concurrency ?? 1;
    let broken: unknown;
    const ready = this.#readyNodes();
    for (;;) {
      if (this.signal.aborted) {
        // What is in hand is finished and kept.
        await Promise.allSettled(running);
        this.signal.throwIfAborted();
      }
      while (running.size < lanes) {
        const node = ready.next();
        if (node === undefined) break;
        const task: Promise<void> = this.#settle(node)
          .then(() => ready.done(node))
          .catch((error: unknown) => void (broken ??= error))
          .finally(() => running.delete(task));
        running.add(task);
      }
      if (broken !== undefined) {
        await Promise.allSettled(running);
        throw broken;
      }
      if (running.size === 0) return;
      await Promise.race(running);
    }
  }

  /** Gives out nodes whose inputs are known, the first in order first. Each node counts the inputs it waits for: looking at all again and again costs their number squared. */
  #readyNodes(): { next(): CohortNode | undefined; done(node: CohortNode): void } {
    const position = new Map(this.nodes.map((node, i) => [node, i]));
    const waitsFor = new Int32Array(this.nodes.length);
    const followers: number[][] = this.nodes.map(() => []);
    const queue = new SmallestFirst();
    this.nodes.forEach((node, i) => {
      const uppers = new Set(node.step.inputs.flatMap(({ refs }) => refs.flatMap((ref) => this.#uppers(ref, node.at))));
      for (const upper of uppers) followers[position.get(upper)!].push(i);
      waitsFor[i] = uppers.size;
      if (uppers.size === 0) queue.add(i);
    });
    return {
      next: () => {
        const first = queue.take();
        return first === undefined ? undefined : this.nodes[first];
      },
      done: (node) => {
        for (const follower of followers[position.get(node)!]) if (--waitsFor[follower] === 0) queue.add(follower);
      },
    };
  }

  /** The cohort nodes behind one end, one for each gathered element. */
  #uppers(ref: Ref, at: Coordinates): CohortNode[] {
    if (ref.step === undefined) return [];
    const upper = this.plan.template.byId.get(ref.step)!;
    if (upper.dimensions.includes('case')) return [];
    return places(upper.dimensions, this.plan.template.workflow.dimensions, at, ref.gather).map((where) => this.#byPlace.get(place(ref.step!, where))!);
  }

  async #settle(node: CohortNode): Promise<void> {
    const { step, at } = node;
    const fixed = staticKey(this.plan.template, step, at, this.options.numerics);
    const inputs: SettledInput[] = [];
    for (const { port, spec, refs } of step.inputs) {
      if (refs.length === 0 && spec.many !== true) continue;
      const cases = this.#caseGather(refs);
      const ends = cases === undefined ? refs.flatMap((ref) => this.#ends(ref, at)) : [];
      const broken = spec.many === true ? undefined : ends.find((end) => end.entry.failure !== undefined)?.entry.failure;
      if (broken !== undefined) return this.#done(node, { state: 'skipped', failure: broken });
      if (ends.some((end) => end.identity === unknownIdentity) || cases === unknownIdentity) return this.#done(node, { state: 'unknown' });
      inputs.push({ port, many: spec.many === true, identities: cases === undefined ? ends.map((end) => end.identity) : [cases], entries: cases === undefined ? async () => ends.map((end) => end.entry) : () => this.#caseEntries(refs) });
    }
    const key = actionKey(fixed, inputs.map(({ port, identities }) => [port, identities] as const));
    node.key = key;
    const record = await this.options.cache.readRecord(key);
    const position = record?.position(key);
    if (record !== undefined && position !== undefined) {
      const failure = record.failure(position);
      if (failure === undefined) {
        const outputs = Object.fromEntries(Object.keys(step.outputs).map((name) => [name, record.output(position, name)!]));
        const lost = await this.#lost(record, outputs);
        if (!lost) return this.#done(node, { state: 'cached', outputs, record: key });
        // A record whose values are gone is a miss, and it is better known now than when a worker asks for them.
        await this.options.cache.bytes.quarantine('records', key, 'a stored value is lost or damaged');
      } else if (this.options.retryFailed !== true) return this.#done(node, { state: 'failed', failure });
    }
    if (this.executor === undefined) return this.#done(node, { state: 'unknown' });
    await this.#execute(node, fixed, key, inputs);
  }

  /** A run reads what it builds on; a plan only looks whether it is there, where the store can tell. */
  async #lost(record: RecordView, outputs: CohortNode['outputs']): Promise<boolean> {
    const { cache } = this.options;
    const blobs = Object.values(outputs).flatMap(({ digest }) => (record.inline(digest) === undefined ? [digest] : []));
    const stamps = this.executor === undefined ? await cache.bytes.stamps?.('blobs', blobs) : undefined;
    if (stamps !== undefined) return stamps.includes(undefined);
    for (const digest of blobs) if ((await cache.readBlob(digest)) === undefined) return true;
    return false;
  }

  async #execute(node: CohortNode, fixed: StaticKey, key: Digest, inputs: readonly SettledInput[]): Promise<void> {
    const { step, at } = node;
    const given: [port: string, UnitInput | readonly UnitEntry[]][] = [];
    for (const { port, many, entries } of inputs) {
      const list = await entries();
      given.push([port, many ? list : list[0].input!]);
    }
    const unit: Unit = {
      id: place(step.step.id, at),
      at,
      memory: 0,
      nodes: [
        {
          step: step.step.id,
          key,
          url: step.entry.url,
          operation: step.step.operation,
          params: fixed.params,
          seed: fixed.seed,
          // An operation knows the dimension by its own name for it.
          at: step.spec.scatter === undefined || step.step.scatter === undefined ? at : { ...at, [step.spec.scatter]: at[step.step.scatter] },
          asPublished: step.step.asPublished === true,
          inputs: Object.fromEntries(given),
          outputs: Object.fromEntries(Object.entries(step.outputs).map(([name, port]) => [name, { type: port.type, store: true }])),
        },
      ],
    };
    this.#remember(node, unit);
    this.onEvent({ type: 'unit-started', unit: unit.id, nodes: 1 });
    const found = await this.executor!.run(unit, { signal: this.signal });
    raiseLost(found);
    const [result] = found.nodes;
    if (result.deterministic) {
      const { outputs, failure, warnings, milliseconds } = result;
      await this.options.cache.writeRecord(key, new Map([[key, { outputs, milliseconds, ...(failure === undefined ? {} : { failure }), ...(warnings.length === 0 ? {} : { warnings }) }]]), new Map());
    }
    for (const { code, text } of result.warnings) this.onEvent({ type: 'warning', step: step.step.id, at, code, text });
    node.milliseconds = result.milliseconds;
    if (result.state === 'done') this.#done(node, { state: 'executed', outputs: result.outputs, record: key });
    else this.#done(node, { state: result.state, failure: result.failure });
  }

  readonly #rechecked = new Map<TemplateStep, { readonly node: CohortNode; readonly unit: Unit }[]>();

  #remember(node: CohortNode, unit: Unit): void {
    const { step } = node;
    const learns = step.inputs.some(({ spec }) => spec.partition === 'training');
    if (!learns || this.options.recheck?.(step.entry) !== true) return;
    this.#rechecked.set(step, [...(this.#rechecked.get(step) ?? []), { node, unit }]);
  }

  /**
   * Runs what learned once more, the last first, for plugins that are not trusted to forget: one that keeps rows from one fold to the next gives
   * other bytes when the folds come in another order. What it gave is put aside.
   *
   * @throws `plugin-remembers`
   */
  async refuseMemory(): Promise<void> {
    for (const [step, executed] of this.#rechecked) {
      const places = executed.filter(({ node }) => node.state === 'executed');
      if (places.length < 2) continue;
      for (const { node, unit } of [...places].reverse()) {
        const found = await this.executor!.run(unit, { signal: this.signal });
        raiseLost(found);
        const [{ outputs }] = found.nodes;
        const other = Object.keys(node.outputs).find((name) => outputs[name]?.digest !== node.outputs[name].digest);
        if (other === undefined) continue;
        for (const { node: own } of places) await this.options.cache.bytes.quarantine('records', own.key!, 'its plugin remembers what it saw before');
        throw new RadloomError({
          code: 'plugin-remembers',
          what: `${step.step.plugin} gives another ${other} for the same training rows (${place(step.step.id, node.at)}) after it has seen other folds: it remembers rows, and some of those are test rows here.`,
          where: { step: step.step.id },
          fix: 'The plugin must keep nothing between calls: no variable outside its functions may change. Its contract tests say so too (remembers-calls).',
          deterministic: false,
        });
      }
    }
  }

  #done(node: CohortNode, found: Partial<CohortNode> & { state: CohortNode['state'] }): void {
    Object.assign(node, found);
    if (found.state === 'waiting' || found.state === 'unknown') return;
    this.counts[found.state]++;
    this.onEvent({ type: 'node', step: node.step.step.id, at: node.at, state: found.state, milliseconds: node.milliseconds, ...(node.failure === undefined ? {} : { failure: node.failure }) });
  }

  /** The ends of one reference that does not gather cases. */
  #ends(ref: Ref, at: Coordinates): End[] {
    if (ref.source !== undefined) {
      const value = this.plan.values.get(ref.source)!;
      return [{ identity: value.digest, entry: { step: ref.source, name: ref.name ?? ref.source, at: {}, input: value.type } }];
    }
    return this.#uppers(ref, at).map((upper) => {
      const entry = { step: ref.step!, name: ref.name ?? ref.step!, at: upper.at };
      const stored = upper.outputs[ref.output!];
      if (upper.state === 'unknown') return { identity: unknownIdentity, entry };
      if (stored === undefined) return { identity: `failed:${upper.failure?.code ?? ''}:${upper.failure?.step ?? ''}`, entry: { ...entry, failure: upper.failure! } };
      const input: UnitInput = { from: 'store', type: upper.step.outputs[ref.output!].type, digest: stored.digest, ...(upper.record === undefined ? {} : { record: upper.record }) };
      return { identity: stored.digest, entry: { ...entry, input } };
    });
  }

  /**
   * The identity of a port that gathers cases: one digest a case, so that a port over thousands of cases and dozens of steps is known by one
   * short list. Only a step that runs asks what is behind it.
   */
  #caseGather(refs: readonly Ref[]): string | undefined {
    if (!gathersCases(refs)) return undefined;
    const id = JSON.stringify(refs);
    const known = this.#gathers.get(id);
    if (known !== undefined) return known;
    const { cases } = this.plan;
    const gather = gatherOf(refs);
    const unknown = this.executor === undefined && cases.some((entry) => !entry.complete);
    const identity = unknown ? unknownIdentity : digestOf([refs.map((ref) => [ref.step, ref.output, ref.name ?? null]), cases.map((entry) => [entry.inputs.id, entry.gathered(gather)])]);
    this.#gathers.set(id, identity);
    return identity;
  }

  /** All that a port gathers, case by case. */
  async #caseEntries(refs: readonly Ref[]): Promise<UnitEntry[]> {
    const { ends } = gatherOf(refs);
    const types = refs.map((ref) => this.plan.template.byId.get(ref.step!)!.outputs[ref.output!].type);
    const perCase = await mapWindow(this.plan.cases, async (planned) => {
      const at = { case: planned.inputs.id };
      return (await planned.outputs(ends, this.options.cache)).map((found, i): UnitEntry => {
        const end = { step: refs[i].step!, name: refs[i].name ?? refs[i].step!, at };
        return 'failure' in found ? { ...end, failure: found.failure } : { ...end, input: { from: 'store', type: types[i], digest: found.stored.digest, record: found.record } };
      });
    });
    return perCase.flat();
  }

  /** The value of a cohort step's output. */
  async value(step: string, output: string, at: Coordinates): Promise<PortValue> {
    const node = this.#byPlace.get(place(step, at));
    const stored = node?.outputs[output];
    if (node === undefined || stored === undefined) {
      throw new RadloomError({ code: 'no-output', what: `${step} has no ${output}${node?.failure === undefined ? '' : `: ${node.failure.message}`}.`, where: { step } });
    }
    const record = node.record === undefined ? undefined : await this.options.cache.readRecord(node.record);
    const bytes = record?.inline(stored.digest) ?? (await this.options.cache.readBlob(stored.digest));
    if (bytes === undefined) throw cacheLost(stored.digest, node.record);
    return decodePort(node.step.outputs[output].type, bytes);
  }
}

const unknownIdentity = '?';

function place(step: string, at: Coordinates): string {
  return [step, ...Object.keys(at).sort().map((dimension) => `${dimension}=${at[dimension]}`)].join('@');
}

/** Every place of some dimensions; those fixed by `at` and not gathered stay fixed. */
function places(names: readonly string[], dimensions: Readonly<Record<string, readonly string[]>>, at: Coordinates = {}, gather: readonly string[] = []): Coordinates[] {
  let all: Coordinates[] = [{}];
  for (const name of names) {
    const elements = at[name] !== undefined && !gather.includes(name) ? [at[name]] : dimensions[name];
    all = all.flatMap((coordinates) => elements.map((element) => ({ ...coordinates, [name]: element })));
  }
  return all;
}

import {
  type Context, decodePort, type Digest, digestBytes, encodePort, type Failure, type Gathered, type InputFile, type Inputs, isRadloomError, type Operation, type Params, type Plugin, type PortType,
  type PortValue, RadloomError, type Seed, type Table,
} from '@radloom/core';
import type { StoredOutput, Warning } from './record.js';
import { inlineLimit } from './record.js';
import type { Coordinates, FileRef } from './workflow.js';

/** Where a unit's node takes a value from. */
export type UnitInput =
  | { readonly from: 'node'; readonly index: number; readonly output: string }
  | { readonly from: 'files'; readonly files: readonly FileRef[] }
  | { readonly from: 'store'; readonly type: PortType; readonly digest: Digest; readonly record?: Digest }
  | { readonly from: 'value'; readonly type: PortType; readonly bytes: Uint8Array }
  /** A value of this very thread; cannot travel. */
  | { readonly from: 'object'; readonly value: PortValue };

export interface UnitEntry {
  readonly step: string;
  readonly name: string;
  readonly at: Coordinates;
  readonly input?: UnitInput;
  readonly failure?: Failure;
}

/** One node of a unit: everything a worker needs to do it, and nothing else. Plain data. */
export interface UnitNode {
  readonly step: string;
  readonly key: Digest;
  /** Module URL of the plugin's manifest. */
  readonly url: string;
  readonly operation: string;
  readonly params: Params;
  readonly seed: Seed;
  readonly at: Coordinates;
  readonly asPublished: boolean;
  readonly inputs: Readonly<Record<string, UnitInput | readonly UnitEntry[]>>;
  readonly outputs: Readonly<Record<string, { readonly type: PortType; readonly store: boolean }>>;
}

/** Work that one worker does in one go: a case's chain, or one node of the cohort. Nodes come after what they need. */
export interface Unit {
  readonly id: string;
  readonly at: Coordinates;
  readonly nodes: readonly UnitNode[];
  /** Bytes it is expected to hold at once. */
  readonly memory: number;
}

export interface NodeResult {
  readonly state: 'done' | 'failed' | 'skipped';
  readonly outputs: Readonly<Record<string, StoredOutput>>;
  readonly failure?: Failure;
  /** False when trying again may help (a crash, a full disk): such a failure is not kept. */
  readonly deterministic: boolean;
  readonly warnings: readonly Warning[];
  readonly milliseconds: number;
}

export interface UnitResult {
  readonly nodes: readonly NodeResult[];
}

/** What a unit needs from the machine it runs on. */
export interface UnitHost {
  plugin(url: string): Promise<Plugin>;
  files(refs: readonly FileRef[]): Promise<readonly InputFile[]>;
  /** Bytes of a stored output. */
  stored(digest: Digest, record: Digest | undefined): Promise<Uint8Array>;
  /** Keeps an output that is too large for a record. */
  keep(digest: Digest, bytes: Uint8Array): Promise<void>;
  /** Milliseconds on any clock; for the record only. */
  now(): number;
  signal: AbortSignal;
  progress?(node: number, done: number, total: number): void;
  finished?(node: number, result: NodeResult): void;
}

/**
 * Runs a unit's nodes one after the other in this thread. A node that fails takes those that need it with it; the others go on.
 * Values are dropped as soon as no later node needs them.
 */
export async function executeUnit(unit: Unit, host: UnitHost): Promise<UnitResult> {
  const values: (Map<string, PortValue> | undefined)[] = unit.nodes.map(() => undefined);
  const results: NodeResult[] = [];
  const last = lastUse(unit);
  const decoded = new Map<Digest, PortValue>();
  for (const [index, node] of unit.nodes.entries()) {
    host.signal.throwIfAborted();
    const started = host.now();
    const warnings: Warning[] = [];
    let result: NodeResult;
    const cause = brokenInput(node, results);
    if (cause !== undefined) {
      result = { state: 'skipped', outputs: {}, failure: cause, deterministic: true, warnings, milliseconds: 0 };
    } else {
      try {
        const inputs = await gatherInputs(node, values, results, host, decoded);
        const operation = await operationOf(node, host);
        const context: Context = {
          seed: node.seed,
          at: node.at,
          signal: host.signal,
          progress: (done, total) => host.progress?.(index, done, total),
          warn: (code, text) => void warnings.push({ code, text }),
        };
        const outputs = await operation(inputs, node.params, context);
        const made = new Map<string, PortValue>();
        const stored: Record<string, StoredOutput> = {};
        for (const [port, { type, store }] of Object.entries(node.outputs)) {
          const value = outputs[port];
          if (value === undefined) throw new RadloomError({ code: 'output-missing', what: `The plugin did not give its output ${port}.`, deterministic: false });
          made.set(port, value);
          if (!store) continue;
          const bytes = encodePort(type, value);
          const digest = digestBytes(bytes);
          if (bytes.length > inlineLimit) await host.keep(digest, bytes);
          stored[port] = bytes.length > inlineLimit ? { digest, size: bytes.length } : { digest, size: bytes.length, inline: bytes };
        }
        values[index] = made;
        result = { state: 'done', outputs: stored, deterministic: true, warnings, milliseconds: host.now() - started };
      } catch (error) {
        if (host.signal.aborted) throw error;
        const failure = failureOf(error, node.step);
        result = { state: 'failed', outputs: {}, failure, deterministic: isRadloomError(error) && error.deterministic, warnings, milliseconds: host.now() - started };
      }
    }
    results.push(result);
    host.finished?.(index, result);
    for (let earlier = 0; earlier <= index; earlier++) if (last[earlier] <= index) values[earlier] = undefined;
  }
  return { nodes: results };
}

/** For each node, the last node that needs one of its outputs (itself when nobody does). */
function lastUse(unit: Unit): number[] {
  const last = unit.nodes.map((_, i) => i);
  unit.nodes.forEach((node, i) => {
    for (const input of Object.values(node.inputs).flat()) {
      const end = 'from' in input ? input : input.input;
      if (end?.from === 'node') last[end.index] = Math.max(last[end.index], i);
    }
  });
  return last;
}

/** The first cause, when an input that must be there is not. */
function brokenInput(node: UnitNode, results: readonly NodeResult[]): Failure | undefined {
  for (const input of Object.values(node.inputs)) {
    if ('from' in input && input.from === 'node' && results[input.index].state !== 'done') return results[input.index].failure;
  }
  return undefined;
}

async function gatherInputs(node: UnitNode, values: readonly (Map<string, PortValue> | undefined)[], results: readonly NodeResult[], host: UnitHost, decoded: Map<Digest, PortValue>): Promise<Inputs> {
  const value = async (input: UnitInput): Promise<PortValue> => {
    switch (input.from) {
      case 'node':
        return values[input.index]!.get(input.output)!;
      case 'files':
        return { type: 'files', files: await host.files(input.files) };
      case 'value':
        return decodePort(input.type, input.bytes);
      case 'object':
        return input.value;
      default: {
        const known = decoded.get(input.digest);
        if (known !== undefined) return known;
        const found = decodePort(input.type, await host.stored(input.digest, input.record));
        // Feature vectors come by the thousand and are asked for once; tables and models come again and again.
        if (input.type !== 'features') decoded.set(input.digest, found);
        return found;
      }
    }
  };
  const inputs: Record<string, PortValue | Gathered[]> = {};
  for (const [port, input] of Object.entries(node.inputs)) {
    if ('from' in input) {
      const found = await value(input);
      inputs[port] = node.asPublished ? allRowsTeach(found) : found;
      continue;
    }
    const entries: Gathered[] = [];
    for (const { step, name, at, input: end, failure } of input) {
      if (end === undefined) entries.push({ step, name, at, failure });
      else if (end.from === 'node' && results[end.index].state !== 'done') entries.push({ step, name, at, failure: results[end.index].failure });
      else entries.push({ step, name, at, value: await value(end) });
    }
    inputs[port] = entries;
  }
  return inputs;
}

/** On a step marked as published, rows that should not teach are let through as if they might. */
function allRowsTeach(value: PortValue): PortValue {
  if (value.type !== 'table') return value;
  const table: Table = value;
  return { ...table, partition: { ...table.partition, role: 'training', asPublished: true } };
}

async function operationOf(node: UnitNode, host: UnitHost): Promise<Operation> {
  const plugin = await host.plugin(node.url);
  return plugin.operations[node.operation].load();
}

/** An error as plain data: its sentence, never its stack or a path. */
export function failureOf(error: unknown, step: string): Failure {
  if (isRadloomError(error)) {
    const { code, what, fix, data } = error;
    return { code, message: what, step, ...(fix === undefined ? {} : { fix }), ...(Object.keys(data).length === 0 ? {} : { data }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message: `Something unexpected went wrong in ${step}: ${message}`, step };
}

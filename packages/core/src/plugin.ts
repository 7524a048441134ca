import type { PortType, PortValue } from './codec.js';
import type { Failure } from './errors.js';
import type { Params, ParamsSchema } from './params.js';
import type { Seed } from './random.js';

export const kinds = [
  'reader', 'preprocess', 'filter', 'features', 'transform', 'selector', 'resampler', 'splitter', 'classifier', 'ensemble', 'evaluation', 'figure', 'report', 'writer', 'perturbation',
] as const;
export type Kind = (typeof kinds)[number];

/**
 * One input or output of an operation.
 *
 * `partition` on an input says which rows it accepts (`training`: it learns; `any`: it only applies). On an output it says whose rows
 * it carries: a literal role, or `{ from }`, the input whose rows it keeps.
 */
export interface Port {
  readonly type: PortType;
  /** Takes any number of values, as `Gathered[]`: all cases, all folds, several models. */
  readonly many?: boolean;
  readonly optional?: boolean;
  readonly partition?: 'training' | 'test' | 'all' | 'any' | { readonly from: string };
}

export type Ports = Readonly<Record<string, Port>>;

/** One element of a `many` port: a value, or why there is none. */
export interface Gathered<T extends PortValue = PortValue> {
  /** The step that made it. */
  readonly step: string;
  /** The name given to it in the workflow; the step's id unless said otherwise. */
  readonly name: string;
  /** Which element of each dimension: `{ case: 'P017' }`, `{ fold: 'r1f3' }`. */
  readonly at: Readonly<Record<string, string>>;
  readonly value?: T;
  readonly failure?: Failure;
}

/** What the world gives to an operation beside its inputs. */
export interface Context {
  readonly seed: Seed;
  readonly signal: AbortSignal;
  /** The element of the dimension that the operation scatters over, if it does. */
  readonly at: Readonly<Record<string, string>>;
  progress(done: number, total: number): void;
  /** Something a person should know that does not stop the work. */
  warn(code: string, text: string, data?: Readonly<Record<string, unknown>>): void;
}

export type Inputs = Readonly<Record<string, PortValue | readonly Gathered[] | undefined>>;
export type Outputs = Readonly<Record<string, PortValue>>;
export type Operation = (inputs: Inputs, params: Params, ctx: Context) => Outputs | Promise<Outputs>;

export interface OperationSpec {
  readonly inputs: Ports;
  /** Fixed, or computed from the settings (a wavelet's bands). */
  readonly outputs: Ports | ((params: Params) => Ports);
  /** The dimension that this operation opens: run once for each of its elements, told which by `ctx.at`. */
  readonly scatter?: string;
  /** Imports the code that does the work; nothing heavy is loaded before. */
  load(): Promise<Operation>;
}

/** Everything the engine knows of a plugin. */
export interface Plugin {
  readonly contract: 1;
  readonly kind: Kind;
  readonly name: string;
  readonly summary: string;
  readonly params: ParamsSchema;
  readonly operations: Readonly<Record<string, OperationSpec>>;
  /** Kind-specific facts for people: a family's features, a filter's image names. */
  readonly about: Readonly<Record<string, unknown>>;
}

/** `features/glcm`: how steps name plugins. */
export function pluginId(plugin: Plugin): string {
  return `${plugin.kind}/${plugin.name}`;
}

export function isPlugin(value: unknown): value is Plugin {
  const candidate = value as Partial<Plugin> | null;
  return typeof candidate === 'object' && candidate !== null && candidate.contract === 1 && typeof candidate.kind === 'string' && typeof candidate.name === 'string' && typeof candidate.operations === 'object';
}

/** The outputs of an operation at these settings. */
export function outputPorts(spec: OperationSpec, params: Params): Ports {
  return typeof spec.outputs === 'function' ? spec.outputs(params) : spec.outputs;
}

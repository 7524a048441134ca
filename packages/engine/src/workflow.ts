import type { Failure, PortType, PortValue } from '@radloom/core';

/** One input file as the host knows it; `locator` is the host's own (a path, a handle's key) and never leaves it. */
export interface FileRef {
  /** Base name, for format choice and messages. */
  readonly name: string;
  readonly locator: string;
  /** The file as it was when the host found it: its size, and a text that differs when the file was changed. It spares a second look. */
  readonly seen?: { readonly size: number; readonly stamp: string };
}

/**
 * Where values enter the graph.
 * `files`: per case, the files of one image or segmentation, or the failure that is already known of it.
 * `object`: a value that is given to a direct run. `value`: one value for the whole study. `facts`: one value that is made once the plan's identity is known (what the report prints about the plan). `shared`: the cases
 * whose files of any of some sources are the same, as `{ groups: [digest, ids][] }`; empty when no two cases share one.
 */
export type Source =
  | { readonly kind: 'files'; readonly cases: Readonly<Record<string, { readonly files: readonly FileRef[] } | { readonly failure: Failure }>> }
  | { readonly kind: 'value'; readonly type: PortType; readonly value: PortValue }
  | { readonly kind: 'object'; readonly type: PortType }
  | { readonly kind: 'shared'; readonly type: 'data'; readonly of: readonly string[] }
  | { readonly kind: 'facts'; readonly type: PortType; readonly value: (plan: PlanFacts) => PortValue };

/** What a plan says of itself to the report. */
export interface PlanFacts {
  readonly planId: string;
  /** Digest of all input files and values. */
  readonly dataDigest: string;
  /** Steps that repeat a publication by learning from rows they should not see, and all that follow. */
  readonly tainted: readonly string[];
}

/** An edge's upper end. `gather` lists the dimensions that are collected into a `many` port. */
export interface Ref {
  readonly step?: string;
  readonly output?: string;
  readonly source?: string;
  /** How the receiving step calls it; default the step's (or source's) id. */
  readonly name?: string;
  readonly gather?: readonly string[];
}

export interface Step {
  readonly id: string;
  /** `features/glcm` */
  readonly plugin: string;
  readonly operation: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** What differs for single cases: another plugin of the same kind (a case in another file format), settings merged over `params`. */
  readonly overrides?: Readonly<Record<string, { readonly plugin?: string; readonly params?: Readonly<Record<string, unknown>> }>>;
  readonly inputs: Readonly<Record<string, Ref | readonly Ref[]>>;
  /** The dimension that the step opens, instead of the one that its operation names: rows divided twice in one study. */
  readonly scatter?: string;
  /** Lets a learning step take rows it should not see, to repeat a publication; taints all that follows. */
  readonly asPublished?: boolean;
}

/** What is to be computed, before anything is known of caches or machines: plain data. */
export interface Workflow {
  /** Elements of each dimension, in order: `case`, `fold`. */
  readonly dimensions: Readonly<Record<string, readonly string[]>>;
  readonly sources: Readonly<Record<string, Source>>;
  readonly steps: readonly Step[];
  /** The study's seed. */
  readonly seed: number;
}

/** The end of an edge from a step. */
export function from(step: string, output: string, more: { name?: string; gather?: readonly string[] } = {}): Ref {
  return { step, output, ...more };
}

/** The end of an edge from a source. */
export function source(name: string, more: { name?: string } = {}): Ref {
  return { source: name, ...more };
}

/** Which element of each dimension: `{ case: 'P017' }`. */
export type Coordinates = Readonly<Record<string, string>>;

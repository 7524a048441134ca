import type { z } from 'zod';
import type { PortTypes } from '../codec.js';
import type { ParamsSchema } from '../params.js';
import type { Context, Gathered, Kind, Operation, Plugin, Port, Ports } from '../plugin.js';

/** The value behind a port, as an operation sees it. */
export type PortArgument<P extends Port> = P extends { many: true } ? readonly Gathered<PortTypes[P['type']]>[] : P extends { optional: true } ? PortTypes[P['type']] | undefined : PortTypes[P['type']];

export type PortArguments<P extends Ports> = { readonly [K in keyof P]: PortArgument<P[K]> };
export type PortResults<P extends Ports> = { readonly [K in keyof P]: PortTypes[P[K]['type']] };

/** A function from named inputs to named outputs. */
export type Run<I extends Ports, O extends Ports, P> = (inputs: PortArguments<I>, params: P, ctx: Context) => PortResults<O> | Promise<PortResults<O>>;

export interface StepDefinition<S extends ParamsSchema, I extends Ports, O extends Ports> {
  name: string;
  summary: string;
  params: S;
  inputs: I;
  outputs: O;
  about?: Readonly<Record<string, unknown>>;
  load: () => Promise<{ run: Run<I, O, z.output<S>> }>;
}

/** A plugin of one operation, `run`, with ports of its own choosing. */
function defineStep<S extends ParamsSchema, const I extends Ports, const O extends Ports>(kind: Kind, definition: StepDefinition<S, I, O>): Plugin {
  const { name, summary, params, inputs, outputs, about = {}, load } = definition;
  return {
    contract: 1,
    kind,
    name,
    summary,
    params,
    about,
    operations: { run: { inputs, outputs, load: async () => (await load()).run as unknown as Operation } },
  };
}

/** Changes an image, a mask or both before features are computed; also makes regions. Operation `run`. */
export function definePreprocess<S extends ParamsSchema, const I extends Ports, const O extends Ports>(definition: StepDefinition<S, I, O>): Plugin {
  return defineStep('preprocess', definition);
}

/** Measures predictions, or chooses between them. Operation `run`. */
export function defineEvaluation<S extends ParamsSchema, const I extends Ports, const O extends Ports>(definition: StepDefinition<S, I, O>): Plugin {
  return defineStep('evaluation', definition);
}

/** Draws. Operation `run`, one output `figure`. */
export function defineFigure<S extends ParamsSchema, const I extends Ports>(definition: StepDefinition<S, I, { figure: { type: 'figure' } }>): Plugin {
  return defineStep('figure', definition);
}

/** Writes a document from everything a study found. Operation `run`. */
export function defineReport<S extends ParamsSchema, const I extends Ports, const O extends Ports>(definition: StepDefinition<S, I, O>): Plugin {
  return defineStep('report', definition);
}

/** Writes a result in a format of the outside world. Operation `run`. */
export function defineWriter<S extends ParamsSchema, const I extends Ports>(definition: StepDefinition<S, I, { document: { type: 'document' } }>): Plugin {
  return defineStep('writer', definition);
}


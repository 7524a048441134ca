/** What is used of libsvm-js 0.2, which brings no types. */
declare module 'libsvm-js' {
  export interface Options {
    readonly type: string;
    readonly kernel: string;
    readonly cost: number;
    readonly gamma: number;
    readonly degree: number;
    readonly coef0: number;
    readonly tolerance: number;
    readonly weight: Readonly<Record<string, number>>;
    readonly quiet: boolean;
  }
  export interface Machine {
    train(samples: readonly number[][], labels: readonly number[]): void;
    /** Training rows with a coefficient, in the order of the serialised model. */
    getSVIndices(): number[];
    serializeModel(): string;
    /** The memory behind a machine is never collected otherwise. */
    free(): void;
  }
  const library: Promise<new (options: Options) => Machine>;
  export default library;
}

declare module 'libsvm-js/asm.js' {
  import type { Machine, Options } from 'libsvm-js';
  const library: new (options: Options) => Machine;
  export default library;
}

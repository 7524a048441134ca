/** What every compiled kernel exports beside its functions. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  /** The first byte that the kernel does not use itself. */
  freeMemory(): number;
}

/** Areas start at multiples of this, and have as much spare room behind: a kernel's last vector may reach beyond its data. */
const VECTOR = 16;
const PAGE = 65536;
/** A kernel that needs more memory than this is used once: WebAssembly memory never shrinks. */
const KEPT_BYTES = 32 * 2 ** 20;

/** A kernel with a memory of its own. Calls do not overlap: each lays out the memory as it needs it. */
export class Kernel<Functions> {
  constructor(
    readonly call: Functions & Exports,
    private readonly forget: () => void,
  ) {}

  /**
   * Makes room for areas of so many bytes, and returns where they start. What was in them is left as it is; views made before may be
   * lost.
   *
   * @throws RangeError where the platform has not that much
   */
  room(...lengths: readonly number[]): number[] {
    let end = this.call.freeMemory();
    const starts = lengths.map((length) => {
      const start = Math.ceil(end / VECTOR) * VECTOR;
      end = start + length + VECTOR;
      return start;
    });
    const missing = end - this.call.memory.buffer.byteLength;
    if (missing > 0) this.call.memory.grow(Math.ceil(missing / PAGE));
    if (end > KEPT_BYTES) this.forget();
    return starts;
  }

  /** The same; undefined where the platform has not that much. */
  tryRoom(...lengths: readonly number[]): number[] | undefined {
    try {
      return this.room(...lengths);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** Copies an array to an address. */
  put(at: number, data: ArrayBufferView): void {
    this.bytes(at, data.byteLength).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.call.memory.buffer, at, length);
  }

  words(at: number, length: number): Uint32Array {
    return new Uint32Array(this.call.memory.buffer, at, length);
  }

  integers(at: number, length: number): Int32Array {
    return new Int32Array(this.call.memory.buffer, at, length);
  }

  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.call.memory.buffer, at, length);
  }

  doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.call.memory.buffer, at, length);
  }
}

/**
 * Gives out a kernel compiled from base64 code, made on first use; undefined where the platform has no WebAssembly with vectors, or does not
 * allow it. The caller then takes its plain path, to the same result.
 */
export function kernelSource<Functions>(code: string): () => Kernel<Functions> | undefined {
  let module: WebAssembly.Module | null | undefined;
  let kept: Kernel<Functions> | undefined;
  return () => {
    if (kept !== undefined) return kept;
    if (module === undefined) module = compiled(code);
    if (module === null) return undefined;
    kept = new Kernel(new WebAssembly.Instance(module).exports as unknown as Functions & Exports, () => (kept = undefined));
    return kept;
  };
}

function compiled(code: string): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(code), (character) => character.charCodeAt(0)));
  } catch {
    return null;
  }
}

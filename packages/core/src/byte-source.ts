import { RadloomError } from './errors.js';

/** Bytes in order, from a plain or a gzip-compressed file; what nobody asks for is never decompressed. */
export interface ByteSource {
  /** No more bytes than this can come: the plain length, or the most that deflate can pack into the file. */
  readonly atMost: number;
  /** The next bytes, at most `count`, without taking them. */
  peek(count: number): Promise<Uint8Array>;
  /** Fills `target` as far as there are bytes; returns how many came. */
  readInto(target: Uint8Array): Promise<number>;
  /** Passes over bytes; returns how many there were. */
  skip(count: number): Promise<number>;
  /** True when at least one more byte is there; ends the reading. */
  close(): Promise<boolean>;
}

/** Deflate spends at least one bit on two codes, each standing for 258 bytes at most. */
const MOST_A_BYTE = 1032;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

export function plainBytes(bytes: Uint8Array): ByteSource {
  let position = 0;
  const advance = (count: number) => {
    const from = position;
    position = Math.min(bytes.length, position + count);
    return from;
  };
  return {
    atMost: bytes.length,
    peek: async (count) => bytes.subarray(position, position + count),
    readInto: async (target) => {
      const from = advance(target.length);
      target.set(bytes.subarray(from, position));
      return position - from;
    },
    skip: async (count) => -advance(count) + position,
    close: async () => position < bytes.length,
  };
}

let nativeGunzip: ((bytes: Uint8Array) => Uint8Array) | undefined;

/** Lets a host give its native gunzip, which is twice as fast; what it refuses goes through the stream, which says how far the data go. */
export function useNativeGunzip(gunzip: (bytes: Uint8Array) => Uint8Array): void {
  nativeGunzip = gunzip;
}

/**
 * A gzip stream through the host's decompressor, or the platform's own (Node and browsers both have it).
 *
 * @throws `gzip-damaged` from `readInto` and `skip` where the stream is cut off or corrupt
 */
export function inflatedBytes(bytes: Uint8Array): ByteSource {
  if (nativeGunzip !== undefined) {
    try {
      return plainBytes(nativeGunzip(bytes));
    } catch {
      // Cut off, corrupt, or too large to take at once.
    }
  }
  return streamedBytes(bytes);
}

function streamedBytes(bytes: Uint8Array): ByteSource {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  // Failures surface at the reading end; these promises would only repeat them.
  writer.write(bytes as Uint8Array<ArrayBuffer>).catch(() => {});
  writer.close().catch(() => {});
  const reader = stream.readable.getReader();
  let chunk = new Uint8Array(0);
  let received = 0;

  const next = async (): Promise<boolean> => {
    try {
      const { done, value } = await reader.read();
      if (done) return false;
      chunk = value;
      received += value.length;
      return true;
    } catch (cause) {
      throw new RadloomError({
        code: 'gzip-damaged',
        what: `The gzip data is incomplete or corrupt: it ends or breaks after ${received} decompressed bytes.`,
        fix: 'Copy the file again from its source, or compress it again.',
        cause,
      });
    }
  };
  const take = async (count: number, use: (piece: Uint8Array, at: number) => void): Promise<number> => {
    let taken = 0;
    while (taken < count) {
      if (chunk.length === 0 && !(await next())) break;
      const piece = chunk.subarray(0, count - taken);
      use(piece, taken);
      taken += piece.length;
      chunk = chunk.subarray(piece.length);
    }
    return taken;
  };
  return {
    atMost: bytes.length * MOST_A_BYTE,
    peek: async (count) => {
      while (chunk.length < count) {
        const kept = chunk;
        chunk = new Uint8Array(0);
        if (!(await next())) {
          chunk = kept;
          break;
        }
        const joined = new Uint8Array(kept.length + chunk.length);
        joined.set(kept);
        joined.set(chunk, kept.length);
        chunk = joined;
      }
      return chunk.subarray(0, count);
    },
    readInto: (target) => take(target.length, (piece, at) => target.set(piece, at)),
    skip: (count) => take(count, () => {}),
    close: async () => {
      // Damage behind the last byte that was needed does not matter here.
      const more = chunk.length > 0 || (await next().catch(() => false));
      await reader.cancel().catch(() => {});
      return more;
    },
  };
}

import * as crypto from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { useNativeDigest, useNativeGunzip } from '@radloom/core';

/** What a gzip file may become at once; beyond it goes through the stream, piece by piece. */
const mostAtOnce = 2 ** 30;
/** The most that one byte of a gzip file can stand for. */
const mostAByte = 1032;

/** In one call where this Node has it: half the time for the short texts that keys are. */
const hash: (algorithm: string, bytes: Uint8Array) => string =
  'hash' in crypto ? (algorithm, bytes) => crypto.hash(algorithm, bytes, 'hex') : (algorithm, bytes) => crypto.createHash(algorithm).update(bytes).digest('hex');

/** Lets core use Node's own hashes and decompressor: the same results, faster. Every program and worker calls it once at its start. */
export function useNativeCode(): void {
  useNativeDigest((bytes) => hash('sha256', bytes), (chunks) => {
    const state = crypto.createHash('sha1');
    for (const chunk of chunks) state.update(chunk);
    return state.digest('hex');
  });
  useNativeGunzip((bytes) => {
    // A file ends with the length of its data (modulo 2^32): one buffer of that size instead of many that are joined.
    const length = bytes.length < 18 ? 0 : new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(bytes.length - 4, true);
    const chunkSize = Math.max(1 << 14, Math.min(length + 1, bytes.length * mostAByte, mostAtOnce));
    return gunzipSync(bytes, { maxOutputLength: mostAtOnce, chunkSize });
  });
}

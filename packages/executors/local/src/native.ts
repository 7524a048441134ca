import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { useNativeDigest, useNativeGunzip } from '@radloom/core';

/** What a gzip file may become at once; beyond it goes through the stream, piece by piece. */
const mostAtOnce = 2 ** 30;

/** Lets core use Node's own hashes and decompressor: the same results, faster. Every program and worker calls it once at its start. */
export function useNativeCode(): void {
  useNativeDigest((bytes) => createHash('sha256').update(bytes).digest('hex'), (bytes) => createHash('sha1').update(bytes).digest('hex'));
  useNativeGunzip((bytes) => gunzipSync(bytes, { maxOutputLength: mostAtOnce }));
}

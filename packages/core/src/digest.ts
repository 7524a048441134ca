import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { encoded } from './encoding.js';

/** SHA-256 as 64 lower-case hexadecimal digits. */
export type Digest = string;

const hex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += hex[byte];
  return text;
}

let hash: (bytes: Uint8Array) => Digest = (bytes) => hexOf(sha256(bytes));
let legacyHash: (chunks: Iterable<Uint8Array>) => string = (chunks) => {
  const state = sha1.create();
  for (const chunk of chunks) state.update(chunk);
  return hexOf(state.digest());
};

/** Lets a host give its native SHA-256 (and SHA-1), ten times faster; the digests are the same. */
export function useNativeDigest(native: (bytes: Uint8Array) => Digest, nativeSha1 = legacyHash): void {
  hash = native;
  legacyHash = nativeSha1;
}

/** SHA-1 as 40 hexadecimal digits: how PyRadiomics names pixel buffers. Never a key. */
export function sha1OfBytes(bytes: Uint8Array): string {
  return legacyHash([bytes]);
}

/** SHA-1 of bytes that come piece by piece; a piece may be overwritten when the next is asked for. */
export function sha1OfChunks(chunks: Iterable<Uint8Array>): string {
  return legacyHash(chunks);
}

/** SHA-256 of raw bytes. */
export function digestBytes(bytes: Uint8Array): Digest {
  return hash(bytes);
}

/** SHA-256 of a value's canonical encoding. */
export function digestOf(value: unknown): Digest {
  return encoded(value, hash);
}

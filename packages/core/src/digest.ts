import { sha256 } from '@noble/hashes/sha2.js';
import { encode } from './encoding.js';

/** SHA-256 as 64 lower-case hexadecimal digits. */
export type Digest = string;

const hex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

function pure(bytes: Uint8Array): Digest {
  let text = '';
  for (const byte of sha256(bytes)) text += hex[byte];
  return text;
}

let hash: (bytes: Uint8Array) => Digest = pure;

/** Lets a host give its native SHA-256, which is ten times faster; the digests are the same. */
export function useNativeDigest(native: (bytes: Uint8Array) => Digest): void {
  hash = native;
}

/** SHA-256 of raw bytes. */
export function digestBytes(bytes: Uint8Array): Digest {
  return hash(bytes);
}

/** SHA-256 of a value's canonical encoding. */
export function digestOf(value: unknown): Digest {
  return hash(encode(value));
}

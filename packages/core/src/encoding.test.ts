import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestOf, sha1OfBytes, sha1OfChunks, useNativeDigest, digestBytes } from './digest.js';
import { decode, encode } from './encoding.js';
import { isRadloomError } from './errors.js';

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    fc.constant(null), fc.boolean(), fc.double(), fc.string(), fc.float64Array({ maxLength: 8 }), fc.uint8Array({ maxLength: 8 }), fc.int16Array({ maxLength: 8 }),
    fc.array(tie('any'), { maxLength: 4 }), fc.dictionary(fc.string(), tie('any'), { maxKeys: 4 }),
  ),
})).any;

describe('the canonical encoding', () => {
  test('gives back what it was given', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(decode(encode(given))).toEqual(given);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test('keys in any order are one value', () => {
    expect(digestOf({ a: 1, b: [2, 3] })).toBe(digestOf({ b: [2, 3], a: 1 }));
    expect(digestOf({ a: 1, b: undefined })).toBe(digestOf({ a: 1 }));
  });

  test.each([
    [NaN, null], [Infinity, null], [-0, 0], [1, '1'], [[], {}], [Float32Array.of(1), Float64Array.of(1)], [Int16Array.of(1), Uint16Array.of(1)], [[1, 2], [12]], ['', null],
  ])('tells %s from %s', (a, b) => expect(digestOf(a)).not.toBe(digestOf(b)));

  test('refuses what has no value: functions, class instances, circles', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    for (const bad of [() => 1, new Map(), new Date(0), Symbol('x'), circle]) {
      let problem: unknown;
      try {
        encode(bad);
      } catch (error) {
        problem = error;
      }
      expect(isRadloomError(problem)).toBe(true);
    }
  });

  test('reads from the middle of a larger buffer, and from a view whose slice does not copy', () => {
    class Sharing extends Uint8Array {
      override slice(start?: number, end?: number): Uint8Array<ArrayBuffer> {
        return this.subarray(start, end) as Uint8Array<ArrayBuffer>;
      }
    }
    const bytes = encode({ a: Float64Array.of(1.5, 2.5) });
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    const shared = new Sharing(larger.buffer, 3, bytes.length);
    expect(decode(shared)).toEqual({ a: Float64Array.of(1.5, 2.5) });
  });

  test('damaged bytes are an error, never another value', () => {
    const bytes = encode({ a: [1, 2, 'three'], b: Float64Array.of(1, 2) });
    for (let length = 0; length < bytes.length; length++) expect(() => decode(bytes.subarray(0, length))).toThrow();
  });
});


test('SHA-256 of "abc" (FIPS 180-2, appendix B.1)', () => {
  expect(digestBytes(new TextEncoder().encode('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('SHA-1 of "abc" (FIPS 180-1, appendix A)', () => {
  expect(sha1OfBytes(new TextEncoder().encode('abc'))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
  expect(sha1OfChunks(['a', '', 'bc'].map((text) => new TextEncoder().encode(text)))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
});

test('a native digest takes over', () => {
  const before = digestBytes(Uint8Array.of(1));
  useNativeDigest(() => 'native');
  expect(digestBytes(Uint8Array.of(1))).toBe('native');
  expect(before).toHaveLength(64);
});

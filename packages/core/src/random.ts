/** 128 random bits as four unsigned 32-bit integers; derived from the study's seed and a node's identity, never from scheduling. */
export type Seed = readonly [number, number, number, number];

/** A stream of random numbers; the same seed gives the same stream on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Uniform integer in [0, bound), without bias. */
  integer(bound: number): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** A shuffled copy of 0..count-1 (Fisher-Yates). */
  permutation(count: number): Uint32Array;
}

/** xoshiro128** (Blackman & Vigna 2018). */
export function random(seed: Seed): Random {
  let [a, b, c, d] = seed.map((word) => word >>> 0);
  if ((a | b | c | d) === 0) a = 1;
  const word = (): number => {
    const r = Math.imul(b, 5);
    const result = Math.imul((r << 7) | (r >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  for (let i = 0; i < 8; i++) word();
  const next = () => (word() * 2097152 + (word() >>> 11)) / 9007199254740992;
  const integer = (bound: number): number => {
    const limit = 4294967296 - (4294967296 % bound);
    for (;;) {
      const value = word();
      if (value < limit) return value % bound;
    }
  };
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const u = 2 * next() - 1;
      const v = 2 * next() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    }
  };
  const permutation = (count: number): Uint32Array => {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = integer(i + 1);
      const kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  };
  return { next, integer, normal, permutation };
}

/** The first 128 bits of a SHA-256 digest as a seed. */
export function seedFromDigest(digest: string): Seed {
  const part = (i: number) => Number.parseInt(digest.slice(8 * i, 8 * i + 8), 16);
  return [part(0), part(1), part(2), part(3)];
}

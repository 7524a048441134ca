import { decode, type Digest, digestBytes, encode } from '@radloom/core';
import type { CaseSlice, Gather } from './case-slice.js';
import { packDigests, readDigest } from './record.js';
import type { ByteStore } from './store.js';

/** A finished case as planning needs it: nothing to run, and what the cohort's ports take from it. */
export interface CaseRow {
  /** Stamp of the record from which this was read: what is known holds for that very record. */
  readonly stamp?: string;
  /** By gather: one digest of all that it takes from the case. */
  readonly gathered: ReadonlyMap<Digest, Digest>;
}

type KnownRow = Required<CaseRow>;

interface Saved {
  heads: Uint8Array;
  stamps: string[];
  gathered: [gather: Digest, digests: Uint8Array][];
}

const digestLength = 32;

/**
 * What earlier plans read from the records of finished cases, so that the next one looks at a record's stamp and reads nothing.
 *
 * Only a memory: one entry of the store for everything that is done to a case (a slice), about 150 bytes a case. A row counts only while the
 * record has the stamp under which it was read; a record that was changed, put aside or removed is looked at anew. So a lost or outdated
 * memory costs time and nothing else.
 */
export class CaseRows {
  readonly #rows: Map<Digest, KnownRow>;
  readonly #learned = new Map<Digest, KnownRow>();

  private constructor(
    private readonly store: ByteStore,
    private readonly slice: CaseSlice,
    rows: Map<Digest, KnownRow>,
  ) {
    this.#rows = rows;
  }

  static async open(store: ByteStore, slice: CaseSlice): Promise<CaseRows> {
    return new CaseRows(store, slice, await readRows(store, slice.digest));
  }

  /** A row of this head that was read from the record as it is, and that knows every gather of the template. */
  find(head: Digest, stamp: string | undefined): CaseRow | undefined {
    const row = this.#rows.get(head);
    return row !== undefined && stamp !== undefined && row.stamp === stamp && this.slice.gathers.every(({ id }) => row.gathered.has(id)) ? row : undefined;
  }

  /**
   * The row of a case that was found finished.
   * @param stamp taken before its record was read: had it been changed in between, the stamp fits no record any more. Without one the row is
   *              not remembered
   */
  learn(head: Digest, stamp: string | undefined, gathered: (gather: Gather) => Digest): CaseRow {
    const own = this.slice.gathers.map((gather) => [gather.id, gathered(gather)] as const);
    if (stamp === undefined) return { gathered: new Map(own) };
    const known = this.#rows.get(head);
    const row = { stamp, gathered: new Map([...(known?.stamp === stamp ? known.gathered : []), ...own]) };
    this.#rows.set(head, row);
    this.#learned.set(head, row);
    return row;
  }

  /** Keeps what was learned; what others wrote meanwhile stays. */
  async save(): Promise<void> {
    if (this.#learned.size === 0) return;
    const all = await readRows(this.store, this.slice.digest);
    for (const [head, row] of this.#learned) all.set(head, row);
    await this.store.write('rows', this.slice.digest, encodeRows(all));
    this.#learned.clear();
  }
}

/** Form: SHA-256 of the rest, then columns in the canonical encoding. */
function encodeRows(rows: ReadonlyMap<Digest, KnownRow>): Uint8Array {
  const list = [...rows];
  const gathers = [...new Set(list.flatMap(([, { gathered }]) => [...gathered.keys()]))];
  const saved: Saved = {
    heads: packDigests(list.map(([head]) => head)),
    stamps: list.map(([, { stamp }]) => stamp),
    gathered: gathers.map((id) => [id, packDigests(list.map(([, { gathered }]) => gathered.get(id) ?? absent))]),
  };
  const body = encode(saved);
  const bytes = new Uint8Array(digestLength + body.length);
  bytes.set(packDigests([digestBytes(body)]));
  bytes.set(body, digestLength);
  return bytes;
}

const absent: Digest = '0'.repeat(2 * digestLength);

/** Whether a memory is as it was written. */
export async function rowsAreWhole(store: ByteStore, slice: Digest): Promise<boolean> {
  const bytes = await store.read('rows', slice);
  return bytes === undefined || wholeBody(bytes) !== undefined;
}

function wholeBody(bytes: Uint8Array): Uint8Array | undefined {
  const body = bytes.subarray(digestLength);
  return bytes.length > digestLength && digestBytes(body) === readDigest(bytes, 0) ? body : undefined;
}

async function readRows(store: ByteStore, slice: Digest): Promise<Map<Digest, KnownRow>> {
  const bytes = await store.read('rows', slice);
  const body = bytes === undefined ? undefined : wholeBody(bytes);
  // A damaged memory is none; the next one takes its place.
  if (body === undefined) return new Map();
  const { heads, stamps, gathered } = decode(body) as Saved;
  return new Map(
    stamps.map((stamp, i) => {
      const known = gathered.map(([id, digests]) => [id, readDigest(digests, i)] as const).filter(([, digest]) => digest !== absent);
      return [readDigest(heads, i), { stamp, gathered: new Map(known) }];
    }),
  );
}

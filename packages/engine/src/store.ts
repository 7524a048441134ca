import { type Digest, digestBytes } from '@radloom/core';
import { decodeRecord, encodeRecord, type NodeRecord, RecordView } from './record.js';

/**
 * `records`: what was computed, by the digest of a case's inputs or of an action. `blobs`: larger outputs by their content. `runs`: manifests.
 * `rows`: what planning remembers of records, and can read again.
 */
export type Space = 'records' | 'blobs' | 'runs' | 'rows';

/** Where bytes are kept: a folder, memory, later an object store. Writes are atomic; reading what is not there gives undefined. */
export interface ByteStore {
  read(space: Space, id: string): Promise<Uint8Array | undefined>;
  write(space: Space, id: string, bytes: Uint8Array): Promise<void>;
  /** Puts a damaged entry aside, so that it is neither used nor lost. */
  quarantine(space: Space, id: string, reason: string): Promise<void>;
  list(space: Space): AsyncIterable<{ readonly id: string; readonly size: number; readonly modified: number }>;
  remove(space: Space, id: string): Promise<void>;
  /**
   * Per entry, a text that differs whenever the entry does, had without reading it; undefined for what is not there. A store that cannot tell
   * leaves this out, and every entry is read.
   */
  stamps?(space: Space, ids: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** How another thread or process opens the same store; undefined for one that cannot be shared. */
  readonly locator: StoreLocator | undefined;
}

export interface StoreLocator {
  /** Module URL whose export `open(options)` gives the store. */
  readonly module: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The cache as the engine uses it: every read is checked, a damaged entry is put aside and counts as a miss. */
export class Cache {
  constructor(
    readonly bytes: ByteStore,
    private readonly onDamage: (space: Space, id: string, reason: string) => void = () => {},
  ) {}

  async readRecord(id: Digest): Promise<RecordView | undefined> {
    const found = await this.bytes.read('records', id);
    if (found === undefined) return undefined;
    try {
      return decodeRecord(found);
    } catch {
      await this.damaged('records', id, 'the record does not match its own digest');
      return undefined;
    }
  }

  /** Adds nodes to a record; what it already held stays. */
  async writeRecord(id: Digest, nodes: ReadonlyMap<Digest, NodeRecord>, heads: ReadonlyMap<Digest, readonly Digest[]>): Promise<void> {
    const present = await this.readRecord(id);
    const merged = new Map(present?.nodes());
    for (const [key, node] of nodes) merged.set(key, node);
    const allHeads = new Map(present?.heads());
    for (const [head, keys] of heads) allHeads.set(head, keys);
    await this.bytes.write('records', id, encodeRecord(merged, allHeads));
  }

  async readBlob(digest: Digest): Promise<Uint8Array | undefined> {
    const found = await this.bytes.read('blobs', digest);
    if (found === undefined) return undefined;
    if (digestBytes(found) === digest) return found;
    await this.damaged('blobs', digest, 'the content does not match its digest');
    return undefined;
  }

  async writeBlob(digest: Digest, bytes: Uint8Array): Promise<void> {
    await this.bytes.write('blobs', digest, bytes);
  }

  private async damaged(space: Space, id: string, reason: string): Promise<void> {
    this.onDamage(space, id, reason);
    await this.bytes.quarantine(space, id, reason);
  }
}

/** A store that lives as long as the object: for tests, for browsers, and for a command that was not asked to keep anything. */
export function memoryStore(): ByteStore {
  const spaces: Record<Space, Map<string, { readonly bytes: Uint8Array; readonly stamp: string }>> = { records: new Map(), blobs: new Map(), runs: new Map(), rows: new Map() };
  let written = 0;
  return {
    locator: undefined,
    read: async (space, id) => spaces[space].get(id)?.bytes,
    write: async (space, id, bytes) => void spaces[space].set(id, { bytes, stamp: String(written++) }),
    quarantine: async (space, id) => void spaces[space].delete(id),
    remove: async (space, id) => void spaces[space].delete(id),
    stamps: async (space, ids) => ids.map((id) => spaces[space].get(id)?.stamp),
    async *list(space) {
      for (const [id, { bytes }] of spaces[space]) yield { id, size: bytes.length, modified: 0 };
    },
  };
}

import type { Digest } from '@radloom/core';
import { Cache } from '@radloom/engine';

/** Regions of one scan share a record, which is read, added to and written: their writes wait for each other. */
export class BatchCache extends Cache {
  readonly #last = new Map<Digest, Promise<void>>();

  override async writeRecord(...[id, nodes, heads]: Parameters<Cache['writeRecord']>): Promise<void> {
    const before = this.#last.get(id) ?? Promise.resolve();
    // A write that failed is its own case's failure; the next one goes on from what is there.
    const own = before.catch(() => {}).then(() => super.writeRecord(id, nodes, heads));
    this.#last.set(id, own);
    try {
      await own;
    } finally {
      if (this.#last.get(id) === own) this.#last.delete(id);
    }
  }
}

import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { RadloomError } from '@radloom/core';
import type { ByteStore, Executor, Unit, UnitResult } from '@radloom/engine';
import type { Piscina } from 'piscina';

export interface LocalExecutorOptions {
  /** Worker threads. */
  readonly jobs: number;
  /** The store that workers open for themselves. */
  readonly store: ByteStore;
  /** Bytes that all units together may hold at once; default half of the machine's memory. A unit that needs more runs alone. */
  readonly memoryBudget?: number;
  /** Another worker than this package's: a module whose default export is what `unitWork` makes, with data for it. */
  readonly worker?: { readonly file: string; readonly data: unknown };
}

/**
 * A compressed byte of input becomes about this many bytes in flight: decompression, float64 copies, eight wavelet bands. Measured on the
 * reference cases; it decides only how many units run side by side, never what they compute.
 */
const bytesInFlightPerInputByte = 60;

/** Runs units in worker threads; a unit is one task, so a case's images never leave their worker. */
export function localExecutor({ jobs, store, memoryBudget = totalmem() / 2, worker }: LocalExecutorOptions): Executor {
  if (store.locator === undefined) throw new RadloomError({ code: 'store-not-shared', what: 'Worker threads need a cache that they can open for themselves.', fix: 'Use a cache folder, or run in one thread.' });
  let pool: Promise<Piscina> | undefined;
  // Loaded and made when the first unit comes: a run that finds everything in the cache starts no thread.
  const started = (): Promise<Piscina> => (pool ??= startPool(jobs, worker ?? { file: fileURLToPath(new URL('./worker.js', import.meta.url)), data: { store: store.locator } }));
  let inFlight = 0;
  const waiting: (() => void)[] = [];
  const admit = async (bytes: number): Promise<void> => {
    while (inFlight > 0 && inFlight + bytes > memoryBudget) await new Promise<void>((resolve) => waiting.push(resolve));
    inFlight += bytes;
  };
  const release = (bytes: number): void => {
    inFlight -= bytes;
    for (const resume of waiting.splice(0)) resume();
  };
  return {
    // One more than there are workers: while one unit is being kept, the next is at work.
    concurrency: jobs + 1,
    run: async (unit: Unit): Promise<UnitResult> => {
      // A cancelled run starts nothing more; a unit in hand is finished, so that its work is kept.
      const bytes = unit.memory * bytesInFlightPerInputByte;
      await admit(bytes);
      try {
        return (await (await started()).run(unit)) as UnitResult;
      } catch (error) {
        return crashed(unit, error);
      } finally {
        release(bytes);
      }
    },
    close: async () => (await pool)?.destroy(),
  };
}

async function startPool(jobs: number, { file, data }: { readonly file: string; readonly data: unknown }): Promise<Piscina> {
  const { Piscina } = await import('piscina');
  return new Piscina({ filename: file, minThreads: 1, maxThreads: jobs, idleTimeout: 60_000, workerData: data });
}

/** A worker that died takes its unit's nodes with it; the failure is not kept, so the next run tries again. */
function crashed(unit: Unit, error: unknown): UnitResult {
  const full = error instanceof Error && 'brand' in error && (error as { code?: unknown }).code === 'disk-full';
  if (full) throw error;
  const memory = (error as { code?: string } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const message = memory ? 'The worker ran out of memory.' : `The worker stopped: ${error instanceof Error ? error.message : String(error)}`;
  return {
    nodes: unit.nodes.map((node) => ({
      state: 'failed',
      outputs: {},
      failure: { code: memory ? 'out-of-memory' : 'worker-crash', message, step: node.step, ...(memory ? { fix: 'Run with fewer jobs: --jobs 1.' } : {}) },
      deterministic: false,
      warnings: [],
      milliseconds: 0,
    })),
  };
}

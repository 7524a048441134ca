/** Work on several items at once, in order of starting; the first error stops the rest. */
export async function inParallel<T>(items: readonly T[], concurrency: number, signal: AbortSignal, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  let broken: unknown;
  const lane = async (): Promise<void> => {
    while (next < items.length && broken === undefined) {
      signal.throwIfAborted();
      const item = items[next++];
      try {
        await work(item);
      } catch (error) {
        broken ??= error;
        throw error;
      }
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: Math.max(1, Math.min(concurrency, items.length)) }, lane));
  const rejected = settled.find((result) => result.status === 'rejected');
  if (rejected !== undefined) throw broken ?? rejected.reason;
}

/** Small waits on files, this many at once. */
const window = 32;

/** The results of all items, in order. */
export async function mapWindow<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += window) results.push(...(await Promise.all(items.slice(start, start + window).map((item, i) => work(item, start + i)))));
  return results;
}

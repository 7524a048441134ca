import { random, type Seed } from '@radloom/core';

/**
 * Calls `use` with the rows of bootstrap samples of clusters drawn with replacement: rows of one name (a case that several folds predicted)
 * come together, so that repeats do not pass for cases of their own. With distinct names it is the ordinary bootstrap of rows.
 *
 * @param names per row, the cluster it belongs to
 * @param use   gets the drawn row indices and how many there are; the array is reused between calls
 */
export function clusteredBootstrap(names: readonly string[], seed: Seed, replicates: number, use: (rows: Uint32Array, count: number) => void): void {
  const clusters = new Map<string, number[]>();
  names.forEach((name, row) => {
    const known = clusters.get(name);
    if (known === undefined) clusters.set(name, [row]);
    else known.push(row);
  });
  const members = [...clusters.values()];
  const largest = members.reduce((most, rows) => Math.max(most, rows.length), 0);
  const drawn = new Uint32Array(members.length * largest);
  const stream = random(seed);
  for (let replicate = 0; replicate < replicates; replicate++) {
    let count = 0;
    for (let i = 0; i < members.length; i++) for (const row of members[stream.integer(members.length)]) drawn[count++] = row;
    use(drawn, count);
  }
}

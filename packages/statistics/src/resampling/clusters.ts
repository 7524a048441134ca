/**
 * Which rows hang together: those of one patient, be it that the patient has several (lesions, scans) or that folds that repeat predict the
 * same row again. What is known of a cluster does not grow with its rows as it would with patients.
 */
export interface Clusters {
  /** Per row its cluster, 0..count - 1 in the order in which they first come. */
  readonly of: Uint32Array;
  readonly count: number;
  /** Rows over distinct rows: how often folds took the same row, on average; 1 where none comes again. */
  readonly turns: number;
}

/**
 * The clusters of some rows; undefined where each row is a patient of its own, so that what follows is the plain formula.
 *
 * @param rows     per row its name; a name that comes again is the same row, predicted again
 * @param patients per row whose it is
 */
export function clustersOf(rows: readonly string[], patients: readonly string[] = rows): Clusters | undefined {
  const place = new Map<string, number>();
  const of = Uint32Array.from(rows, (_, r) => {
    const known = place.get(patients[r]) ?? place.size;
    place.set(patients[r], known);
    return known;
  });
  return place.size === rows.length ? undefined : { of, count: place.size, turns: rows.length / new Set(rows).size };
}

/** The clusters of some of the rows, in their order. */
export function clustersAt({ of, turns }: Clusters, picked: readonly number[]): Clusters {
  const place = new Map<number, number>();
  const own = Uint32Array.from(picked, (r) => {
    const known = place.get(of[r]) ?? place.size;
    place.set(of[r], known);
    return known;
  });
  return { of: own, count: place.size, turns };
}

/** Sums of a value over the rows of each cluster. */
export function clusterSums({ of, count }: Clusters, value: (row: number) => number): Float64Array {
  const sums = new Float64Array(count);
  for (let r = 0; r < of.length; r++) sums[of[r]] += value(r);
  return sums;
}

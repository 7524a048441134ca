/** Buckets a range of values is split into. */
export const BUCKETS = 4096;
/** Fewer values than this are sorted. */
const FEW = 256;

/**
 * The values at some ranks of the sorted array, without sorting it: values are counted in equal buckets between the extremes, and only
 * the buckets that hold a wanted rank are looked into, in the same way. Linear in the number of values.
 *
 * @param values  not changed
 * @param ranks   ascending, each 0..values.length - 1, at most 255
 */
export function orderStatistics(values: Float64Array, ranks: readonly number[]): number[] {
  if (ranks.length === 0) return [];
  const { low, high } = extremes(values);
  const scale = bucketScale(values.length, low, high);
  if (scale === undefined) return fromSorted(values, ranks);
  const starts = startsOf(countBuckets(values, low, scale));
  const wanted = [...ranksByBucket(starts, ranks)];
  const members = collect(values, low, scale, starts, wanted.map(([bucket]) => bucket));
  return wanted.flatMap(([bucket, inBucket], b) => orderStatistics(members[b], inBucket.map((rank) => rank - starts[bucket])));
}

/** Buckets per unit; undefined where sorting is better: few values, all equal, or a range beyond floating point. */
export function bucketScale(count: number, low: number, high: number): number | undefined {
  const scale = (BUCKETS - 1) / (high - low);
  return count <= FEW || !Number.isFinite(scale) || scale === 0 ? undefined : scale;
}

function extremes(values: Float64Array): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return { low, high };
}

function countBuckets(values: Float64Array, low: number, scale: number): Uint32Array {
  const counts = new Uint32Array(BUCKETS);
  for (let i = 0; i < values.length; i++) counts[((values[i] - low) * scale) | 0]++;
  return counts;
}

/** How many values lie in buckets before each, and at the end all. */
export function startsOf(counts: Uint32Array): Uint32Array {
  const starts = new Uint32Array(BUCKETS + 1);
  for (let b = 0; b < BUCKETS; b++) starts[b + 1] = starts[b] + counts[b];
  return starts;
}

/** The buckets that hold the ranks, ascending, and which ranks. */
export function ranksByBucket(starts: Uint32Array, ranks: readonly number[]): Map<number, number[]> {
  const wanted = new Map<number, number[]>();
  for (const rank of ranks) {
    const bucket = bucketOfRank(starts, rank);
    const already = wanted.get(bucket);
    if (already === undefined) wanted.set(bucket, [rank]);
    else already.push(rank);
  }
  return wanted;
}

/** The bucket that holds a rank: the last that starts at or before it. */
function bucketOfRank(starts: Uint32Array, rank: number): number {
  let bucket = 0;
  let beyond = BUCKETS;
  while (beyond - bucket > 1) {
    const middle = (bucket + beyond) >> 1;
    if (starts[middle] <= rank) bucket = middle;
    else beyond = middle;
  }
  return bucket;
}

/** The values in some buckets. */
function collect(values: Float64Array, low: number, scale: number, starts: Uint32Array, buckets: readonly number[]): Float64Array[] {
  const place = new Uint8Array(BUCKETS); // of a bucket in the list, from 1
  buckets.forEach((bucket, b) => (place[bucket] = b + 1));
  const members = buckets.map((bucket) => new Float64Array(starts[bucket + 1] - starts[bucket]));
  const found = new Uint32Array(buckets.length);
  for (let i = 0; i < values.length; i++) {
    const at = place[((values[i] - low) * scale) | 0];
    if (at !== 0) members[at - 1][found[at - 1]++] = values[i];
  }
  return members;
}

function fromSorted(values: Float64Array, ranks: readonly number[]): number[] {
  const sorted = values.slice().sort();
  return ranks.map((rank) => sorted[rank]);
}

/**
 * Percentiles by linear interpolation between ranks (NumPy's default, IBSI's reference values): percentile p lies at rank p (n - 1) / 100.
 *
 * @param n         number of values
 * @param percents  ascending
 * @param select    the values at some ranks, ascending, of the sorted array
 */
export function percentiles(n: number, percents: readonly number[], select: (ranks: readonly number[]) => readonly number[]): number[] {
  const positions = percents.map((percent) => (percent / 100) * (n - 1));
  const lower = positions.map(Math.floor);
  const upper = positions.map(Math.ceil);
  const ranks = [...new Set([...lower, ...upper])].sort((a, b) => a - b);
  const valueAt = new Map(select(ranks).map((value, i) => [ranks[i], value]));
  return positions.map((position, i) => {
    const [below, above] = [valueAt.get(lower[i])!, valueAt.get(upper[i])!];
    const part = position - lower[i];
    // NumPy measures from the nearer rank. It matters: a percentile that is a voxel's value to the last bit decides whether that voxel counts.
    return part < 0.5 ? below + (above - below) * part : above - (above - below) * (1 - part);
  });
}

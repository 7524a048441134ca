/** Buckets a range of values is split into. */
const BUCKETS = 4096;
/** Fewer values than this are sorted. */
const FEW = 256;

/**
 * The values at some ranks of the sorted array, without sorting it: values are counted in equal buckets between the extremes, and only
 * the buckets that hold a wanted rank are looked into, in the same way. Linear in the number of values.
 *
 * @param values  not changed
 * @param ranks   ascending, each 0..values.length - 1
 */
export function orderStatistics(values: Float64Array, ranks: readonly number[]): number[] {
  if (ranks.length === 0) return [];
  if (values.length <= FEW) {
    const sorted = values.slice().sort();
    return ranks.map((rank) => sorted[rank]);
  }
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  const scale = (BUCKETS - 1) / (high - low);
  if (!Number.isFinite(scale) || scale === 0) return fromSorted(values, ranks); // all equal, or a range beyond floating point
  const { bucketOf, starts } = fillBuckets(values, low, scale);
  const wanted = new Map<number, number[]>();
  for (const rank of ranks) {
    const bucket = bucketOfRank(starts, rank);
    const already = wanted.get(bucket);
    if (already === undefined) wanted.set(bucket, [rank]);
    else already.push(rank);
  }
  return [...wanted].flatMap(([bucket, inBucket]) => {
    const members = new Float64Array(starts[bucket + 1] - starts[bucket]);
    for (let i = 0, m = 0; i < values.length; i++) if (bucketOf[i] === bucket) members[m++] = values[i];
    return orderStatistics(members, inBucket.map((rank) => rank - starts[bucket]));
  });
}

/** The bucket of each value, and how many values lie in earlier buckets. */
function fillBuckets(values: Float64Array, low: number, scale: number): { bucketOf: Uint16Array; starts: Uint32Array } {
  const bucketOf = new Uint16Array(values.length);
  const starts = new Uint32Array(BUCKETS + 1);
  for (let i = 0; i < values.length; i++) {
    const bucket = ((values[i] - low) * scale) | 0;
    bucketOf[i] = bucket;
    starts[bucket + 1]++;
  }
  for (let b = 1; b <= BUCKETS; b++) starts[b] += starts[b - 1];
  return { bucketOf, starts };
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

function fromSorted(values: Float64Array, ranks: readonly number[]): number[] {
  const sorted = values.slice().sort();
  return ranks.map((rank) => sorted[rank]);
}

/**
 * Percentiles by linear interpolation between ranks (NumPy's default, IBSI's reference values): percentile p lies at rank p (n - 1) / 100.
 *
 * @param percents ascending
 */
export function percentiles(values: Float64Array, percents: readonly number[]): number[] {
  const positions = percents.map((percent) => (percent / 100) * (values.length - 1));
  const lower = positions.map(Math.floor);
  const upper = positions.map(Math.ceil);
  const ranks = [...new Set([...lower, ...upper])].sort((a, b) => a - b);
  const valueAt = new Map(orderStatistics(values, ranks).map((value, i) => [ranks[i], value]));
  return positions.map((position, i) => {
    const [below, above] = [valueAt.get(lower[i])!, valueAt.get(upper[i])!];
    const part = position - lower[i];
    // NumPy measures from the nearer rank. It matters: a percentile that is a voxel's value to the last bit decides whether that voxel counts.
    return part < 0.5 ? below + (above - below) * part : above - (above - below) * (1 - part);
  });
}

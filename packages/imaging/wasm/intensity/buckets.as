// @ts-ignore: decorator
@inline
function bucketOf(x: f64, low: f64, scale: f64): usize {
  return <usize><u32><i32>((x - low) * scale);
}

/** Adds 1 to `counts` (32 bits) at the bucket of each float64 value. */
export function countBuckets(values: usize, count: i32, low: f64, scale: f64, counts: usize): void {
  const end = values + (<usize>count << 3);
  for (let at = values; at < end; at += 8) {
    const entry = counts + (bucketOf(load<f64>(at), low, scale) << 2);
    store<u32>(entry, load<u32>(entry) + 1);
  }
}

/**
 * Copies the values of some buckets.
 *
 * @param place  a byte a bucket: 0, or the number of the bucket in the list, from 1
 * @param next   32 bits for each bucket of the list: the address of its next value
 */
export function collect(values: usize, count: i32, low: f64, scale: f64, place: usize, next: usize): void {
  const end = values + (<usize>count << 3);
  for (let at = values; at < end; at += 8) {
    const x = load<f64>(at);
    const wanted = <usize>load<u8>(place + bucketOf(x, low, scale));
    if (wanted === 0) continue;
    const cursor = next + ((wanted - 1) << 2);
    const to = <usize>load<u32>(cursor);
    store<f64>(to, x);
    store<u32>(cursor, to + 8);
  }
}

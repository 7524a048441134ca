/**
 * What was computed about an object, kept as long as the object lives.
 *
 * This is how plugins share work without importing each other: glcm and ngtdm both ask the region for the texture walk, the first
 * builds it, the second finds it. The memo never travels: a copy of the object in another thread starts empty.
 */
const memos = new WeakMap<object, Map<string, unknown>>();
const builds = new WeakMap<object, Map<string, number>>();

/**
 * The value kept under `key` for `owner`, built on first use.
 *
 * @param key every parameter that shapes the value is part of the key: `texture-walk:distance=1`
 */
export function once<T>(owner: object, key: string, build: () => T): T {
  let memo = memos.get(owner);
  if (memo === undefined) memos.set(owner, (memo = new Map()));
  if (memo.has(key)) return memo.get(key) as T;
  const value = build();
  memo.set(key, value);
  let counts = builds.get(owner);
  if (counts === undefined) builds.set(owner, (counts = new Map()));
  counts.set(key, (counts.get(key) ?? 0) + 1);
  return value;
}

/** How often each key was built for `owner`: what a test asks to see that work was shared. */
export function memoBuilds(owner: object): ReadonlyMap<string, number> {
  return builds.get(owner) ?? new Map();
}

/** Drops what is kept for `owner`, so that a benchmark's next round is cold. */
export function forgetMemo(owner: object): void {
  memos.delete(owner);
}

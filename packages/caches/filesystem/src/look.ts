import { statSync } from 'node:fs';

/** A path as it is at this moment. */
export interface Look {
  readonly size: number;
  readonly directory: boolean;
  /** Differs when the file was changed or replaced: its size, times and inode. */
  readonly stamp: string;
  /** Milliseconds since the epoch of the last change, of content or of name and rights. */
  readonly changed: number;
}

/** One look at a path; undefined when nothing is there. Without waiting: thousands of looks in turn are quicker than thousands of waits. */
export function lookAt(path: string): Look | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  // Times are good to a quarter of a microsecond as numbers, finer than any file system's clock ticks.
  const { size, mtimeMs, ctimeMs, ino } = found;
  return { size, directory: found.isDirectory(), stamp: `${size}-${mtimeMs}-${ctimeMs}-${ino}`, changed: Math.max(mtimeMs, ctimeMs) };
}

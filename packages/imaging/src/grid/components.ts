import type { Mask } from '@radloom/core';
import { maskInBox } from './box.js';

/**
 * Number of parts of a mask, voxels counting as neighbours by face, edge or corner (26-connected).
 *
 * Works on runs of voxels along x: a run joins every run of the four rows before it that comes within one voxel of it.
 */
export function countComponents(mask: Mask): number {
  const cut = maskInBox(mask);
  if (cut === null) return 0;
  const { size } = cut.box;
  const runs = findRuns(cut.mask.data, size[0], size[1] * size[2]);
  const parent = Int32Array.from({ length: runs.start.length }, (_, i) => i);
  let parts = runs.start.length;
  for (let row = 0; row < size[1] * size[2]; row++) {
    const y = row % size[1];
    if (y > 0) parts -= joinRows(runs, row, row - 1, parent);
    if (row < size[1]) continue;
    const below = row - size[1];
    for (let other = y > 0 ? below - 1 : below; other <= (y + 1 < size[1] ? below + 1 : below); other++) parts -= joinRows(runs, row, other, parent);
  }
  return parts;
}

/** Runs of voxels along x, row by row: run r covers `start[r]` to `end[r] - 1`; row i has runs `first[i]` to `first[i + 1] - 1`. */
interface Runs {
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly first: Int32Array;
}

function findRuns(data: Uint8Array, length: number, rows: number): Runs {
  const start: number[] = [];
  const end: number[] = [];
  const first = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    let before = 0;
    for (let x = 0; x < length; x++) {
      const value = data[row * length + x];
      if (value !== before) (value !== 0 ? start : end).push(x);
      before = value;
    }
    if (before !== 0) end.push(length);
    first[row + 1] = start.length;
  }
  return { start, end, first };
}

/** Unites touching runs of two rows; both lists ascend, so one walk suffices. Returns how many unions were new. */
function joinRows({ start, end, first }: Runs, row: number, other: number, parent: Int32Array): number {
  let joined = 0;
  let a = first[row];
  let b = first[other];
  while (a < first[row + 1] && b < first[other + 1]) {
    if (start[a] <= end[b] && start[b] <= end[a]) {
      const from = rootOf(parent, a);
      const to = rootOf(parent, b);
      if (from !== to) {
        parent[from] = to;
        joined++;
      }
    }
    if (end[a] < end[b]) a++;
    else b++;
  }
  return joined;
}

function rootOf(parent: Int32Array, run: number): number {
  let at = run;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]];
    at = parent[at];
  }
  return at;
}

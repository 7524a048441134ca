/** A training matrix, each column sorted once for all trees. Entries of column c begin at `c * rows`. */
export interface SortedColumns {
  readonly rows: number;
  readonly columns: number;
  /** By row. */
  readonly x: Float64Array;
  /** By row: its place in the column's ascending order; equal values in the order of rows, so every place is taken once. */
  readonly place: Int32Array;
  /** By place: the row there. */
  readonly row: Int32Array;
  /** By place: the value there. */
  readonly sorted: Float64Array;
}

/** @param x  column by column: value of row r, column c at `c * rows + r` */
export function sortColumns(x: Float64Array, rows: number, columns: number): SortedColumns {
  const place = new Int32Array(rows * columns);
  const row = new Int32Array(rows * columns);
  const sorted = new Float64Array(rows * columns);
  for (let c = 0; c < columns; c++) {
    const base = c * rows;
    const order = Int32Array.from({ length: rows }, (_, i) => i).sort((a, b) => x[base + a] - x[base + b] || a - b);
    row.set(order, base);
    for (let i = 0; i < rows; i++) {
      place[base + order[i]] = i;
      sorted[base + i] = x[base + order[i]];
    }
  }
  return { rows, columns, x, place, row, sorted };
}

/** Sorts the places of some rows in one column. */
export type PlaceSorter = (base: number, members: Int32Array, start: number, end: number, out: Int32Array) => void;

/**
 * A sorter for columns of a given height: `out[0..end - start)` becomes the ascending places of rows `members[start..end)` in the
 * column that begins at `base`.
 *
 * Places are distinct whole numbers below `rows`, so a set of bits sorts them: mark each, then read the marks in order. That takes
 * time proportional to the members and a thirty-second of the column's height, with no comparisons; few members are sorted by
 * insertion, and a small part of a tall column by the ordinary sort.
 */
export function placeSorter(place: Int32Array, rows: number): PlaceSorter {
  const marks = new Int32Array((rows >>> 5) + 1);
  return (base, members, start, end, out) => {
    const count = end - start;
    if (count <= 12) {
      for (let i = 0; i < count; i++) {
        const here = place[base + members[start + i]];
        let j = i;
        for (; j > 0 && out[j - 1] > here; j--) out[j] = out[j - 1];
        out[j] = here;
      }
      return;
    }
    if (marks.length > 16 * count) {
      for (let i = 0; i < count; i++) out[i] = place[base + members[start + i]];
      out.subarray(0, count).sort();
      return;
    }
    let low = marks.length;
    let high = 0;
    for (let i = start; i < end; i++) {
      const here = place[base + members[i]];
      const word = here >>> 5;
      marks[word] |= 1 << (here & 31);
      if (word < low) low = word;
      if (word > high) high = word;
    }
    for (let word = low, at = 0; word <= high; word++) {
      let bits = marks[word];
      const first = word << 5;
      while (bits !== 0) {
        const lowest = bits & -bits;
        out[at++] = first + 31 - Math.clz32(lowest);
        bits ^= lowest;
      }
      marks[word] = 0;
    }
  };
}

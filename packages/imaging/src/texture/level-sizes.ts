/**
 * A matrix of grey level by size (run length, zone size, dependence), as the list of its cells that are not zero, in no set order.
 * A dense matrix would grow with the highest level times the largest size.
 */
export interface LevelSizeMatrix {
  /** Grey level of each cell. */
  readonly level: Int32Array;
  /** Size of each cell, from 1. */
  readonly size: Int32Array;
  /** Occurrences; whole numbers unless directions were weighted. */
  readonly count: Float64Array;
}

/** Cells that small sizes may take as a plain table. */
const TABLE_CELLS = 65536;
const TABLE_SIZES = 16;
const NO_SLOTS = new Uint32Array(0);

/** Counts (row, size) pairs: small sizes in a table that kernels may count in directly, the rest in an open-addressing hash. */
export class LevelSizeCounter {
  /** Sizes 1..tableSizes are counted at `table[size * stride + row]`. */
  readonly table: Uint32Array;
  readonly stride: number;
  readonly tableSizes: number;
  // The hash has no slots until a large size comes; it is never more than half full.
  private rowOf = NO_SLOTS;
  private sizeOf = NO_SLOTS;
  private counts = NO_SLOTS;
  private used = 0;

  /** @param rows rows are numbered 1..rows */
  constructor(private readonly rows: number) {
    this.stride = rows + 1;
    this.tableSizes = Math.min(TABLE_SIZES, Math.floor(TABLE_CELLS / this.stride));
    this.table = new Uint32Array((this.tableSizes + 1) * this.stride);
  }

  /** Counts one occurrence of a size, large or small. */
  add(row: number, size: number, times = 1): void {
    if (size <= this.tableSizes) {
      this.table[size * this.stride + row] += times;
      return;
    }
    if (2 * (this.used + 1) > this.counts.length) this.grow();
    const slot = this.slot(row, size);
    if (this.counts[slot] === 0) {
      this.rowOf[slot] = row;
      this.sizeOf[slot] = size;
      this.used++;
    }
    this.counts[slot] += times;
  }

  /** Per row, the sum of all its sizes. */
  totals(): Float64Array {
    const { table, stride, tableSizes, rowOf, sizeOf, counts } = this;
    const totals = new Float64Array(stride);
    for (let size = 1; size <= tableSizes; size++) for (let row = 1; row < stride; row++) totals[row] += size * table[size * stride + row];
    for (let slot = 0; slot < counts.length; slot++) totals[rowOf[slot]] += sizeOf[slot] * counts[slot];
    return totals;
  }

  /** Cells by row then table size, hashed cells after; `levels` names the rows. */
  cells(levels: Int32Array): LevelSizeMatrix {
    const { table, stride, tableSizes, rows, counts } = this;
    let filled = this.used;
    for (let i = stride; i < table.length; i++) if (table[i] !== 0) filled++;
    const level = new Int32Array(filled);
    const size = new Int32Array(filled);
    const count = new Float64Array(filled);
    let cell = 0;
    const put = (row: number, itsSize: number, times: number) => {
      level[cell] = levels[row];
      size[cell] = itsSize;
      count[cell++] = times;
    };
    for (let row = 1; row <= rows; row++) {
      for (let s = 1; s <= tableSizes; s++) if (table[s * stride + row] !== 0) put(row, s, table[s * stride + row]);
    }
    for (let slot = 0; slot < counts.length; slot++) if (counts[slot] !== 0) put(this.rowOf[slot], this.sizeOf[slot], counts[slot]);
    return { level, size, count };
  }

  /** Where (row, size) is, or the free slot where it goes. */
  private slot(row: number, size: number): number {
    const last = this.counts.length - 1;
    let slot = (Math.imul(row, 0x9e3779b1) ^ Math.imul(size, 0x85ebca6b)) >>> 7;
    for (slot &= last; this.counts[slot] !== 0 && (this.rowOf[slot] !== row || this.sizeOf[slot] !== size); ) slot = (slot + 1) & last;
    return slot;
  }

  private grow(): void {
    const { rowOf, sizeOf, counts } = this;
    const slots = Math.max(64, 2 * counts.length);
    this.rowOf = new Uint32Array(slots);
    this.sizeOf = new Uint32Array(slots);
    this.counts = new Uint32Array(slots);
    for (let old = 0; old < counts.length; old++) {
      if (counts[old] === 0) continue;
      const slot = this.slot(rowOf[old], sizeOf[old]);
      this.rowOf[slot] = rowOf[old];
      this.sizeOf[slot] = sizeOf[old];
      this.counts[slot] = counts[old];
    }
  }
}

/** Sum of several matrices, each times its weight. */
export function weightedSum(matrices: readonly LevelSizeMatrix[], weights: readonly number[]): LevelSizeMatrix {
  const cells = new Map<number, Map<number, number>>();
  matrices.forEach(({ level, size, count }, m) => {
    for (let c = 0; c < count.length; c++) {
      let row = cells.get(level[c]);
      if (row === undefined) cells.set(level[c], (row = new Map()));
      row.set(size[c], (row.get(size[c]) ?? 0) + weights[m] * count[c]);
    }
  });
  const list = [...cells].flatMap(([level, row]) => [...row].map(([size, count]) => ({ level, size, count })));
  return { level: Int32Array.from(list, (cell) => cell.level), size: Int32Array.from(list, (cell) => cell.size), count: Float64Array.from(list, (cell) => cell.count) };
}

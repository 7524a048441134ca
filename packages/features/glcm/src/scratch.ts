/** Memory is kept up to this many bytes. */
const KEPT_BYTES = 2 ** 22;

/**
 * Arrays for the work on one matrix, cut one after the other from a block of memory that the next matrix uses again: hundreds of short arrays
 * for each image would cost more than what is done with them.
 */
export class Scratch {
  private memory = new ArrayBuffer(65536);
  private used = 0;

  /** Takes back all arrays that were given out. */
  reset(): void {
    this.used = 0;
    if (this.memory.byteLength > KEPT_BYTES) this.memory = new ArrayBuffer(65536);
  }

  /** So many zeros. */
  doubles(length: number): Float64Array {
    const start = this.take(8 * length);
    return new Float64Array(this.memory, start, length).fill(0);
  }

  /** So many zeros. */
  words(length: number): Uint32Array {
    const start = this.take(4 * length);
    return new Uint32Array(this.memory, start, length).fill(0);
  }

  /** May change the block of memory: called before it is read. */
  private take(bytes: number): number {
    const start = Math.ceil(this.used / 8) * 8;
    this.used = start + bytes;
    if (this.used <= this.memory.byteLength) return start;
    // Arrays already given out keep the old block alive.
    this.memory = new ArrayBuffer(Math.max(bytes, 2 * this.memory.byteLength));
    this.used = bytes;
    return 0;
  }
}

import { RadloomError } from '@radloom/core';

/** Bits, most significant first. */
class Bits {
  private byte = 0;
  private left = 0;
  constructor(private readonly bytes: Uint8Array, private position: number) {}

  read(count: number): number {
    let value = 0;
    for (let needed = count; needed > 0; ) {
      if (this.left === 0) {
        if (this.position >= this.bytes.length) throw damaged('it ends inside a block');
        this.byte = this.bytes[this.position++];
        this.left = 8;
      }
      const take = Math.min(needed, this.left);
      this.left -= take;
      value = value * 2 ** take + ((this.byte >> this.left) & ((1 << take) - 1));
      needed -= take;
    }
    return value;
  }

  /** Where the next stream begins. */
  nextByte(): number {
    return this.position;
  }
}

const BLOCK = 0x314159265359;
const END = 0x177245385090;
const LONGEST_CODE = 20;
const GROUP = 50;

/**
 * Decompresses bzip2 (Burrows-Wheeler blocks, move to front, run lengths, up to six Huffman tables; J. Seward's format).
 *
 * @param limit stops after this many bytes
 * @throws `bzip2-damaged` with what is wrong
 */
export function bunzip2(bytes: Uint8Array, limit: number): Uint8Array {
  const out = new Output(limit);
  let start = 0;
  // Parallel compressors write several streams one after the other.
  while (start < bytes.length && !out.full) {
    const size = bytes[start + 3] - 0x30;
    if (bytes[start] !== 0x42 || bytes[start + 1] !== 0x5a || bytes[start + 2] !== 0x68 || !(size >= 1 && size <= 9)) {
      if (start > 0) break;
      throw damaged('it does not begin with "BZh"');
    }
    const bits = new Bits(bytes, start + 4);
    for (;;) {
      const magic = bits.read(48);
      if (magic === END) break;
      if (magic !== BLOCK) throw damaged('a block begins wrongly');
      block(bits, size * 100000, out);
      if (out.full) return out.result();
    }
    bits.read(32);
    start = bits.nextByte();
  }
  return out.result();
}

/** Collects bytes up to a limit and undoes the first run-length step: four equal bytes are followed by a count of further ones. */
class Output {
  private bytes = new Uint8Array(1 << 16);
  private length = 0;
  private run = 0;
  private last = -1;
  crc = 0xffffffff;

  constructor(private readonly limit: number) {}

  get full(): boolean {
    return this.length >= this.limit;
  }

  startBlock(): void {
    this.run = 0;
    this.last = -1;
    this.crc = 0xffffffff;
  }

  put(value: number): void {
    if (this.run === 4) {
      for (let i = 0; i < value; i++) this.push(this.last);
      this.run = 0;
      this.last = -1;
      return;
    }
    this.run = value === this.last ? this.run + 1 : 1;
    this.last = value;
    this.push(value);
  }

  private push(value: number): void {
    this.crc = (this.crc << 8) ^ crcTable[(this.crc >>> 24) ^ value];
    if (this.length >= this.limit) return;
    if (this.length === this.bytes.length) {
      const grown = new Uint8Array(2 * this.length);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes[this.length++] = value;
  }

  result(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

const crcTable = Int32Array.from({ length: 256 }, (_, i) => {
  let c = i << 24;
  for (let k = 0; k < 8; k++) c = c < 0 ? (c << 1) ^ 0x04c11db7 : c << 1;
  return c;
});

function block(bits: Bits, capacity: number, out: Output): void {
  const expected = bits.read(32);
  if (bits.read(1) !== 0) throw damaged('it uses randomised blocks, which no writer has made since 1997');
  const origin = bits.read(24);
  const symbols = usedBytes(bits);
  const tableCount = bits.read(3);
  const selectorCount = bits.read(15);
  if (tableCount < 2 || tableCount > 6 || selectorCount < 1) throw damaged('a block has no code tables');
  const selectors = selectorList(bits, tableCount, selectorCount);
  const tables = Array.from({ length: tableCount }, () => codeTable(bits, symbols.length + 2));
  const { links, counts, length } = symbolsToLinks(bits, symbols, selectors, tables, capacity);
  if (origin >= length) throw damaged('a block points outside itself');

  // Inverse Burrows-Wheeler: links[i] keeps the byte in its low 8 bits and gets the index of its successor above them.
  for (let value = 0, sum = 0; value < 256; value++) {
    const kept = counts[value];
    counts[value] = sum;
    sum += kept;
  }
  for (let i = 0; i < length; i++) links[counts[links[i] & 0xff]++] |= i << 8;
  out.startBlock();
  for (let i = 0, at = links[origin] >>> 8; i < length && !out.full; i++) {
    const entry = links[at];
    out.put(entry & 0xff);
    at = entry >>> 8;
  }
  if (!out.full && ~out.crc >>> 0 !== expected) throw damaged('a checksum differs');
}

/** The byte values that occur, ascending: 16 flags for ranges of 16, then 16 flags for each range in use. */
function usedBytes(bits: Bits): Uint8Array {
  const used: number[] = [];
  const ranges = bits.read(16);
  for (let range = 0; range < 16; range++) {
    if (((ranges >> (15 - range)) & 1) === 0) continue;
    const flags = bits.read(16);
    for (let i = 0; i < 16; i++) if (((flags >> (15 - i)) & 1) === 1) used.push(16 * range + i);
  }
  return Uint8Array.from(used);
}

/** Which table each group of 50 symbols uses: unary positions in a move-to-front list. */
function selectorList(bits: Bits, tableCount: number, count: number): Uint8Array {
  const order = Uint8Array.from({ length: tableCount }, (_, i) => i);
  const selectors = new Uint8Array(count);
  for (let s = 0; s < count; s++) {
    let position = 0;
    while (bits.read(1) === 1) if (++position >= tableCount) throw damaged('a block names a code table that it lacks');
    selectors[s] = moveToFront(order, position);
  }
  return selectors;
}

function moveToFront(list: Uint8Array, position: number): number {
  const value = list[position];
  list.copyWithin(1, 0, position);
  list[0] = value;
  return value;
}

/** A canonical Huffman code: per length the last code and how far codes lie from their place in `order`. */
interface CodeTable {
  readonly last: Int32Array;
  readonly offset: Int32Array;
  readonly order: Uint16Array;
  readonly shortest: number;
}

function codeTable(bits: Bits, symbolCount: number): CodeTable {
  const lengths = new Uint8Array(symbolCount);
  let length = bits.read(5);
  for (let s = 0; s < symbolCount; s++) {
    while (bits.read(1) === 1) length += bits.read(1) === 0 ? 1 : -1;
    if (length < 1 || length > LONGEST_CODE) throw damaged('a code is too long');
    lengths[s] = length;
  }
  const last = new Int32Array(LONGEST_CODE + 1).fill(-1);
  const offset = new Int32Array(LONGEST_CODE + 1);
  const order = new Uint16Array(symbolCount);
  let code = 0;
  let place = 0;
  let shortest = 0;
  for (let l = 1; l <= LONGEST_CODE; l++) {
    offset[l] = place - code;
    for (let s = 0; s < symbolCount; s++) {
      if (lengths[s] !== l) continue;
      order[place++] = s;
      code++;
      if (shortest === 0) shortest = l;
    }
    last[l] = code - 1;
    code <<= 1;
  }
  return { last, offset, order, shortest };
}

/** Huffman symbols to bytes: 0 and 1 are digits of a run of the front value, the last symbol ends the block, others move to front. */
function symbolsToLinks(bits: Bits, symbols: Uint8Array, selectors: Uint8Array, tables: readonly CodeTable[], capacity: number) {
  const links = new Uint32Array(capacity);
  const counts = new Uint32Array(256);
  const order = symbols.slice();
  const end = symbols.length + 1;
  let length = 0;
  let run = 0;
  let digit = 1;
  for (let index = 0; ; index++) {
    const table = tables[selectors[Math.floor(index / GROUP)]];
    if (table === undefined) throw damaged('a block has more symbols than selectors');
    const symbol = nextSymbol(bits, table);
    if (symbol <= 1) {
      run += digit << symbol;
      digit <<= 1;
      if (run > capacity) throw damaged('a run is longer than its block');
      continue;
    }
    if (run > 0) {
      if (length + run > capacity) throw damaged('a block is longer than it says');
      links.fill(order[0], length, length + run);
      counts[order[0]] += run;
      length += run;
      run = 0;
      digit = 1;
    }
    if (symbol === end) return { links, counts, length };
    if (length >= capacity) throw damaged('a block is longer than it says');
    const value = moveToFront(order, symbol - 1);
    links[length++] = value;
    counts[value]++;
  }
}

function nextSymbol(bits: Bits, table: CodeTable): number {
  let length = table.shortest;
  let code = bits.read(length);
  while (code > table.last[length]) {
    if (++length > LONGEST_CODE) throw damaged('a code is unknown');
    code = code * 2 + bits.read(1);
  }
  return table.order[code + table.offset[length]];
}

function damaged(why: string): RadloomError {
  return new RadloomError({ code: 'bzip2-damaged', what: `The bzip2 data is incomplete or corrupt: ${why}.`, fix: 'Copy the file again from its source, or compress it again.' });
}

import { PANEL, type Products } from './tile.js';

/*
 * The same tiles in WebAssembly with SIMD, written out instruction by instruction: a few hundred bytes that need no build step. Two
 * sums share a vector, each still added in row order, so that results equal the plain kernel's bit for bit, four times as fast.
 */

const I32 = 0x7f;
const V128 = 0x7b;
const BYTES = 8 * PANEL;

/** Unsigned LEB128, WebAssembly's integers. */
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

/** Signed LEB128 of a number that is not negative. */
const constant = (value: number): number[] => (value < 64 ? [value] : [(value & 127) | 128, ...constant(value >>> 7)]);
const vector = (items: readonly number[][]): number[] => [...leb(items.length), ...items.flat()];
const section = (id: number, content: readonly number[]): number[] => [id, ...leb(content.length), ...content];
const text = (name: string): number[] => [...leb(name.length), ...Array.from(name, (letter) => letter.charCodeAt(0))];

const get = (local: number) => [0x20, ...leb(local)];
const set = (local: number) => [0x21, ...leb(local)];
const number = (value: number) => [0x41, ...constant(value)];
const add = [0x6a];
const subtract = [0x6b];
const simd = (code: number) => [0xfd, ...leb(code)];
const memory = (align: number, offset: number) => [...leb(align), ...leb(offset)];
const loadPair = (offset: number) => [...simd(0x00), ...memory(3, offset)];
const loadTwice = (offset: number) => [...simd(0x0a), ...memory(3, offset)];
const storePair = (offset: number) => [...simd(0x0b), ...memory(3, offset)];
const addPairs = simd(0xf0);
const multiplyPairs = simd(0xf2);
const loop = (body: readonly number[], counter: number) => [0x03, 0x40, ...body, ...get(counter), ...number(1), ...subtract, 0x22, ...leb(counter), 0x0d, 0x00, 0x0b];

// Parameters: byte addresses of the first panels, numbers of panels, rows, byte address of the result.
const [A, A_COUNT, B, B_COUNT, ROWS, OUT] = [0, 1, 2, 3, 4, 5];
// Locals: a walking address in each panel, start of the present B panel, counters.
const [AT_A, AT_B, PANEL_B, LEFT_B, LEFT_ROWS] = [6, 7, 8, 9, 10];
const SPLAT = 11;
const PAIR = 12; // two vectors: a row of the B panel
const SUM = 14; // eight vectors: row c of the tile in SUM + 2 c and SUM + 2 c + 1

function tileBody(): number[] {
  const zero = Array.from({ length: 2 * PANEL }, (_, k) => [...simd(0x0c), ...Array<number>(16).fill(0), ...set(SUM + k)]).flat();
  const columns = Array.from({ length: PANEL }, (_, c) => [
    ...get(AT_A), ...loadTwice(8 * c), ...set(SPLAT),
    ...[0, 1].flatMap((half) => [...get(SUM + 2 * c + half), ...get(SPLAT), ...get(PAIR + half), ...multiplyPairs, ...addPairs, ...set(SUM + 2 * c + half)]),
  ]).flat();
  const advance = (address: number) => [...get(address), ...number(BYTES), ...add, ...set(address)];
  const row = [...get(AT_B), ...loadPair(0), ...set(PAIR), ...get(AT_B), ...loadPair(16), ...set(PAIR + 1), ...columns, ...advance(AT_A), ...advance(AT_B)];
  const store = Array.from({ length: 2 * PANEL }, (_, k) => [...get(OUT), ...get(SUM + k), ...storePair(16 * k)]).flat();
  return [
    ...zero,
    ...get(A), ...set(AT_A), ...get(PANEL_B), ...set(AT_B), ...get(ROWS), ...set(LEFT_ROWS),
    ...loop(row, LEFT_ROWS),
    ...store,
    ...get(OUT), ...number(BYTES * PANEL), ...add, ...set(OUT),
    ...get(AT_B), ...set(PANEL_B),
  ];
}

/** `products(a, aCount, b, bCount, rows, out)` over an imported memory. */
function moduleBytes(): Uint8Array<ArrayBuffer> {
  const panels = [...get(B), ...set(PANEL_B), ...get(B_COUNT), ...set(LEFT_B), ...loop(tileBody(), LEFT_B), ...get(AT_A), ...set(A)];
  const code = [...vector([[...leb(5), I32], [...leb(3 + 2 * PANEL), V128]]), ...loop(panels, A_COUNT), 0x0b];
  return Uint8Array.from([
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
    ...section(1, vector([[0x60, ...vector(Array.from({ length: 6 }, () => [I32])), 0x00]])),
    ...section(2, vector([[...text('m'), ...text('memory'), 0x02, 0x00, ...leb(1)]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...text('products'), 0x00, 0x00]])),
    ...section(10, vector([[...leb(code.length), ...code]])),
  ]);
}

/** Panels in WebAssembly memory, and the kernel over them; undefined where SIMD or that much memory is not to be had. */
export function simdProducts(panelValues: number, n: number, outValues: number): { panels: Float64Array; products: Products } | undefined {
  try {
    const bytes = 8 * (panelValues + outValues);
    const store = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65536) });
    const instance = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes()), { m: { memory: store } });
    const kernel = instance.exports.products as (a: number, aCount: number, b: number, bCount: number, rows: number, out: number) => void;
    const out = new Float64Array(store.buffer, 8 * panelValues, outValues);
    const address = (panel: number) => panel * n * BYTES;
    return {
      panels: new Float64Array(store.buffer, 0, panelValues),
      products(a, aCount, b, bCount) {
        kernel(address(a), aCount, address(b), bCount, n, 8 * panelValues);
        return out;
      },
    };
  } catch {
    return undefined;
  }
}

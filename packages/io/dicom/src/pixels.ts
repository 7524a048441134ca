import type { VoxelArray } from '@radloom/core';
import type { PixelFormat, Slice } from './slice.js';

/** The integer types that rescaled values may have, in the order in which they are tried. */
const integerTypes = [
  { make: Uint8Array, lowest: 0, highest: 255 },
  { make: Uint16Array, lowest: 0, highest: 65535 },
  { make: Uint32Array, lowest: 0, highest: 4294967295 },
  { make: Int8Array, lowest: -128, highest: 127 },
  { make: Int16Array, lowest: -32768, highest: 32767 },
  { make: Int32Array, lowest: -2147483648, highest: 2147483647 },
] as const;

/**
 * An array for all values of the slices, of the pixel type that GDCM (and so ITK and PyRadiomics) gives: interpolation truncates
 * integers, so it matters. Whole slopes and intercepts: the smallest integer type for all values that BitsStored allows, unsigned
 * if none is negative. Others: float64. Without rescaling: the stored type.
 *
 * @param count values in all
 */
export function allocate(slices: readonly Slice[], count: number): VoxelArray {
  const [{ format }] = slices;
  if (slices.every((s) => s.slope === 1 && s.intercept === 0 && s.format.bitsAllocated === format.bitsAllocated && s.format.signed === format.signed)) return new (storedType(format))(count);
  if (!slices.every((s) => Number.isInteger(s.slope) && Number.isInteger(s.intercept))) return new Float64Array(count);
  let lowest = Infinity;
  let highest = -Infinity;
  for (const { format: f, slope, intercept } of slices) {
    const ends = [f.signed ? -(2 ** (f.bitsStored - 1)) : 0, 2 ** (f.signed ? f.bitsStored - 1 : f.bitsStored) - 1].map((value) => slope * value + intercept);
    lowest = Math.min(lowest, ...ends);
    highest = Math.max(highest, ...ends);
  }
  const type = integerTypes.find((t) => lowest >= t.lowest && highest <= t.highest);
  return type === undefined ? new Float64Array(count) : new type.make(count);
}

const signedTypes = { 8: Int8Array, 16: Int16Array, 32: Int32Array } as const;
const unsignedTypes = { 8: Uint8Array, 16: Uint16Array, 32: Uint32Array } as const;

function storedType({ bitsAllocated, signed }: PixelFormat) {
  return (signed ? signedTypes : unsignedTypes)[bitsAllocated];
}

const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

type Words = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

/** The pixels as whole words in the machine's byte order, without a copy where memory allows it. */
function words({ pixels, format, header }: Slice): Words {
  const width = format.bitsAllocated / 8;
  const swap = header.littleEndian !== hostIsLittleEndian && width > 1;
  const bytes: Uint8Array = swap || pixels.byteOffset % width !== 0 ? pixels.slice() : pixels;
  if (swap) {
    for (let i = 0; i < bytes.length; i += width) bytes.subarray(i, i + width).reverse();
  }
  return new (storedType(format))(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length / width);
}

/**
 * Writes a slice's values, `slope * stored + intercept`, to `out` from `start` on.
 *
 * A stored value is the BitsStored bits up to HighBit; bits beside them may hold rubbish (old overlays did) and are shifted out,
 * which also extends the sign.
 */
export function writeValues(slice: Slice, out: VoxelArray, start: number): void {
  const { format, slope, intercept } = slice;
  const stored = words(slice);
  const target = out.subarray(start, start + stored.length);
  const clean = format.bitsStored === format.bitsAllocated;
  if (clean && slope === 1 && intercept === 0) target.set(stored);
  else if (slope === 1 && Number.isInteger(intercept) && !format.signed && format.bitsStored < 31) shifted(stored, format, intercept, target);
  else rescaled(stored, format, slope, intercept, target);
}

/** The common case of CT, unsigned with a whole intercept, in integer arithmetic throughout. */
function shifted(stored: Words, { highBit, bitsStored }: PixelFormat, intercept: number, target: VoxelArray): void {
  const down = highBit + 1 - bitsStored;
  const mask = 2 ** bitsStored - 1;
  for (let i = 0; i < stored.length; i++) target[i] = ((stored[i] >> down) & mask) + intercept;
}

function rescaled(stored: Words, { highBit, bitsStored, signed }: PixelFormat, slope: number, intercept: number, target: VoxelArray): void {
  const up = 31 - highBit;
  const down = 32 - bitsStored;
  if (signed) for (let i = 0; i < stored.length; i++) target[i] = slope * ((stored[i] << up) >> down) + intercept;
  else for (let i = 0; i < stored.length; i++) target[i] = slope * ((stored[i] << up) >>> down) + intercept;
}

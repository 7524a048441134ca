import { RadloomError, type VoxelArray } from '@radloom/core';
import { badHeader, type NrrdHeader, required } from './header.js';

export type StoredArray = VoxelArray | BigInt64Array | BigUint64Array;

interface SampleType {
  readonly bytes: number;
  make(length: number): StoredArray;
}

const kinds: readonly (readonly [names: string, bytes: number, make: SampleType['make']])[] = [
  ['signed char|int8|int8_t', 1, (n) => new Int8Array(n)],
  ['uchar|unsigned char|uint8|uint8_t', 1, (n) => new Uint8Array(n)],
  ['short|short int|signed short|signed short int|int16|int16_t', 2, (n) => new Int16Array(n)],
  ['ushort|unsigned short|unsigned short int|uint16|uint16_t', 2, (n) => new Uint16Array(n)],
  ['int|signed int|int32|int32_t', 4, (n) => new Int32Array(n)],
  ['uint|unsigned int|uint32|uint32_t', 4, (n) => new Uint32Array(n)],
  ['longlong|long long|long long int|signed long long|signed long long int|int64|int64_t', 8, (n) => new BigInt64Array(n)],
  ['ulonglong|unsigned long long|unsigned long long int|uint64|uint64_t', 8, (n) => new BigUint64Array(n)],
  ['float', 4, (n) => new Float32Array(n)],
  ['double', 8, (n) => new Float64Array(n)],
];
const types = new Map<string, SampleType>(kinds.flatMap(([names, bytes, make]) => names.split('|').map((name) => [name, { bytes, make }] as const)));

/** @throws `nrrd-type` */
export function sampleType(header: NrrdHeader): SampleType {
  const name = required(header, 'type', 'type').toLowerCase().replace(/\s+/g, ' ');
  const found = types.get(name);
  if (found !== undefined) return found;
  throw new RadloomError({ code: 'nrrd-type', what: `Values of the type "${name}" are not numbers that an image can hold.`, fix: 'Convert the file to short or float.' });
}

const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Turns the file's byte order into the machine's, in place. */
export function toHostOrder(stored: StoredArray, header: NrrdHeader): void {
  const width = stored.BYTES_PER_ELEMENT;
  if (width === 1) return;
  const order = header.fields.get('endian')?.toLowerCase();
  if (order !== 'little' && order !== 'big') throw badHeader(`Values of ${width} bytes need the field "endian: little" or "endian: big".`);
  if ((order === 'little') === hostIsLittleEndian) return;
  const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
  for (let i = 0; i < bytes.length; i += width) {
    for (let a = i, b = i + width - 1; a < b; a++, b--) {
      const kept = bytes[a];
      bytes[a] = bytes[b];
      bytes[b] = kept;
    }
  }
}

/** 64-bit integers, which typed arrays of numbers lack, as int32 where they fit and float64 otherwise; all else as it is. */
export function narrowed(stored: StoredArray): VoxelArray {
  if (!(stored instanceof BigInt64Array || stored instanceof BigUint64Array)) return stored;
  const wide = Float64Array.from(stored, Number);
  const fits = wide.every((value) => value >= -2147483648 && value <= 2147483647);
  return fits ? Int32Array.from(wide) : wide;
}

/**
 * One element of the list axis.
 *
 * @param data    all samples, first axis fastest
 * @param stride  samples along the axes before the list axis
 * @param count   length of the list axis
 */
export function takeLayer(data: VoxelArray, stride: number, count: number, layer: number): VoxelArray {
  const out = new (data.constructor as new (length: number) => VoxelArray)(data.length / count);
  const step = stride * count;
  for (let from = layer * stride, to = 0; to < out.length; from += step) {
    for (let i = 0; i < stride; i++) out[to++] = data[from + i];
  }
  return out;
}

import { RadloomError, type VoxelArray } from '@radloom/core';

interface Datatype {
  readonly name: string;
  readonly bytes: number;
  /** Undefined for types that are no single real number a voxel. */
  readonly make?: (length: number) => VoxelArray | BigInt64Array | BigUint64Array;
}

/** Codes of nifti1.h. */
const datatypes: Readonly<Record<number, Datatype>> = {
  1: { name: 'bit', bytes: 0 },
  2: { name: 'uint8', bytes: 1, make: (n) => new Uint8Array(n) },
  4: { name: 'int16', bytes: 2, make: (n) => new Int16Array(n) },
  8: { name: 'int32', bytes: 4, make: (n) => new Int32Array(n) },
  16: { name: 'float32', bytes: 4, make: (n) => new Float32Array(n) },
  32: { name: 'complex64', bytes: 8 },
  64: { name: 'float64', bytes: 8, make: (n) => new Float64Array(n) },
  128: { name: 'RGB24 (colour, 3 channels)', bytes: 3 },
  256: { name: 'int8', bytes: 1, make: (n) => new Int8Array(n) },
  512: { name: 'uint16', bytes: 2, make: (n) => new Uint16Array(n) },
  768: { name: 'uint32', bytes: 4, make: (n) => new Uint32Array(n) },
  1024: { name: 'int64', bytes: 8, make: (n) => new BigInt64Array(n) },
  1280: { name: 'uint64', bytes: 8, make: (n) => new BigUint64Array(n) },
  1536: { name: 'float128', bytes: 16 },
  1792: { name: 'complex128', bytes: 16 },
  2048: { name: 'complex256', bytes: 32 },
  2304: { name: 'RGBA32 (colour, 4 channels)', bytes: 4 },
};

export type StoredType = Required<Datatype>;
export type StoredArray = ReturnType<StoredType['make']>;

/** @throws `nifti-datatype` */
export function storedType(code: number): StoredType {
  const found = datatypes[code];
  if (found?.make !== undefined) return found as StoredType;
  throw new RadloomError({
    code: 'nifti-datatype',
    what: `Datatype ${code}${found === undefined ? ' is unknown' : `, ${found.name}, has no single real number a voxel`}.`,
    fix: 'Convert the file to int16 or float32.',
    data: { datatype: code },
  });
}

const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Turns the file's byte order into the machine's, in place. */
export function toHostOrder(stored: StoredArray, littleEndian: boolean): void {
  const width = stored.BYTES_PER_ELEMENT;
  if (littleEndian === hostIsLittleEndian || width === 1) return;
  const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
  for (let i = 0; i < bytes.length; i += width) {
    for (let a = i, b = i + width - 1; a < b; a++, b--) {
      const kept = bytes[a];
      bytes[a] = bytes[b];
      bytes[b] = kept;
    }
  }
}

/**
 * The image's values, `slope * stored + intercept` where the header scales.
 *
 * The pixel type is what ITK gives, because interpolation truncates integers: the file's own without scaling, float32 for scaled
 * integers. A slope of 0 (or none) means no scaling and voids the intercept (nifti1.h). 64-bit integers, which typed arrays of
 * numbers lack, become int32 where they fit and float64 otherwise.
 */
export function scaled(stored: StoredArray, slope: number, intercept: number): VoxelArray {
  const narrow = stored instanceof BigInt64Array || stored instanceof BigUint64Array ? narrowed(stored) : stored;
  const none = !Number.isFinite(slope) || slope === 0 || (slope === 1 && intercept === 0);
  if (none) return narrow;
  const shift = Number.isFinite(intercept) ? intercept : 0;
  const out = narrow instanceof Float64Array ? narrow : narrow instanceof Float32Array ? narrow : new Float32Array(narrow.length);
  for (let i = 0; i < out.length; i++) out[i] = slope * narrow[i] + shift;
  return out;
}

function narrowed(stored: BigInt64Array | BigUint64Array): Int32Array | Float64Array {
  const wide = Float64Array.from(stored, Number);
  const fits = wide.every((value) => value >= -2147483648 && value <= 2147483647);
  return fits ? Int32Array.from(wide) : wide;
}

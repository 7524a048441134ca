import { RadloomError } from '@radloom/core';

/** What a NIfTI header says, as it says it: coordinates are RAS+ (x to the right, y to the front) in the file's length unit. */
export interface NiftiHeader {
  readonly version: 1 | 2;
  readonly littleEndian: boolean;
  /** Header and image in one file (`n+1`), or the image in a `.img` file of its own (`ni1`). */
  readonly singleFile: boolean;
  /** `dim[1]` … `dim[dim[0]]`. */
  readonly dims: readonly number[];
  readonly datatype: number;
  /** `pixdim[0]` … `pixdim[7]`; entry 0 is the sign of the third axis of the qform. */
  readonly pixdim: readonly number[];
  /** Where the values begin. */
  readonly offset: number;
  readonly slope: number;
  readonly intercept: number;
  /** Millimetres of one length unit. */
  readonly unit: number;
  readonly qform: { readonly code: number; readonly quaternion: readonly number[]; readonly origin: readonly number[] };
  /** Three rows of four. */
  readonly sform: { readonly code: number; readonly rows: readonly number[] };
}

/** Where the two versions keep what we read: nifti1.h and nifti2.h. */
const layouts = {
  1: { size: 348, magic: 344, dim: 40, datatype: 70, pixdim: 76, offset: 108, slope: 112, intercept: 116, units: 123, qform: 252, sform: 254, quaternion: 256, srow: 280 },
  2: { size: 540, magic: 4, dim: 16, datatype: 12, pixdim: 104, offset: 168, slope: 176, intercept: 184, units: 500, qform: 344, sform: 348, quaternion: 352, srow: 400 },
} as const;

export const LONGEST_HEADER = layouts[2].size;

/** Codes of xyzt_units, lowest three bits: metre, millimetre, micrometre; 0 is unknown and taken as millimetres. */
const MILLIMETRES: Readonly<Record<number, number>> = { 0: 1, 1: 1000, 2: 1, 3: 0.001 };

/**
 * The header in the first bytes of a file.
 *
 * @param bytes the first 540 bytes, fewer when the file is shorter
 * @throws `not-nifti` when the bytes are something else, `nifti-header` when they contradict themselves
 */
export function parseHeader(bytes: Uint8Array): NiftiHeader {
  const { version, littleEndian } = identify(bytes);
  const at = layouts[version];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const short = version === 1;
  const real = (offset: number, i = 0) => (short ? view.getFloat32(offset + 4 * i, littleEndian) : view.getFloat64(offset + 8 * i, littleEndian));
  const reals = (offset: number, count: number) => Array.from({ length: count }, (_, i) => real(offset, i));
  const whole = (offset: number, i = 0) => (short ? view.getInt16(offset + 2 * i, littleEndian) : Number(view.getBigInt64(offset + 8 * i, littleEndian)));
  const code = (offset: number) => (short ? view.getInt16(offset, littleEndian) : view.getInt32(offset, littleEndian));

  const singleFile = bytes[at.magic + 1] === 0x2b;
  const declared = short ? view.getFloat32(at.offset, littleEndian) : Number(view.getBigInt64(at.offset, littleEndian));
  if (!Number.isFinite(declared) || declared < 0) throw badHeader(`vox_offset, where the values begin, is ${declared}.`);
  const units = short ? bytes[at.units] : view.getInt32(at.units, littleEndian);
  return {
    version,
    littleEndian,
    singleFile,
    dims: dimensions(whole(at.dim), (i) => whole(at.dim, i)),
    datatype: view.getInt16(at.datatype, littleEndian),
    pixdim: reals(at.pixdim, 8),
    // A single file cannot begin its values inside the header; writers that leave 0 there mean the first possible place.
    offset: singleFile ? Math.max(Math.trunc(declared), at.size + 4) : Math.trunc(declared),
    slope: real(at.slope),
    intercept: real(at.intercept),
    unit: MILLIMETRES[units & 7] ?? 1,
    qform: { code: code(at.qform), quaternion: reals(at.quaternion, 3), origin: reals(at.quaternion + 3 * (short ? 4 : 8), 3) },
    sform: { code: code(at.sform), rows: reals(at.srow, 12) },
  };
}

/** Version and byte order from the header's own length, which is its first field, and the magic word. */
function identify(bytes: Uint8Array): { version: 1 | 2; littleEndian: boolean } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const littleEndian of [true, false]) {
    for (const version of [1, 2] as const) {
      const { size, magic } = layouts[version];
      if (bytes.length < 4 || view.getInt32(0, littleEndian) !== size) continue;
      if (bytes.length < size) throw badHeader(`It ends after ${bytes.length} bytes, inside the header of ${size} bytes.`);
      const word = String.fromCharCode(...bytes.subarray(magic, magic + 3));
      if (word === `n+${version}` || word === `ni${version}`) return { version, littleEndian };
      if (version === 1 && word === '\0\0\0') {
        throw new RadloomError({
          code: 'not-nifti',
          what: 'This is an Analyze 7.5 file, not NIfTI: which side is left is unknown.',
          fix: 'Convert it to NIfTI with software that knows its orientation.',
        });
      }
      throw new RadloomError({ code: 'not-nifti', what: `This is not a NIfTI file: its magic word is "${printable(word)}" and not "n+${version}".` });
    }
  }
  const length = bytes.length < 4 ? `it has ${bytes.length} bytes` : `it gives its header ${view.getInt32(0, true)} bytes, and 348 or 540 are right`;
  throw new RadloomError({ code: 'not-nifti', what: `This is not a NIfTI file: ${length}.`, fix: 'Check that the path leads to the image and that the download was complete.' });
}

function dimensions(count: number, axis: (i: number) => number): number[] {
  if (!Number.isInteger(count) || count < 1 || count > 7) throw badHeader(`dim[0], the number of axes, is ${count}; 1 to 7 are possible.`);
  const dims = Array.from({ length: count }, (_, i) => axis(i + 1));
  const bad = dims.findIndex((n) => n < 1);
  if (bad >= 0) throw badHeader(`dim[${bad + 1}], the length of axis ${bad + 1}, is ${dims[bad]} (${dims.join(' x ')}).`);
  return dims;
}

export function badHeader(what: string): RadloomError {
  return new RadloomError({ code: 'nifti-header', what, fix: 'Write the file again with the software that made it.' });
}

function printable(word: string): string {
  return word.replace(/[^\x20-\x7e]/g, '?');
}

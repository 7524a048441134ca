import type { InputFile, Volume } from '@radloom/core';
import { parseParams } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import nifti from './index.js';

interface Sketch {
  version?: 1 | 2;
  littleEndian?: boolean;
  dims?: number[];
  datatype?: number;
  pixdim?: number[];
  slope?: number;
  intercept?: number;
  units?: number;
  qform?: { code: number; quaternion?: number[]; origin?: number[] };
  sform?: { code: number; rows: number[] };
  /** Writes value i at a byte offset. */
  values?: number[];
  magic?: string;
}

const widths: Record<number, [bytes: number, method: 'Uint8' | 'Int16' | 'Float32' | 'Int8' | 'Uint16']> = { 2: [1, 'Uint8'], 4: [2, 'Int16'], 16: [4, 'Float32'], 256: [1, 'Int8'], 512: [2, 'Uint16'] };

/** A NIfTI file byte by byte, offsets as in nifti1.h and nifti2.h. */
function niftiFile(sketch: Sketch = {}): Uint8Array {
  const { version = 1, littleEndian = true, dims = [2, 2, 1], datatype = 4, pixdim = [1, 1, 1, 1], slope = 0, intercept = 0, units = 2, qform = { code: 0 }, sform, values = [1, 2, 3, 4] } = sketch;
  const [bytes, method] = widths[datatype] ?? [2, 'Int16'];
  const start = version === 1 ? 352 : 544;
  const file = new Uint8Array(start + values.length * bytes);
  const view = new DataView(file.buffer);
  const whole = (at: number, value: number) => (version === 1 ? view.setInt16(at, value, littleEndian) : view.setBigInt64(at, BigInt(value), littleEndian));
  const real = (at: number, i: number, value: number) => (version === 1 ? view.setFloat32(at + 4 * i, value, littleEndian) : view.setFloat64(at + 8 * i, value, littleEndian));
  const code = (at: number, value: number) => (version === 1 ? view.setInt16(at, value, littleEndian) : view.setInt32(at, value, littleEndian));
  const at = version === 1 ? { magic: 344, dim: 40, datatype: 70, pixdim: 76, offset: 108, slope: 112, intercept: 116, units: 123, qform: 252, sform: 254, quaternion: 256, srow: 280 } : { magic: 4, dim: 16, datatype: 12, pixdim: 104, offset: 168, slope: 176, intercept: 184, units: 500, qform: 344, sform: 348, quaternion: 352, srow: 400 };
  view.setInt32(0, version === 1 ? 348 : 540, littleEndian);
  file.set(new TextEncoder().encode(sketch.magic ?? `n+${version}`), at.magic);
  [dims.length, ...dims].forEach((n, i) => whole(at.dim + (version === 1 ? 2 : 8) * i, n));
  view.setInt16(at.datatype, datatype, littleEndian);
  pixdim.forEach((value, i) => real(at.pixdim, i, value));
  if (version === 1) view.setFloat32(at.offset, start, littleEndian);
  else view.setBigInt64(at.offset, BigInt(start), littleEndian);
  real(at.slope, 0, slope);
  real(at.intercept, 0, intercept);
  if (version === 1) file[at.units] = units;
  else view.setInt32(at.units, units, littleEndian);
  code(at.qform, qform.code);
  code(at.sform, sform?.code ?? 0);
  [...(qform.quaternion ?? [0, 0, 0]), ...(qform.origin ?? [0, 0, 0])].forEach((value, i) => real(at.quaternion, i, value));
  sform?.rows.forEach((value, i) => real(at.srow, i, value));
  values.forEach((value, i) => view[`set${method}`](start + i * bytes, value, littleEndian));
  return file;
}

const ras = { code: 1, rows: [-2, 0, 0, 10, 0, -2, 0, 20, 0, 0, 3, 30] };
const plain: Sketch = { pixdim: [1, 2, 2, 3], sform: ras };

async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer());
}

async function read(files: InputFile | InputFile[], settings: object = {}) {
  const context = testContext();
  const operation = await nifti.operations.read.load();
  const { volume } = await operation({ files: { type: 'files', files: [files].flat() } }, parseParams(nifti.params, settings), context);
  return { volume: volume as Volume, warnings: context.warnings };
}

const image = (sketch: Sketch, name = 'a.nii'): InputFile => ({ name, bytes: niftiFile(sketch) });

describe('a 2 x 2 x 1 image on paper', () => {
  test('an sform that points right to left and front to back is the identity in LPS', async () => {
    const { volume, warnings } = await read(image(plain));
    expect(volume.geometry).toEqual({ size: [2, 2, 1], spacing: [2, 2, 3], origin: [-10, -20, 30], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] });
    expect(volume.data).toEqual(Int16Array.of(1, 2, 3, 4));
    expect(warnings).toEqual([]);
  });

  test('a quarter turn about z as quaternion (0, 0, sin 45°): x runs along +y in RAS, -y in LPS', async () => {
    const { volume } = await read(image({ pixdim: [1, 2, 4, 3], qform: { code: 1, quaternion: [0, 0, Math.SQRT1_2], origin: [1, 2, 3] } }));
    const expected = [0, 1, 0, -1, 0, 0, 0, 0, 1];
    volume.geometry.direction.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
    expect(volume.geometry.spacing).toEqual([2, 4, 3]);
    expect(volume.geometry.origin).toEqual([-1, -2, 3]);
  });

  test('qfac -1 turns the third axis', async () => {
    const { volume } = await read(image({ pixdim: [-1, 1, 1, 2], qform: { code: 1 } }));
    expect(volume.geometry.direction.slice(6)).toEqual([0, 0, -1]);
    expect(volume.geometry.spacing).toEqual([1, 1, 2]);
  });
});

describe('which form, as ITK decides', () => {
  const far = { code: 1, rows: [-2, 0, 0, 15, 0, -2, 0, 20, 0, 0, 3, 30] };
  // Quaternion (0, 0, 1) is half a turn about z: the same axes as `ras`.
  const qform = { code: 1, quaternion: [0, 0, 1], origin: [10, 20, 30] };

  test('both the same: no word about it', async () => {
    const { volume, warnings } = await read(image({ ...plain, qform }));
    expect(volume.geometry.origin).toEqual([-10, -20, 30]);
    expect(warnings).toEqual([]);
  });

  test('an sform of the scanner (code 1) wins over a different qform, with a warning', async () => {
    const { volume, warnings } = await read(image({ ...plain, sform: far, qform }));
    expect(volume.geometry.origin).toEqual([-15, -20, 30]);
    expect(warnings.map(({ code }) => code)).toEqual(['nifti-form-conflict']);
    expect(warnings[0].text).toContain('5.00 mm');
  });

  test('an sform of another kind (code 2) loses against a different qform', async () => {
    const { volume } = await read(image({ ...plain, sform: { ...far, code: 2 }, qform }));
    expect(volume.geometry.origin).toEqual([-10, -20, 30]);
  });

  test('a skewed sform leaves the qform, or nothing', async () => {
    const skewed = { code: 1, rows: [-2, -1, 0, 10, 0, -2, 0, 20, 0, 0, 3, 30] };
    const { volume } = await read(image({ ...plain, sform: skewed, qform }));
    expect(volume.geometry.direction).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    await expect(read(image({ ...plain, sform: skewed }))).rejects.toMatchObject({ code: 'geometry-skewed', where: { file: 'a.nii' } });
  });

  test('neither: axes as they are, said aloud', async () => {
    const { volume, warnings } = await read(image({ pixdim: [1, 0.5, 0.5, 2] }));
    expect(volume.geometry).toMatchObject({ spacing: [0.5, 0.5, 2], origin: [0, 0, 0], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] });
    expect(warnings.map(({ code }) => code)).toEqual(['orientation-unknown']);
  });

  test('a header spacing that contradicts the sform', async () => {
    const { volume, warnings } = await read(image({ pixdim: [1, 1, 1, 1], sform: ras }));
    expect(volume.geometry.spacing).toEqual([2, 2, 3]);
    expect(warnings.map(({ code }) => code)).toEqual(['nifti-spacing-conflict']);
  });

  test('micrometres become millimetres', async () => {
    const { volume } = await read(image({ units: 3, pixdim: [1, 2000, 2000, 3000], sform: { code: 1, rows: ras.rows.map((value) => value * 1000) } }));
    expect(volume.geometry.spacing).toEqual([2, 2, 3]);
    expect(volume.geometry.origin).toEqual([-10, -20, 30]);
  });
});

describe('values', () => {
  test.each([
    [2, Uint8Array, [0, 1, 2, 255]],
    [256, Int8Array, [-128, 0, 1, 127]],
    [4, Int16Array, [-32768, -1, 0, 32767]],
    [512, Uint16Array, [0, 1, 2, 65535]],
    [16, Float32Array, [-1.5, 0, 0.25, 1e10]],
  ])('datatype %i stays what it is', async (datatype, type, values) => {
    for (const littleEndian of [true, false]) {
      const { volume } = await read(image({ ...plain, datatype, values, littleEndian }));
      expect(volume.data).toEqual(type.from(values));
    }
  });

  test('scaled integers become float32, as ITK has them; a slope of 0 means none, whatever the intercept', async () => {
    expect((await read(image({ ...plain, slope: 0.5, intercept: -100 }))).volume.data).toEqual(Float32Array.of(-99.5, -99, -98.5, -98));
    expect((await read(image({ ...plain, slope: 1, intercept: -1024 }))).volume.data).toEqual(Float32Array.of(-1023, -1022, -1021, -1020));
    expect((await read(image({ ...plain, slope: 0, intercept: 55 }))).volume.data).toEqual(Int16Array.of(1, 2, 3, 4));
    expect((await read(image({ ...plain, slope: 1, intercept: 0 }))).volume.data).toBeInstanceOf(Int16Array);
  });

  test('NIfTI-2, gzip, and the wrong name for either', async () => {
    expect((await read(image({ ...plain, version: 2 }))).volume).toEqual((await read(image(plain))).volume);
    const packed = await gzip(niftiFile(plain));
    expect((await read({ name: 'a.nii.gz', bytes: packed })).volume.data).toEqual(Int16Array.of(1, 2, 3, 4));
    expect((await read({ name: 'a.nii', bytes: packed })).volume.data).toEqual(Int16Array.of(1, 2, 3, 4));
    expect((await read(image(plain, 'a.nii.gz'))).warnings.map(({ code }) => code)).toEqual(['nifti-name-mismatch']);
  });

  test('a pair of header and values', async () => {
    const whole = niftiFile({ ...plain, magic: 'ni1' });
    new DataView(whole.buffer).setFloat32(108, 0, true);
    const head = { name: 'a.hdr', bytes: whole.subarray(0, 348) };
    expect((await read([{ name: 'a.img', bytes: whole.subarray(352) }, head])).volume.data).toEqual(Int16Array.of(1, 2, 3, 4));
    await expect(read(head)).rejects.toMatchObject({ code: 'file-missing', message: expect.stringContaining('a.img') });
  });
});

describe('a fourth axis', () => {
  const four = { ...plain, dims: [2, 1, 1, 3], values: [1, 2, 3, 4, 5, 6] };

  test('of length 1 does not count', async () => {
    expect((await read(image({ ...plain, dims: [2, 2, 1, 1] }))).volume.geometry.size).toEqual([2, 2, 1]);
  });

  test('of several volumes is refused by name, and read one by one', async () => {
    await expect(read(image(four))).rejects.toMatchObject({ code: 'nifti-four-dimensional', message: expect.stringMatching(/2 x 1 x 1 x 3.*axis 4/) });
    expect((await read(image(four), { volume: 1 })).volume.data).toEqual(Int16Array.of(3, 4));
    await expect(read(image(four), { volume: 3 })).rejects.toMatchObject({ code: 'nifti-volume-absent' });
  });
});

describe('damaged files say what is wrong', () => {
  const text = { name: 'scan.nii.gz', bytes: new TextEncoder().encode('this is a note and no scan') };
  test.each<[string, InputFile, string, RegExp]>([
    ['a text', text, 'not-nifti', /scan\.nii\.gz.*not a NIfTI/s],
    ['nothing', { name: 'a.nii', bytes: new Uint8Array(0) }, 'file-empty', /0 bytes/],
    ['half a header', { name: 'a.nii', bytes: niftiFile(plain).subarray(0, 200) }, 'nifti-header', /200 bytes/],
    ['a value short', { name: 'a.nii', bytes: niftiFile(plain).subarray(0, 358) }, 'nifti-data-short', /8 bytes.*6/],
    ['nine axes', image({ ...plain, dims: [1, 1, 1, 1, 1, 1, 1, 1, 1] }), 'nifti-header', /dim\[0\]/],
    ['an empty axis', image({ ...plain, dims: [2, 0, 1] }), 'nifti-header', /dim\[2\]/],
    ['colour', image({ ...plain, datatype: 128 }), 'nifti-datatype', /128.*RGB/],
    ['a spacing of nothing', image({ ...plain, pixdim: [1, NaN, 1, 1] }), 'nifti-header', /pixdim\[1\]/],
    ['a flat sform', image({ ...plain, sform: { code: 1, rows: [0, 0, 0, 10, 0, -2, 0, 20, 0, 0, 3, 30] } }), 'geometry-singular', /do not span space/],
  ])('%s', async (_name, file, code, message) => {
    await expect(read(file)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('a cut gzip stream', async () => {
    const packed = await gzip(niftiFile({ ...plain, dims: [100, 100, 1], values: Array.from({ length: 10000 }, (_, i) => (i * 7919) % 3001) }));
    await expect(read({ name: 'a.nii.gz', bytes: packed.subarray(0, packed.length >> 1) })).rejects.toMatchObject({ code: 'gzip-damaged' });
  });

  test('more voxels than the file could hold are refused before memory is taken', async () => {
    await expect(read(image({ ...plain, dims: [30000, 30000, 30000] }))).rejects.toMatchObject({ code: 'nifti-data-short' });
  });

  test('bytes behind the image are ignored, with a warning', async () => {
    const { volume, warnings } = await read(image({ ...plain, dims: [2, 1, 1] }));
    expect(volume.data).toEqual(Int16Array.of(1, 2));
    expect(warnings.map(({ code }) => code)).toEqual(['nifti-extra-bytes']);
  });
});

describeContract(nifti, { from: import.meta.url, examples: [{ operation: 'read', inputs: () => ({ files: { type: 'files', files: [image(plain)] } }) }] });

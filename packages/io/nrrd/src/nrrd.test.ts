import { type InputFile, parseParams, type Volume } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import nrrd from './index.js';

const grid = `dimension: 3
sizes: 2 2 1
space: left-posterior-superior
space directions: (2,0,0) (0,2,0) (0,0,3)
space origin: (-10,-20,30)`;

const ascii = (fields = grid, values = '1 2 3 4', more = '') => encode(`NRRD0004\n# made for a test\ntype: short\nencoding: ascii\n${fields}\n${more}\n${values}`);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (bytes: Uint8Array, name = 'a.nrrd'): InputFile => ({ name, bytes });

/** A header with binary values behind it. */
function binary(fields: string, data: Uint8Array): Uint8Array {
  const head = encode(`NRRD0005\n${fields}\n\n`);
  const all = new Uint8Array(head.length + data.length);
  all.set(head);
  all.set(data, head.length);
  return all;
}

const bytesOf = (values: readonly number[], littleEndian = true): Uint8Array => {
  const bytes = new Uint8Array(2 * values.length);
  values.forEach((value, i) => new DataView(bytes.buffer).setInt16(2 * i, value, littleEndian));
  return bytes;
};

async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer());
}

async function read(files: InputFile | InputFile[], settings: object = {}) {
  const context = testContext();
  const operation = await nrrd.operations.read.load();
  const { volume } = await operation({ files: { type: 'files', files: [files].flat() } }, parseParams(nrrd.params, settings), context);
  return { volume: volume as Volume, codes: context.warnings.map(({ code }) => code) };
}

describe('a 2 x 2 x 1 image on paper', () => {
  test('left-posterior-superior is our own space', async () => {
    const { volume, codes } = await read(file(ascii()));
    expect(volume).toEqual({
      type: 'volume',
      geometry: { size: [2, 2, 1], spacing: [2, 2, 3], origin: [-10, -20, 30], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] },
      data: Int16Array.of(1, 2, 3, 4),
    });
    expect(codes).toEqual([]);
  });

  test.each([
    ['right-anterior-superior', '(-2,0,0) (0,-2,0) (0,0,3)', '(10,20,30)'],
    ['RAS', '(-2,0,0) (0,-2,0) (0,0,3)', '(10,20,30)'],
    ['LAS', '(2,0,0) (0,-2,0) (0,0,3)', '(-10,20,30)'],
  ])('the same grid told in %s', async (space, directions, origin) => {
    const fields = `dimension: 3\nsizes: 2 2 1\nspace: ${space}\nspace directions: ${directions}\nspace origin: ${origin}`;
    expect((await read(file(ascii(fields)))).volume).toEqual((await read(file(ascii()))).volume);
  });

  test('an oblique grid: spacing is the length of a vector, direction its unit', async () => {
    const { volume } = await read(file(ascii(grid.replace('(2,0,0) (0,2,0)', '(1.2,1.6,0) (-1.6,1.2,0)'))));
    expect(volume.geometry.spacing).toEqual([2, 2, 3]);
    [0.6, -0.8, 0, 0.8, 0.6, 0, 0, 0, 1].forEach((value, i) => expect(volume.geometry.direction[i]).toBeCloseTo(value, 12));
  });

  test('without a space: spacings, and a warning', async () => {
    const { volume, codes } = await read(file(ascii('dimension: 3\nsizes: 2 2 1\nspacings: 0.5 0.5 2')));
    expect(volume.geometry.spacing).toEqual([0.5, 0.5, 2]);
    expect(codes).toEqual(['orientation-unknown']);
  });
});

describe('encodings and types', () => {
  const values = [1, -2, 300, -32768];
  const fields = (encoding: string, endian = 'little', more = '') => `type: short\n${grid}\nendian: ${endian}\nencoding: ${encoding}${more}`;

  test('raw of either byte order, gzip and hex hold the same values', async () => {
    const packed = await gzip(bytesOf(values));
    const hex = encode([...bytesOf(values)].map((byte) => byte.toString(16).padStart(2, '0')).join('').replace(/(.{6})/g, '$1\n'));
    const files = [binary(fields('raw'), bytesOf(values)), binary(fields('raw', 'big'), bytesOf(values, false)), binary(fields('gzip'), packed), binary(fields('gz'), packed), binary(fields('hex'), hex)];
    for (const bytes of files) expect((await read(file(bytes))).volume.data).toEqual(Int16Array.from(values));
  });

  test('bzip2', async () => {
    // bzip2 of the eight bytes 01 00 fe ff 2c 01 00 80
    const packed = Uint8Array.from(BZIP2.match(/../g)!, (pair) => parseInt(pair, 16));
    expect((await read(file(binary(fields('bzip2'), packed)))).volume.data).toEqual(Int16Array.from(values));
    packed[packed.length - 12] ^= 0x10;
    await expect(read(file(binary(fields('bzip2'), packed)))).rejects.toMatchObject({ code: 'bzip2-damaged' });
  });

  test('lines and bytes before the data are skipped; -1 takes the last bytes', async () => {
    const junk = new Uint8Array([9, 9, 9, 0x0a, ...bytesOf(values)]);
    const front = new Uint8Array([9, 9, 9, ...bytesOf(values)]);
    expect((await read(file(binary(fields('raw', 'little', '\nline skip: 1'), junk)))).volume.data).toEqual(Int16Array.from(values));
    expect((await read(file(binary(fields('raw', 'little', '\nbyte skip: 4'), junk)))).volume.data).toEqual(Int16Array.from(values));
    expect((await read(file(binary(fields('raw', 'little', '\nbyte skip: -1'), front)))).volume.data).toEqual(Int16Array.from(values));
    expect((await read(file(binary(fields('gzip', 'little', '\nbyte skip: -1'), await gzip(front))))).volume.data).toEqual(Int16Array.from(values));
  });

  test.each([
    ['uchar', Uint8Array],
    ['signed char', Int8Array],
    ['ushort', Uint16Array],
    ['int', Int32Array],
    ['unsigned int', Uint32Array],
    ['float', Float32Array],
    ['double', Float64Array],
    ['int64', Int32Array],
  ])('%s', async (type, array) => {
    const bytes = encode(`NRRD0004\ntype: ${type}\nencoding: ascii\n${grid}\n\n1 2 3 4`);
    expect((await read(file(bytes))).volume.data).toEqual(array.from([1, 2, 3, 4]));
  });

  test('a detached header with one data file, a list, and a pattern', async () => {
    const head = (field: string) => file(encode(`NRRD0004\n${fields('raw')}\n${field}`), 'a.nhdr');
    const [one, two] = [file(bytesOf(values.slice(0, 2)), 's_1.raw'), file(bytesOf(values.slice(2)), 's_2.raw')];
    const whole = file(bytesOf(values), 'a.raw');
    expect((await read([head('data file: a.raw'), whole])).volume.data).toEqual(Int16Array.from(values));
    expect((await read([head('data file: LIST\ns_2.raw\ns_1.raw'), one, two])).volume.data).toEqual(Int16Array.from([...values.slice(2), ...values.slice(0, 2)]));
    expect((await read([head('data file: s_%d.raw 1 2 1'), two, one])).volume.data).toEqual(Int16Array.from(values));
    await expect(read(head('data file: b.raw'))).rejects.toMatchObject({ code: 'file-missing', message: expect.stringContaining('b.raw') });
    for (const name of ['../a.raw', '/a.raw', 'C:\\a.raw']) await expect(read([head(`data file: ${name}`), whole])).rejects.toMatchObject({ code: 'path-outside-folder' });
  });
});

describe('segmentations of 3D Slicer', () => {
  const named = 'Segment0_ID:=Segment_1\nSegment0_Name:=core\nSegment0_LabelValue:=1\nSegment0_Layer:=0\nSegment1_ID:=Segment_2\nSegment1_Name:=penumbra\nSegment1_LabelValue:=2\nSegment1_Layer:=0\n';
  const layered = grid.replace('dimension: 3', 'dimension: 4').replace('sizes: 2', 'sizes: 2 2').replace('directions: ', 'directions: none ');

  test('names come with their labels; the origin is that of the cropped array', async () => {
    const { volume } = await read(file(ascii(grid, '0 1 2 2', named), 'a.seg.nrrd'));
    expect(volume.segments).toEqual([{ label: 1, name: 'core' }, { label: 2, name: 'penumbra' }]);
    expect(volume.geometry.origin).toEqual([-10, -20, 30]);
    expect((await read(file(ascii(grid, '0 1 2 2', named)), { segment: 'core' })).volume).toMatchObject({ data: Int16Array.of(0, 1, 0, 0), segments: [{ label: 1, name: 'core' }] });
    await expect(read(file(ascii(grid, '0 1 2 2', named)), { segment: 'cor' })).rejects.toMatchObject({ code: 'segment-unknown', message: expect.stringContaining('core, penumbra') });
  });

  test('overlapping segments lie in layers: one is chosen by number or name', async () => {
    const overlapping = file(ascii(layered, '1 0 1 2 0 2 0 0', named.replace('Segment1_Layer:=0', 'Segment1_Layer:=1')));
    await expect(read(overlapping)).rejects.toMatchObject({ code: 'nrrd-list-axis', message: expect.stringMatching(/2 layers.*core.*penumbra/s) });
    expect((await read(overlapping, { layer: 0 })).volume).toMatchObject({ data: Int16Array.of(1, 1, 0, 0), segments: [{ label: 1, name: 'core' }] });
    expect((await read(overlapping, { segment: 'penumbra' })).volume).toMatchObject({ data: Int16Array.of(0, 2, 2, 0), segments: [{ label: 2, name: 'penumbra' }] });
    await expect(read(overlapping, { layer: 2 })).rejects.toMatchObject({ code: 'nrrd-layer-absent' });
  });

  test('a list axis of length 1 is no axis', async () => {
    expect((await read(file(ascii(layered.replace('sizes: 2 2', 'sizes: 1 2'))))).volume.geometry.size).toEqual([2, 2, 1]);
  });

  test('a list axis that runs slowest', async () => {
    const slow = grid.replace('dimension: 3', 'dimension: 4').replace('2 2 1', '2 2 1 2').replace('(0,0,3)', '(0,0,3) none');
    expect((await read(file(ascii(slow, '1 2 3 4 5 6 7 8')), { layer: 1 })).volume.data).toEqual(Int16Array.of(5, 6, 7, 8));
  });
});

describe('damaged files say what is wrong', () => {
  const raw = `type: short\n${grid}\nendian: little\nencoding: raw`;
  test.each<[string, Uint8Array, string, RegExp]>([
    ['a text', encode('a note\nand no scan\n'), 'not-nrrd', /a\.nrrd.*not an NRRD/],
    ['nothing', new Uint8Array(0), 'file-empty', /0 bytes/],
    ['a header without end', encode(`NRRD0004\n${raw}`), 'nrrd-no-data', /blank line/],
    ['too few bytes', binary(raw, bytesOf([1, 2, 3])), 'nrrd-data-short', /2 x 2 x 1.*8 bytes.*6/],
    ['too few words', ascii(grid, '1 2 3'), 'nrrd-data-short', /4 values.*3/],
    ['a word that is no number', ascii(grid, '1 2 x 4'), 'nrrd-header', /"x"/],
    ['no byte order', binary(raw.replace('endian: little\n', ''), bytesOf([1, 2, 3, 4])), 'nrrd-header', /endian/],
    ['sizes that contradict the dimension', ascii(grid.replace('dimension: 3', 'dimension: 4')), 'nrrd-header', /dimension is 4/],
    ['two dimensions', ascii('dimension: 2\nsizes: 2 2\nspacings: 1 1'), 'nrrd-not-3d', /2 dimensions/],
    ['an origin that is no number', ascii(grid.replace('-10', 'nan')), 'nrrd-header', /space origin/],
    ['skewed axes', ascii(grid.replace('(0,2,0)', '(1,2,0)')), 'geometry-skewed', /not orthogonal/],
  ])('%s', async (_name, bytes, code, message) => {
    await expect(read(file(bytes))).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('an unknown encoding', async () => {
    await expect(read(file(binary(raw.replace('raw', 'lzma'), bytesOf([1]))))).rejects.toMatchObject({ code: 'nrrd-encoding', message: expect.stringContaining('lzma') });
  });
});

/** Made with bzip2 1.0. */
const BZIP2 = '425a6839314159265359d3664ef7000001d040e000000440000001a00021800c0107351b8bb9229c284869b3277b80';

describeContract(nrrd, { from: import.meta.url, examples: [{ operation: 'read', inputs: () => ({ files: { type: 'files', files: [file(ascii())] } }) }] });

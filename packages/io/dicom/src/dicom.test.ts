import { type InputFile, parseParams, type Volume } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import dicom from './index.js';

type Syntax = 'implicit' | 'explicit' | 'big' | 'deflated' | 'jpeg2000';
const syntaxes: Record<Syntax, string> = { implicit: '1.2.840.10008.1.2', explicit: '1.2.840.10008.1.2.1', big: '1.2.840.10008.1.2.2', deflated: '1.2.840.10008.1.2.1.99', jpeg2000: '1.2.840.10008.1.2.4.90' };

/** Data elements by tag in hexadecimal; `US` values are numbers, others text. Undefined leaves one out. */
type Elements = Record<string, readonly [vr: string, value: string | number] | undefined>;

/** One 2 x 2 slice at z, values counting from `first`. */
interface Sketch {
  z?: number;
  stored?: readonly number[];
  bits?: 8 | 16;
  elements?: Elements;
  syntax?: Syntax;
  pixelBytes?: Uint8Array;
}

let files = 0;

/** A DICOM file, element by element in ascending order of tags (PS3.5, PS3.10). */
async function slice({ z = 0, stored = [0, 1, 2, 3], bits = 16, elements = {}, syntax = 'explicit', pixelBytes }: Sketch = {}, name = `s${z}.dcm`): Promise<InputFile> {
  const little = syntax !== 'big';
  const all: Elements = {
    '00080008': ['CS', 'ORIGINAL\\PRIMARY\\AXIAL'],
    '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.2'],
    '00080018': ['UI', `1.2.3.${++files}`],
    '00080060': ['CS', 'CT'],
    '00080070': ['LO', 'Maker'],
    '00080080': ['LO', 'Secret Hospital'],
    '00100010': ['PN', 'Secret^Name'],
    '00100020': ['LO', 'SECRET-ID'],
    '00100030': ['DA', '19500101'],
    '00180060': ['DS', '120'],
    '00200012': ['IS', '1'],
    '0020000E': ['UI', '1.2.3.4'],
    '00200032': ['DS', `-10\\-20\\${z}`],
    '00200037': ['DS', '1\\0\\0\\0\\1\\0'],
    '00200052': ['UI', '1.2.3.5'],
    '00280002': ['US', 1],
    '00280010': ['US', 2],
    '00280011': ['US', 2],
    '00280030': ['DS', '0.7\\0.45'],
    '00280100': ['US', bits],
    '00280101': ['US', bits === 16 ? 12 : 8],
    '00280102': ['US', bits === 16 ? 11 : 7],
    '00280103': ['US', 0],
    '00281052': ['DS', '-1024'],
    '00281053': ['DS', '1'],
    ...elements,
  };
  const body: number[] = [];
  const word = (value: number, size: 2 | 4, order = little) => {
    const bytes = Array.from({ length: size }, (_, i) => (value / 256 ** i) & 255);
    body.push(...(order ? bytes : bytes.reverse()));
  };
  const element = (tag: string, vr: string, value: readonly number[], explicit: boolean, order = little) => {
    word(parseInt(tag.slice(0, 4), 16), 2, order);
    word(parseInt(tag.slice(4), 16), 2, order);
    if (explicit) body.push(vr.charCodeAt(0), vr.charCodeAt(1));
    if (explicit && vr === 'OW') body.push(0, 0);
    word(value.length, explicit && vr !== 'OW' ? 2 : 4, order);
    body.push(...value);
  };
  const text = (value: string, vr: string) => [...new TextEncoder().encode(value.length % 2 === 0 ? value : value + (vr === 'UI' ? '\0' : ' '))];

  element('00020010', 'UI', text(syntaxes[syntax], 'UI'), true, true);
  const meta = body.splice(0);
  element('00020000', 'UL', [meta.length, 0, 0, 0], true, true);
  const preamble = [...new Uint8Array(128), ...new TextEncoder().encode('DICM'), ...body.splice(0), ...meta];
  for (const tag of Object.keys(all).sort()) {
    const [vr, value] = all[tag] ?? [];
    if (vr === undefined || value === undefined) continue;
    const two = (n: number) => (little ? [n & 255, n >> 8] : [n >> 8, n & 255]);
    element(tag, vr, typeof value === 'number' ? two(value) : text(value, vr), syntax !== 'implicit');
  }
  const pixels = pixelBytes === undefined ? stored.flatMap((value) => (bits === 8 ? [value & 255] : little ? [value & 255, (value >> 8) & 255] : [(value >> 8) & 255, value & 255])) : [...pixelBytes];
  if (stored.length > 0) element('7FE00010', 'OW', pixels, syntax !== 'implicit');
  const data = syntax === 'deflated' ? [...(await deflate(Uint8Array.from(body)))] : body;
  return { name, bytes: Uint8Array.from([...preamble, ...data]) };
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer());
}

const series = (zs: readonly number[], sketch: Sketch = {}): Promise<InputFile[]> => Promise.all(zs.map((z, k) => slice({ stored: [0, 1, 2, 3].map((value) => value + 10 * k), ...sketch, z })));

async function read(list: InputFile | InputFile[], settings: object = {}) {
  const context = testContext();
  const operation = await dicom.operations.read.load();
  const { volume } = await operation({ files: { type: 'files', files: [list].flat() } }, parseParams(dicom.params, settings), context);
  return { volume: volume as Volume, codes: context.warnings.map(({ code }) => code), texts: context.warnings.map((warning) => warning.text).join('\n') };
}

describe('three slices of 2 x 2 on paper', () => {
  test('ordered by position, rescaled, spacing as [between columns, between rows, between slices]', async () => {
    const [a, b, c] = await series([30, 35, 40]);
    const { volume, codes } = await read([c, a, b]);
    expect(volume.geometry).toEqual({ size: [2, 2, 3], spacing: [0.45, 0.7, 5], origin: [-10, -20, 30], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] });
    expect(volume.data).toEqual(Int16Array.from([0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23], (value) => value - 1024));
    expect(codes).toEqual([]);
  });

  test('rows that run to the right make slices ascend towards the feet', async () => {
    const { volume } = await read(await series([30, 35], { elements: { '00200037': ['DS', '-1\\0\\0\\0\\1\\0'] } }));
    expect(volume.geometry.origin[2]).toBe(35);
    expect(volume.geometry.direction[8]).toBe(-1);
    expect(volume.data[0]).toBe(10 - 1024);
  });

  test.each<Syntax>(['implicit', 'explicit', 'big', 'deflated'])('transfer syntax %s holds the same volume', async (syntax) => {
    expect((await read(await series([0, 5], { syntax }))).volume).toEqual((await read(await series([0, 5]))).volume);
  });
});

describe('values and their type, as GDCM decides', () => {
  const format = (stored: number, high: number, signed: 0 | 1, slope = '1', intercept = '0'): Elements => ({ '00280101': ['US', stored], '00280102': ['US', high], '00280103': ['US', signed], '00281053': ['DS', slope], '00281052': ['DS', intercept] });
  test.each<[string, Elements, readonly number[], Volume['data']]>([
    ['12 bits unsigned with -1024 fit int16', format(12, 11, 0, '1', '-1024'), [0, 4095, 1, 2], Int16Array.of(-1024, 3071, -1023, -1022)],
    ['16 bits unsigned with -1024 need int32', format(16, 15, 0, '1', '-1024'), [0, 65535, 1, 2], Int32Array.of(-1024, 64511, -1023, -1022)],
    ['16 bits signed without rescaling stay int16', format(16, 15, 1), [0, 0xffff, 0x8000, 2], Int16Array.of(0, -1, -32768, 2)],
    ['16 bits signed with -1024 need int32', format(16, 15, 1, '1', '-1024'), [0, 0xffff, 1, 2], Int32Array.of(-1024, -1025, -1023, -1022)],
    ['12 bits signed: the sign is bit 11', format(12, 11, 1), [0x0fff, 0x0800, 0x07ff, 0], Int16Array.of(-1, -2048, 2047, 0)],
    ['rubbish above BitsStored is dropped', format(12, 11, 0), [0xf001, 0x1002, 0x8003, 0xf000], Uint16Array.of(1, 2, 3, 0)],
    ['bits below the field are dropped', format(12, 15, 0), [0x001f, 0x002f, 0xffff, 0], Uint16Array.of(1, 2, 4095, 0)],
    ['a fractional slope gives float64', format(12, 11, 0, '0.5', '-1'), [0, 1, 2, 3], Float64Array.of(-1, -0.5, 0, 0.5)],
    ['a negative slope', format(8, 7, 0, '-1', '0'), [0, 1, 2, 255], Int16Array.of(0, -1, -2, -255)],
  ])('%s', async (_name, elements, stored, expected) => {
    const { volume } = await read(await series([0, 5], { elements, stored }));
    expect(volume.data.constructor).toBe(expected.constructor);
    expect([...volume.data.subarray(0, 4)]).toEqual([...expected].map((value) => value + 0));
  });

  test('8 bits', async () => {
    expect((await read(await series([0, 5], { bits: 8, elements: { '00281052': ['DS', '0'] } }))).volume.data).toBeInstanceOf(Uint8Array);
  });

  test('slopes that differ from slice to slice are applied to each', async () => {
    const list = [await slice({ z: 0, elements: { '00281053': ['DS', '2'] } }), await slice({ z: 5, elements: { '00281053': ['DS', '0.5'] } })];
    expect((await read(list)).volume.data).toEqual(Float64Array.of(-1024, -1022, -1020, -1018, -1024, -1023.5, -1023, -1022.5));
  });

  test('CT without slope and intercept: stored values, said aloud', async () => {
    const { codes, volume } = await read(await series([0, 5], { elements: { '00281052': undefined, '00281053': undefined } }));
    expect(codes).toEqual(['dicom-rescale-missing']);
    expect(volume.data[1]).toBe(1);
  });
});

describe('which images are the volume', () => {
  test('a hole is named by its neighbours', async () => {
    await expect(read(await series([0, 5, 10, 20, 25]))).rejects.toMatchObject({ code: 'dicom-missing-slice', message: expect.stringMatching(/10 mm between s10\.dcm and s20\.dcm/) });
  });

  test('uneven distances are refused, small ones said, tiny ones taken', async () => {
    await expect(read(await series([0, 5, 12]))).rejects.toMatchObject({ code: 'dicom-irregular-spacing' });
    expect((await read(await series([0, 5.02, 10]))).codes).toEqual(['dicom-uneven-spacing']);
    expect((await read(await series([0, 5.0005, 10]))).codes).toEqual([]);
    expect((await read(await series([0, 5, 12]), { spacingTolerance: 0.3 })).volume.geometry.spacing[2]).toBe(6);
  });

  test('a copy is left out, a contradiction refused', async () => {
    const [a, b] = await series([0, 5]);
    expect(await read([a, b, { ...a, name: 'copy.dcm' }])).toMatchObject({ codes: ['dicom-copies'], texts: expect.stringContaining('copy.dcm') });
    expect((await read([a, b, await slice({ z: 0, stored: [0, 1, 2, 3] }, 'same.dcm')])).codes).toEqual(['dicom-duplicate-slice']);
    await expect(read([a, b, await slice({ z: 0, stored: [9, 9, 9, 9] }, 'other.dcm')])).rejects.toMatchObject({ code: 'dicom-duplicate-position', message: expect.stringMatching(/s0\.dcm, other\.dcm/) });
    await expect(read([a, await slice({ z: 5, elements: { '00080018': ['UI', '7.7'] } }), await slice({ z: 10, elements: { '00080018': ['UI', '7.7'] } })])).rejects.toMatchObject({ code: 'dicom-duplicate-instance' });
  });

  test('two acquisitions in one series: refused by the attribute that tells them apart, then chosen by it', async () => {
    const second = await series([0, 5], { stored: [5, 5, 5, 5], elements: { '00200012': ['IS', '2'] } });
    const both = [...(await series([0, 5])), ...second];
    await expect(read(both)).rejects.toMatchObject({ code: 'dicom-several-volumes', message: expect.stringMatching(/AcquisitionNumber.*acquisitionNumber: 1 or 2/s) });
    expect((await read(both, { acquisitionNumber: 2 })).volume.data[0]).toBe(5 - 1024);
    await expect(read(both, { acquisitionNumber: 3 })).rejects.toMatchObject({ code: 'dicom-selection-empty' });
  });

  test.each<[string, Elements, RegExp]>([
    ['orientation', { '00200037': ['DS', '1\\0\\0\\0\\0.9986\\0.0523'] }, /ImageOrientationPatient of s10\.dcm/],
    ['spacing', { '00280030': ['DS', '0.5\\0.5'] }, /PixelSpacing of s10\.dcm/],
    ['frame of reference', { '00200052': ['UI', '9.9'] }, /FrameOfReferenceUID of s10\.dcm/],
  ])('another %s is named by its file', async (_name, elements, message) => {
    await expect(read([...(await series([0, 5])), await slice({ z: 10, elements })])).rejects.toMatchObject({ code: 'dicom-inconsistent', message: expect.stringMatching(message) });
  });

  test('two series are refused with what was found, and one is read by its UID', async () => {
    const list = [...(await series([0, 5])), ...(await series([0, 5], { elements: { '0020000E': ['UI', '5.6.7'], '00080060': ['CS', 'MR'] } }))];
    await expect(read(list)).rejects.toMatchObject({ code: 'dicom-series-several', message: expect.stringMatching(/CT, 2 images of 2 x 2, 1\.2\.3\.4; MR, 2 images of 2 x 2, 5\.6\.7/) });
    expect((await read(list, { seriesInstanceUID: '5.6.7' })).volume.acquisition).toMatchObject({ Modality: 'MR' });
    await expect(read(list, { seriesInstanceUID: '8.8' })).rejects.toMatchObject({ code: 'dicom-series-absent' });
  });

  test('localizers, scouts and files that are no images are left out, and said', async () => {
    const stackOfTwo = await series([0, 5]);
    const localizer = await slice({ elements: { '00080008': ['CS', 'ORIGINAL\\PRIMARY\\LOCALIZER'], '00200037': ['DS', '1\\0\\0\\0\\0\\-1'] } }, 'loc.dcm');
    const scout = await slice({ elements: { '0020000E': ['UI', '5.6.7'] } }, 'scout.dcm');
    const report = await slice({ stored: [] }, 'report.dcm');
    const { volume, codes, texts } = await read([...stackOfTwo, localizer, scout, report, { name: 'notes.txt', bytes: new TextEncoder().encode('notes') }]);
    expect(volume.geometry.size).toEqual([2, 2, 2]);
    expect(codes).toEqual(['files-ignored', 'dicom-localizer', 'dicom-series-left-out']);
    expect(texts).toMatch(/report\.dcm, notes\.txt[^]*loc\.dcm[^]*scout\.dcm/);
  });

  test('a sheared stack, as a tilted gantry makes it, is refused', async () => {
    const tilted = await Promise.all([0, 5, 10].map((z) => slice({ z, elements: { '00200032': ['DS', `-10\\${-20 + z * Math.tan(0.2)}\\${z}`] } })));
    await expect(read(tilted)).rejects.toMatchObject({ code: 'dicom-gantry-tilt', message: expect.stringContaining('11.5 degrees') });
  });

  test('one slice takes its thickness as third spacing', async () => {
    const { volume, codes } = await read(await slice({ elements: { '00180050': ['DS', '4'] } }));
    expect(volume.geometry.spacing).toEqual([0.45, 0.7, 4]);
    expect(codes).toEqual(['dicom-single-slice']);
  });
});

describe('files that cannot be read say why', () => {
  test('a text planted as a scan, nothing, and no file at all', async () => {
    await expect(read({ name: 'scan.dcm', bytes: new TextEncoder().encode('a note '.repeat(30)) })).rejects.toMatchObject({ code: 'not-dicom', where: { file: 'scan.dcm' } });
    await expect(read({ name: 'scan.dcm', bytes: new Uint8Array(0) })).rejects.toMatchObject({ code: 'file-empty' });
    await expect(read([])).rejects.toMatchObject({ code: 'file-missing' });
  });

  test.each<[string, Sketch, string, RegExp]>([
    ['compressed pixels', { syntax: 'jpeg2000' }, 'dicom-transfer-syntax', /JPEG 2000 lossless \(1\.2\.840\.10008\.1\.2\.4\.90\)/],
    ['several frames', { elements: { '00280008': ['IS', '10'] } }, 'dicom-multiframe', /NumberOfFrames 10/],
    ['colour', { elements: { '00280002': ['US', 3] } }, 'dicom-pixel-format', /SamplesPerPixel is 3/],
    ['no orientation', { elements: { '00200037': undefined } }, 'dicom-geometry', /ImageOrientationPatient is missing/],
    ['no position', { elements: { '00200032': undefined } }, 'dicom-geometry', /ImagePositionPatient is missing/],
    ['no spacing', { elements: { '00280030': undefined } }, 'dicom-geometry', /PixelSpacing is missing/],
    ['a spacing of nothing', { elements: { '00280030': ['DS', '0\\0.5'] } }, 'dicom-geometry', /PixelSpacing is 0 x 0.5/],
    ['crooked axes', { elements: { '00200037': ['DS', '1\\0\\0\\0.5\\1\\0'] } }, 'dicom-geometry', /not two perpendicular/],
    ['too few pixels', { elements: { '00280010': ['US', 300] } }, 'dicom-pixels-short', /1200 bytes.*8/],
    ['no pixels', { stored: [] }, 'dicom-no-pixels', /no PixelData/],
  ])('%s', async (_name, sketch, code, message) => {
    await expect(read(await slice(sketch, 'x.dcm'))).rejects.toMatchObject({ code, message: expect.stringMatching(message), where: { file: 'x.dcm' } });
  });

  test('a cut file among whole ones is named', async () => {
    const [a, b] = await series([0, 5]);
    await expect(read([a, { ...b, bytes: b.bytes.subarray(0, 300) }])).rejects.toMatchObject({ code: 'dicom-damaged', where: { file: 's5.dcm' } });
    await expect(read([a, { ...b, bytes: b.bytes.subarray(0, -3) }])).rejects.toMatchObject({ code: 'dicom-pixels-short', where: { file: 's5.dcm' } });
  });
});

describe('privacy', () => {
  test('acquisition facts pass, the patient does not', async () => {
    const { volume } = await read(await series([0, 5]));
    expect(volume.acquisition).toEqual({ Modality: 'CT', Manufacturer: 'Maker', KVP: 120 });
    expect(JSON.stringify(volume, (_key, value: unknown) => (ArrayBuffer.isView(value) ? [] : value))).not.toMatch(/secret|1950/i);
  });

  test('what varies along the series is no fact of it', async () => {
    const list = [await slice({ z: 0 }), await slice({ z: 5, elements: { '00180060': ['DS', '100'] } })];
    expect((await read(list)).volume.acquisition).not.toHaveProperty('KVP');
  });

  test('an error carries no patient data, not even in its cause', async () => {
    const [a] = await series([0]);
    const error = await read({ ...a, bytes: a.bytes.subarray(0, 420) }).then(() => undefined, (thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'dicom-damaged' });
    expect(error?.cause).toBeUndefined();
    expect(error?.message).not.toMatch(/secret|1950/i);
  });
});

describeContract(dicom, { from: import.meta.url, examples: [{ operation: 'read', inputs: async () => ({ files: { type: 'files', files: await series([0, 5, 10]) } }) }] });

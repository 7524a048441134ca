import { RadloomError, type Vec3 } from '@radloom/core';
import { compressedSyntaxes, decimal, decimals, type Header, PIXEL_DATA, text, uncompressed } from './dataset.js';

/** How a pixel is stored. */
export interface PixelFormat {
  readonly bitsAllocated: 8 | 16 | 32;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
}

/** One image of a series: its place in the patient and where its pixels lie. */
export interface Slice {
  readonly header: Header;
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Direction of rows (along columns' index) and of columns, LPS. */
  readonly row: Vec3;
  readonly column: Vec3;
  /** LPS millimetres of the first pixel's centre. */
  readonly position: Vec3;
  /** Millimetres between rows, and between columns. */
  readonly pixelSpacing: readonly [number, number];
  readonly format: PixelFormat;
  readonly slope: number;
  readonly intercept: number;
  /** False when the file has neither slope nor intercept. */
  readonly rescaled: boolean;
  /** The pixels' bytes in `header.bytes`. */
  readonly pixels: Uint8Array;
  /** The pixel element claims more bytes than the file has, and those that are there suffice. */
  readonly overlong: boolean;
}

/** Orientation vectors may deviate from unit length and a right angle by this: headers round to few decimals. */
const ORTHONORMAL = 1e-3;

/** Names of image kinds that keep their geometry elsewhere (DICOM PS3.6, annex A). */
const otherClasses: Readonly<Record<string, string>> = {
  '1.2.840.10008.5.1.4.1.1.2.1': 'Enhanced CT',
  '1.2.840.10008.5.1.4.1.1.2.2': 'Legacy Converted Enhanced CT',
  '1.2.840.10008.5.1.4.1.1.4.1': 'Enhanced MR',
  '1.2.840.10008.5.1.4.1.1.30': 'Parametric Map',
  '1.2.840.10008.5.1.4.1.1.66.4': 'Segmentation',
  '1.2.840.10008.5.1.4.1.1.128.1': 'Enhanced PET',
  '1.2.840.10008.5.1.4.1.1.481.2': 'RT Dose',
};

/**
 * One single-frame image, checked.
 *
 * @throws `dicom-multiframe`, `dicom-no-pixels`, `dicom-geometry`, `dicom-pixel-format`, `dicom-modality-lut`, `dicom-transfer-syntax`, `dicom-pixels-short`
 */
export function describeSlice(header: Header): Slice {
  const refuse = (code: string, what: string, fix?: string): never => {
    throw new RadloomError({ code, what, fix, where: { file: header.name } });
  };
  const sopClass = text(header, 'x00080016') ?? '';
  const frames = decimal(header, 'x00280008') ?? 1;
  if (frames !== 1) {
    refuse(
      'dicom-multiframe',
      `This is a multi-frame object (NumberOfFrames ${frames}, ${otherClasses[sopClass] ?? 'SOP class'} ${sopClass}); its geometry lies in functional groups, which are not read.`,
      'Convert it to one file a slice, or to NIfTI.',
    );
  }
  const samples = header.elements.uint16('x00280002') ?? 1;
  if (samples !== 1) refuse('dicom-pixel-format', `It is a colour image: SamplesPerPixel is ${samples}. Features need one number a pixel.`);
  const place = placeOf(header, refuse);
  if (header.elements.elements.x00283000 !== undefined && decimal(header, 'x00281053') === undefined) {
    refuse('dicom-modality-lut', 'Its values need a lookup table (ModalityLUTSequence), which is not read.', 'Export the series with RescaleSlope and RescaleIntercept.');
  }
  if (!uncompressed.has(header.transferSyntax)) {
    const name = compressedSyntaxes[header.transferSyntax] ?? 'an unknown transfer syntax';
    refuse('dicom-transfer-syntax', `Its pixels are compressed as ${name} (${header.transferSyntax}), which is not read.`, 'Export the series uncompressed (Explicit VR Little Endian), or decompress it, for example with gdcmconv --raw.');
  }
  const format = formatOf(header, refuse);
  const slope = decimal(header, 'x00281053') ?? 1;
  const intercept = decimal(header, 'x00281052') ?? 0;
  if (!Number.isFinite(slope) || slope === 0 || !Number.isFinite(intercept)) refuse('dicom-rescale', `RescaleSlope ${slope} and RescaleIntercept ${intercept} give no values.`);
  return {
    header,
    name: header.name,
    ...place,
    format,
    slope,
    intercept,
    rescaled: decimal(header, 'x00281053') !== undefined || decimal(header, 'x00281052') !== undefined,
    ...pixelsOf(header, place.rows * place.columns * (format.bitsAllocated / 8), `Rows ${place.rows} x Columns ${place.columns} of ${format.bitsAllocated} bits`, refuse),
  };
}

type Refuse = (code: string, what: string, fix?: string) => never;

function placeOf(header: Header, refuse: Refuse): Pick<Slice, 'rows' | 'columns' | 'row' | 'column' | 'position' | 'pixelSpacing'> {
  const rows = header.elements.uint16('x00280010') ?? 0;
  const columns = header.elements.uint16('x00280011') ?? 0;
  if (rows === 0 || columns === 0) refuse('dicom-no-pixels', `It is no image: it has ${rows} Rows and ${columns} Columns, and no PixelData can be read.`);
  const need = (tag: string, keyword: string, count: number): number[] => {
    const values = decimals(header, tag);
    if (values.length === count && values.every(Number.isFinite)) return values;
    const found = values.length === 0 ? 'is missing' : `is "${values.join('\\')}" and should be ${count} numbers`;
    return refuse('dicom-geometry', `${keyword} ${found}: the image cannot be placed in the patient.`, 'Export the original series from the scanner or archive.');
  };
  const pixelSpacing = need('x00280030', 'PixelSpacing', 2) as [number, number];
  if (!pixelSpacing.every((value) => value > 0)) refuse('dicom-geometry', `PixelSpacing is ${pixelSpacing.join(' x ')} mm and must be positive.`);
  const position = need('x00200032', 'ImagePositionPatient', 3) as unknown as Vec3;
  const orientation = need('x00200037', 'ImageOrientationPatient', 6);
  const row = orientation.slice(0, 3) as unknown as Vec3;
  const column = orientation.slice(3) as unknown as Vec3;
  const worst = Math.max(Math.abs(dot(row, row) - 1), Math.abs(dot(column, column) - 1), Math.abs(dot(row, column)));
  if (worst > ORTHONORMAL) refuse('dicom-geometry', `ImageOrientationPatient, ${orientation.join('\\')}, is not two perpendicular vectors of length 1.`);
  return { rows, columns, row, column, position, pixelSpacing };
}

function formatOf(header: Header, refuse: Refuse): PixelFormat {
  const bitsAllocated = header.elements.uint16('x00280100') ?? 0;
  const bitsStored = header.elements.uint16('x00280101') ?? bitsAllocated;
  const highBit = header.elements.uint16('x00280102') ?? bitsStored - 1;
  if ((bitsAllocated !== 8 && bitsAllocated !== 16 && bitsAllocated !== 32) || bitsStored < 1 || highBit >= bitsAllocated || highBit + 1 < bitsStored) {
    return refuse('dicom-pixel-format', `BitsAllocated ${bitsAllocated}, BitsStored ${bitsStored} and HighBit ${highBit} are not read.`);
  }
  return { bitsAllocated, bitsStored, highBit, signed: header.elements.uint16('x00280103') === 1 };
}

function pixelsOf(header: Header, needed: number, shape: string, refuse: Refuse): Pick<Slice, 'pixels' | 'overlong'> {
  const element = header.elements.elements[PIXEL_DATA];
  if (element === undefined) return refuse('dicom-no-pixels', 'It holds no image: there is no PixelData.');
  if (element.hadUndefinedLength === true) return refuse('dicom-damaged', 'PixelData is of undefined length although its transfer syntax is uncompressed.');
  const present = header.bytes.length - element.dataOffset;
  const there = Math.min(element.length, present);
  if (there < needed) {
    const why = element.length > present ? `the file ends after ${present} of the ${element.length} that PixelData claims` : `PixelData holds ${element.length}`;
    return refuse('dicom-pixels-short', `${shape} need ${needed} bytes, and ${why}.`, 'The file was cut off or altered: copy it again from its source.');
  }
  return { pixels: header.bytes.subarray(element.dataOffset, element.dataOffset + needed), overlong: element.length > present };
}

export function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

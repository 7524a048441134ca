import { type InputFile, RadloomError } from '@radloom/core';
import dicomParser, { type DataSet } from 'dicom-parser';

/** The data elements of one file up to its pixels. */
export interface Header {
  /** Name as given, for messages. */
  readonly name: string;
  readonly transferSyntax: string;
  readonly littleEndian: boolean;
  /** What offsets of elements count from: the file, or the inflated data set. */
  readonly bytes: Uint8Array;
  readonly elements: DataSet;
}

const IMPLICIT_LITTLE = '1.2.840.10008.1.2';
const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1';
const EXPLICIT_BIG = '1.2.840.10008.1.2.2';
const DEFLATED = '1.2.840.10008.1.2.1.99';

/** Transfer syntaxes whose pixels are plain numbers. */
export const uncompressed: ReadonlySet<string> = new Set([IMPLICIT_LITTLE, EXPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED]);

/** Names of the common compressed transfer syntaxes (DICOM PS3.6, annex A). */
export const compressedSyntaxes: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.4.50': 'JPEG baseline',
  '1.2.840.10008.1.2.4.51': 'JPEG extended',
  '1.2.840.10008.1.2.4.57': 'JPEG lossless',
  '1.2.840.10008.1.2.4.70': 'JPEG lossless, first-order prediction',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS lossless',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS near-lossless',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000 lossless',
  '1.2.840.10008.1.2.4.91': 'JPEG 2000',
  '1.2.840.10008.1.2.4.100': 'MPEG2 video',
  '1.2.840.10008.1.2.4.201': 'High-Throughput JPEG 2000 lossless',
  '1.2.840.10008.1.2.4.202': 'High-Throughput JPEG 2000 lossless, RPCL',
  '1.2.840.10008.1.2.4.203': 'High-Throughput JPEG 2000',
  '1.2.840.10008.1.2.5': 'RLE Lossless',
};

export const PIXEL_DATA = 'x7fe00010';

/** True when a file carries the mark of DICOM Part 10: "DICM" behind a preamble of 128 bytes. */
export function isDicom(bytes: Uint8Array): boolean {
  return bytes.length > 132 && bytes[128] === 0x44 && bytes[129] === 0x49 && bytes[130] === 0x43 && bytes[131] === 0x4d;
}

/**
 * Reads a file's elements and stops at the pixels.
 *
 * What dicom-parser throws is not passed on: it carries the data set, and with it the patient.
 *
 * @throws `dicom-damaged` when elements run past the file's end, `dicom-nesting` when sequences are nested beyond reason
 */
export async function parseHeader(file: InputFile): Promise<Header> {
  const where = { file: file.name };
  try {
    return plainHeader(file) ?? (await deflatedHeader(file));
  } catch (thrown) {
    const reason = (thrown as { exception?: unknown }).exception ?? thrown;
    if (reason instanceof RangeError) throw new RadloomError({ code: 'dicom-nesting', what: 'Its sequences are nested too many levels deep to be read.', where });
    throw new RadloomError({
      code: 'dicom-damaged',
      what: `The file is incomplete or corrupt: its data elements do not end within its ${file.bytes.length} bytes.`,
      where,
      fix: 'Copy the file again from its source.',
    });
  }
}

/** Undefined for a deflated data set, which must be inflated first, and asynchronously. */
function plainHeader({ name, bytes }: InputFile): Header | undefined {
  let deflated = false;
  try {
    const elements = dicomParser.parseDicom(bytes, { untilTag: PIXEL_DATA, inflater: () => {
      deflated = true;
      throw new Error('deflated');
    } });
    const transferSyntax = elements.string('x00020010') ?? '';
    return { name, transferSyntax, littleEndian: transferSyntax !== EXPLICIT_BIG, bytes, elements };
  } catch (thrown) {
    if (deflated) return undefined;
    throw thrown;
  }
}

async function deflatedHeader({ name, bytes: file }: InputFile): Promise<Header> {
  // The group length, first in the file's own header, says where that header ends and the deflated part begins.
  const begins = 144 + new DataView(file.buffer, file.byteOffset).getUint32(140, true);
  const bytes = await inflate(file.subarray(begins));
  const elements = dicomParser.parseDicom(bytes, { untilTag: PIXEL_DATA, TransferSyntaxUID: EXPLICIT_LITTLE });
  return { name, transferSyntax: DEFLATED, littleEndian: true, bytes, elements };
}

async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const attempt = (part: Uint8Array) => new Response(new Blob([part as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).arrayBuffer();
  // A stream of odd length is followed by one byte of padding, which decompressors refuse (PS3.5, A.5).
  return new Uint8Array(await attempt(bytes).catch(() => attempt(bytes.subarray(0, -1))));
}

/** The numbers of a decimal or integer string; empty when absent or empty. */
export function decimals({ elements }: Header, tag: string): number[] {
  const text = elements.string(tag);
  return text === undefined || text.trim() === '' ? [] : text.split('\\').map((part) => (part.trim() === '' ? NaN : Number(part)));
}

/** The first number of a decimal or integer string. */
export function decimal(header: Header, tag: string): number | undefined {
  return decimals(header, tag)[0];
}

export function text({ elements }: Header, tag: string): string | undefined {
  const value = elements.string(tag)?.trim();
  return value === '' ? undefined : value;
}

import { type ByteSource, inflatedBytes, type InputFile, plainBytes, RadloomError } from '@radloom/core';
import { bunzip2 } from './bzip2.js';
import { badHeader, type NrrdHeader, required } from './header.js';
import type { StoredArray } from './values.js';

type Encoding = 'raw' | 'gzip' | 'bzip2' | 'ascii' | 'hex';

const encodings: Readonly<Record<string, Encoding>> = { raw: 'raw', gzip: 'gzip', gz: 'gzip', bzip2: 'bzip2', bz2: 'bzip2', ascii: 'ascii', text: 'ascii', txt: 'ascii', hex: 'hex' };

/** @throws `nrrd-encoding` */
export function encodingOf(header: NrrdHeader): Encoding {
  const name = required(header, 'encoding', 'encoding');
  const found = encodings[name.toLowerCase()];
  if (found !== undefined) return found;
  throw new RadloomError({ code: 'nrrd-encoding', what: `The encoding "${name}" is unknown; raw, gzip, bzip2, ascii and hex are read.`, fix: 'Save the file with gzip compression.' });
}

/** Bytes with the header's data, one entry a data file, in order. */
export function dataPieces(header: NrrdHeader, head: InputFile, files: readonly InputFile[]): InputFile[] {
  const field = header.fields.get('datafile');
  if (field === undefined) {
    if (header.dataStart === undefined) throw new RadloomError({ code: 'nrrd-no-data', what: 'The file ends without the blank line that separates header and data, and names no data file.', fix: 'Copy the file again from its source.' });
    return [{ name: head.name, bytes: head.bytes.subarray(header.dataStart) }];
  }
  return dataFileNames(field, header.fileList).map((name) => found(name, files));
}

/** Names as the field says: one name, `LIST` with a name a line, or a pattern with first, last and step (`slice_%03d.raw 1 40 1`). */
function dataFileNames(field: string, list: readonly string[]): string[] {
  if (/^LIST\b/.test(field)) return [...list];
  const pattern = /^(.*%0?\d*d\S*)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)(?:\s+\d+)?$/.exec(field);
  if (pattern === null) return [field];
  const [first, last, step] = pattern.slice(2, 5).map(Number);
  if (step === 0) throw badHeader(`"data file: ${field}": the step is 0.`);
  const count = Math.floor((last - first) / step) + 1;
  if (count < 1 || count > 100000) throw badHeader(`"data file: ${field}" names ${count} files.`);
  return Array.from({ length: count }, (_, i) => pattern[1].replace(/%(0?)(\d*)d/, (_match, zero: string, width: string) => String(first + i * step).padStart(Number(width || 0), zero === '0' ? '0' : ' ')));
}

/**
 * The file of that name among those given. Names that lead out of the header's folder are refused unread: whoever sends a header
 * could else make the reader open any file.
 */
function found(name: string, files: readonly InputFile[]): InputFile {
  const parts = name.split(/[\\/]/);
  if (/^([\\/]|[a-z]:)/i.test(name) || parts.includes('..')) {
    throw new RadloomError({ code: 'path-outside-folder', what: `The header names a data file outside its own folder, ${name}; it is not read.`, fix: 'Put the data file beside the header and name it without a path.' });
  }
  const base = parts[parts.length - 1];
  const file = files.find((candidate) => candidate.name === name) ?? files.find((candidate) => candidate.name === base);
  if (file !== undefined) return file;
  throw new RadloomError({ code: 'file-missing', what: `The header names the data file ${name}, which was not given.`, fix: `Put ${base} beside the header and give both files.` });
}

/**
 * Fills `into` with the values in one data file.
 *
 * @param into values along all axes that this file covers, first axis fastest; bytes stay in the file's order (ascii: numbers)
 * @returns whether the file holds more
 * @throws `nrrd-data-short`, `gzip-damaged`, `bzip2-damaged`
 */
export async function fillFrom(bytes: Uint8Array, encoding: Encoding, header: NrrdHeader, into: StoredArray): Promise<boolean> {
  const body = afterLines(bytes, Number(header.fields.get('lineskip') ?? 0));
  const byteSkip = Number(header.fields.get('byteskip') ?? 0);
  if (!Number.isInteger(byteSkip) || byteSkip < -1) throw badHeader(`"byte skip: ${byteSkip}" is neither -1 nor a number of bytes.`);
  if (encoding === 'ascii') return fillText(body, into);
  const target = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
  if (encoding === 'hex') return fillHex(body, target, header);
  const ready = encoding === 'bzip2' ? bunzip2(body, byteSkip === -1 ? Infinity : target.length + byteSkip + 1) : body;
  const source = encoding === 'gzip' ? inflatedBytes(ready) : plainBytes(ready);
  if (source.atMost < target.length) throw short(header, target.length, source.atMost);
  if (byteSkip === -1) {
    await fillWithLast(source, target, header);
    return false;
  }
  await source.skip(byteSkip);
  const got = await source.readInto(target);
  if (got < target.length) throw short(header, target.length, got);
  return source.close();
}

/** The last bytes of the input: two buffers are filled in turn until it ends, so that no more than that is kept. */
async function fillWithLast(source: ByteSource, target: Uint8Array, header: NrrdHeader): Promise<void> {
  let current = new Uint8Array(target.length);
  let previous = target.slice();
  let got = await source.readInto(current);
  if (got < target.length) throw short(header, target.length, got);
  while (got === target.length) {
    [previous, current] = [current, previous];
    got = await source.readInto(current);
  }
  target.set(previous.subarray(got));
  target.set(current.subarray(0, got), target.length - got);
}

function afterLines(bytes: Uint8Array, lines: number): Uint8Array {
  let position = 0;
  for (let i = 0; i < lines; i++) {
    const end = bytes.indexOf(0x0a, position);
    if (end < 0) throw badHeader(`"line skip: ${lines}" passes the end of the data.`);
    position = end + 1;
  }
  return bytes.subarray(position);
}

function fillText(bytes: Uint8Array, into: StoredArray): boolean {
  const numbers = new TextDecoder().decode(bytes).split(/[\s,]+/).filter((word) => word !== '');
  if (numbers.length < into.length) {
    throw new RadloomError({ code: 'nrrd-data-short', what: `${into.length} values are needed, and the text holds ${numbers.length}.`, fix: 'Copy the file again from its source.' });
  }
  for (let i = 0; i < into.length; i++) {
    const word = numbers[i];
    const value = /^[-+]?(nan|inf)/i.test(word) ? (/nan/i.test(word) ? NaN : word.startsWith('-') ? -Infinity : Infinity) : Number(word);
    if (Number.isNaN(value) && !/nan/i.test(word)) throw badHeader(`Value ${i + 1} of the text, "${word.slice(0, 20)}", is no number.`);
    if (into instanceof BigInt64Array || into instanceof BigUint64Array) into[i] = BigInt(word);
    else into[i] = value;
  }
  return numbers.length > into.length;
}

function fillHex(bytes: Uint8Array, target: Uint8Array, header: NrrdHeader): boolean {
  let digits = 0;
  for (const byte of bytes) {
    const value = byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66 ? (byte | 0x20) - 0x57 : -1;
    if (value < 0) continue;
    if (digits >> 1 >= target.length) return true;
    target[digits >> 1] |= digits % 2 === 0 ? value << 4 : value;
    digits++;
  }
  if (digits >> 1 < target.length) throw short(header, target.length, digits >> 1);
  return false;
}

export function short(header: NrrdHeader, wanted: number, got: number): RadloomError {
  return new RadloomError({
    code: 'nrrd-data-short',
    what: `An array of ${header.fields.get('sizes')?.replace(/\s+/g, ' x ')} needs ${wanted} bytes of data, and the file has no more than ${got}.`,
    fix: 'The file was cut off or its header is wrong: copy it again from its source.',
    data: { wanted, got },
  });
}

import { RadloomError } from './errors.js';

/**
 * The canonical encoding: equal values give equal bytes, different values give different bytes.
 *
 * Object keys are sorted; `undefined` members are left out; NaN, the infinities and -0 are kept apart; every NaN is one NaN;
 * typed arrays are written little-endian with their class. Functions, symbols, class instances and cycles are refused.
 * Used for keys and for every value that is stored or crosses a thread.
 *
 * Form: one tag byte, then, by tag: nothing | float64 | uint32 length and bytes | uint32 count and members.
 */
const Tag = { null: 0, false: 1, true: 2, number: 3, string: 4, array: 5, object: 6, undefined: 7, typed: 16 } as const;

const typedClasses = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, Uint8ClampedArray] as const;
type TypedArray = InstanceType<(typeof typedClasses)[number]>;

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder();

class Writer {
  bytes = new Uint8Array(256);
  view = new DataView(this.bytes.buffer);
  length = 0;

  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  uint32(value: number): void {
    this.reserve(4);
    this.view.setUint32(this.length, value, true);
    this.length += 4;
  }

  float64(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.length, Number.isNaN(value) ? NaN : value, true);
    this.length += 8;
  }

  text(value: string): void {
    this.reserve(4 + value.length * 3);
    const { written } = textEncoder.encodeInto(value, this.bytes.subarray(this.length + 4));
    this.view.setUint32(this.length, written, true);
    this.length += 4 + written;
  }

  raw(value: Uint8Array): void {
    this.reserve(value.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
  }
}

export function encode(value: unknown): Uint8Array {
  return encoded(value, (bytes) => bytes.slice());
}

/** One writer for all short values: keys are made by the hundred thousand. Longer ones do not keep their memory. */
let spare: Writer | undefined;
const spareLimit = 1 << 16;

/** What `use` makes of the encoding, which is gone when it returns. */
export function encoded<T>(value: unknown, use: (bytes: Uint8Array) => T): T {
  const writer = spare ?? new Writer();
  spare = undefined;
  writer.length = 0;
  write(writer, value, 0);
  const result = use(writer.bytes.subarray(0, writer.length));
  if (writer.bytes.length <= spareLimit) spare = writer;
  return result;
}

function write(out: Writer, value: unknown, depth: number): void {
  if (depth > 200) throw new RadloomError({ code: 'encode-depth', what: 'The value is nested too deeply, or contains itself.' });
  switch (typeof value) {
    case 'undefined':
      return out.byte(Tag.undefined);
    case 'boolean':
      return out.byte(value ? Tag.true : Tag.false);
    case 'number':
      out.byte(Tag.number);
      return out.float64(value);
    case 'string':
      out.byte(Tag.string);
      return out.text(value);
    case 'object':
      break;
    default:
      throw new RadloomError({ code: 'encode-type', what: `A ${typeof value} cannot be stored or made part of a key.` });
  }
  if (value === null) return out.byte(Tag.null);
  if (Array.isArray(value)) {
    out.byte(Tag.array);
    out.uint32(value.length);
    for (const item of value) write(out, item, depth + 1);
    return;
  }
  if (ArrayBuffer.isView(value)) {
    const typed = typedClasses.findIndex((TypedClass) => value instanceof TypedClass);
    if (typed >= 0) return writeTyped(out, value as TypedArray, typed);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new RadloomError({ code: 'encode-type', what: `A ${(value as object).constructor?.name ?? 'class instance'} cannot be stored or made part of a key: use plain objects, arrays and typed arrays.` });
  }
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record).filter((key) => record[key] !== undefined && typeof record[key] !== 'function').sort();
  out.byte(Tag.object);
  out.uint32(keys.length);
  for (const key of keys) {
    out.text(key);
    write(out, record[key], depth + 1);
  }
}

function writeTyped(out: Writer, value: TypedArray, index: number): void {
  out.byte(Tag.typed + index);
  out.uint32(value.length);
  let bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (!littleEndian && value.BYTES_PER_ELEMENT > 1) bytes = swapped(bytes, value.BYTES_PER_ELEMENT);
  out.raw(bytes);
}

export function decode(given: Uint8Array): unknown {
  // A Node Buffer is a Uint8Array whose `slice` shares memory; a plain view of the same bytes copies.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const reader = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
  const value = read(reader);
  if (reader.at !== bytes.length) throw damaged();
  return value;
}

interface Reader {
  bytes: Uint8Array;
  view: DataView;
  at: number;
}

const damaged = () => new RadloomError({ code: 'encoding-damaged', what: 'The stored value is damaged: it does not follow the encoding.', deterministic: false });

function take(reader: Reader, length: number): number {
  const start = reader.at;
  if (start + length > reader.bytes.length) throw damaged();
  reader.at += length;
  return start;
}

function readText(reader: Reader): string {
  const length = reader.view.getUint32(take(reader, 4), true);
  const start = take(reader, length);
  return textDecoder.decode(reader.bytes.subarray(start, start + length));
}

function read(reader: Reader): unknown {
  const tag = reader.bytes[take(reader, 1)];
  switch (tag) {
    case Tag.null:
      return null;
    case Tag.false:
      return false;
    case Tag.true:
      return true;
    case Tag.undefined:
      return undefined;
    case Tag.number:
      return reader.view.getFloat64(take(reader, 8), true);
    case Tag.string:
      return readText(reader);
    case Tag.array: {
      const count = reader.view.getUint32(take(reader, 4), true);
      if (count > reader.bytes.length) throw damaged();
      const items: unknown[] = [];
      for (let i = 0; i < count; i++) items.push(read(reader));
      return items;
    }
    case Tag.object: {
      const count = reader.view.getUint32(take(reader, 4), true);
      const record: Record<string, unknown> = {};
      for (let i = 0; i < count; i++) {
        const key = readText(reader);
        // Assigned as an own member whatever it is called: `__proto__` is data here.
        Object.defineProperty(record, key, { value: read(reader), enumerable: true, writable: true, configurable: true });
      }
      return record;
    }
    default: {
      const TypedClass = typedClasses[tag - Tag.typed];
      if (TypedClass === undefined) throw damaged();
      const count = reader.view.getUint32(take(reader, 4), true);
      const size = TypedClass.BYTES_PER_ELEMENT;
      const start = take(reader, count * size);
      let copy = reader.bytes.slice(start, start + count * size);
      if (!littleEndian && size > 1) copy = swapped(copy, size);
      return new TypedClass(copy.buffer, 0, count);
    }
  }
}

function swapped(bytes: Uint8Array, width: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i += width) for (let j = 0; j < width; j++) out[i + j] = bytes[i + width - 1 - j];
  return out;
}

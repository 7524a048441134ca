import { decode, type Digest, digestBytes, encode, type Failure, RadloomError } from '@radloom/core';

/** What is kept of one output. */
export interface StoredOutput {
  readonly digest: Digest;
  readonly size: number;
  /** The bytes, when small enough to live in the record itself. */
  readonly inline?: Uint8Array;
}

export interface Warning {
  readonly code: string;
  readonly text: string;
}

/** What is kept of one node: its stored outputs (none for an ephemeral one), or the failure that its inputs lead to. */
export interface NodeRecord {
  readonly outputs: Readonly<Record<string, StoredOutput>>;
  readonly failure?: Failure;
  readonly warnings?: readonly Warning[];
  readonly milliseconds: number;
}

/** Outputs up to this size live in the record. */
export const inlineLimit = 8192;

const magic = new TextEncoder().encode('RLREC01\n');
const prefix = magic.length + 4 + 32;

interface Header {
  ports: string[];
  keys: Uint8Array;
  first: Uint32Array;
  port: Uint16Array;
  digests: Uint8Array;
  sizes: Float64Array;
  /** Place of the bytes behind the header; -1 for a blob. */
  at: Float64Array;
  milliseconds: Float32Array;
  failures: [number, Failure][];
  warnings: [number, Warning[]][];
  heads: [string, Int32Array][];
}

/**
 * A record as bytes: a header of keys and digests first, small outputs after it, so that planning reads the header's arrays and no vector.
 * Layout: magic, uint32 header length, SHA-256 of the header, header (canonical encoding), inline bytes (each checked by its own digest).
 */
export function encodeRecord(nodes: ReadonlyMap<Digest, NodeRecord>, heads: ReadonlyMap<Digest, readonly Digest[]>): Uint8Array {
  const keys = [...nodes.keys()].sort();
  const outputs = keys.flatMap((key) => Object.entries(nodes.get(key)!.outputs).sort(([a], [b]) => (a < b ? -1 : 1)));
  const ports = [...new Set(outputs.map(([port]) => port))].sort();
  const header: Header = {
    ports,
    keys: new Uint8Array(keys.length * 32),
    first: new Uint32Array(keys.length + 1),
    port: new Uint16Array(outputs.length),
    digests: new Uint8Array(outputs.length * 32),
    sizes: new Float64Array(outputs.length),
    at: new Float64Array(outputs.length),
    milliseconds: Float32Array.from(keys, (key) => nodes.get(key)!.milliseconds),
    failures: [],
    warnings: [],
    heads: [...heads].sort(([a], [b]) => (a < b ? -1 : 1)).map(([head, list]) => [head, Int32Array.from(list, (key) => keys.indexOf(key))]),
  };
  let o = 0;
  let length = 0;
  const inline: Uint8Array[] = [];
  keys.forEach((key, i) => {
    writeDigest(header.keys, i, key);
    const node = nodes.get(key)!;
    header.first[i] = o;
    if (node.failure !== undefined) header.failures.push([i, node.failure]);
    if (node.warnings !== undefined && node.warnings.length > 0) header.warnings.push([i, [...node.warnings]]);
    for (const [port, stored] of Object.entries(node.outputs).sort(([a], [b]) => (a < b ? -1 : 1))) {
      header.port[o] = ports.indexOf(port);
      writeDigest(header.digests, o, stored.digest);
      header.sizes[o] = stored.size;
      header.at[o] = stored.inline === undefined ? -1 : length;
      if (stored.inline !== undefined) {
        inline.push(stored.inline);
        length += stored.inline.length;
      }
      o++;
    }
  });
  header.first[keys.length] = o;
  const head = encode(header);
  const out = new Uint8Array(prefix + head.length + length);
  out.set(magic);
  new DataView(out.buffer).setUint32(magic.length, head.length, true);
  writeDigest(out.subarray(magic.length + 4), 0, digestBytes(head));
  out.set(head, prefix);
  let at = prefix + head.length;
  for (const bytes of inline) {
    out.set(bytes, at);
    at += bytes.length;
  }
  return out;
}

/** @throws `record-damaged` */
export function decodeRecord(bytes: Uint8Array): RecordView {
  const damaged = () => new RadloomError({ code: 'record-damaged', what: 'The cache record is damaged.', deterministic: false });
  if (bytes.length < prefix || magic.some((byte, i) => bytes[i] !== byte)) throw damaged();
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(magic.length, true);
  const head = bytes.subarray(prefix, prefix + length);
  if (head.length !== length || digestBytes(head) !== readDigest(bytes.subarray(magic.length + 4), 0)) throw damaged();
  return new RecordView(decode(head) as Header, bytes.subarray(prefix + length));
}

/** A decoded record: arrays of digests, objects made only for what is asked. */
export class RecordView {
  #index: Map<Digest, number> | undefined;
  #inline: Map<Digest, number> | undefined;

  constructor(
    private readonly header: Header,
    private readonly payload: Uint8Array,
  ) {}

  /** Positions of a head's nodes, in the template's order, when all of that template's stored nodes are here. */
  head(digest: Digest): Int32Array | undefined {
    return this.header.heads.find(([head]) => head === digest)?.[1];
  }

  position(key: Digest): number | undefined {
    this.#index ??= new Map(Array.from({ length: this.header.keys.length / 32 }, (_, i) => [readDigest(this.header.keys, i), i]));
    return this.#index.get(key);
  }

  key(position: number): Digest {
    return readDigest(this.header.keys, position);
  }

  failure(position: number): Failure | undefined {
    return this.header.failures.find(([i]) => i === position)?.[1];
  }

  warnings(position: number): readonly Warning[] {
    return this.header.warnings.find(([i]) => i === position)?.[1] ?? [];
  }

  /** Digest and size of one output; undefined when the node has no stored output of that name. */
  output(position: number, port: string): StoredOutput | undefined {
    const { header } = this;
    const wanted = header.ports.indexOf(port);
    for (let o = header.first[position]; o < header.first[position + 1]; o++) {
      if (header.port[o] === wanted) return { digest: readDigest(header.digests, o), size: header.sizes[o] };
    }
    return undefined;
  }

  /** The bytes of an output that lives in this record; undefined when it does not, or when they are damaged. */
  inline(digest: Digest): Uint8Array | undefined {
    const { header } = this;
    this.#inline ??= new Map(Array.from(header.at, (at, o) => [o, at]).filter(([, at]) => at >= 0).map(([o]) => [readDigest(header.digests, o), o]));
    const o = this.#inline.get(digest);
    if (o === undefined) return undefined;
    const bytes = this.payload.subarray(header.at[o], header.at[o] + header.sizes[o]);
    return bytes.length === header.sizes[o] && digestBytes(bytes) === digest ? bytes : undefined;
  }

  /** Everything, as objects: for merging and for listing. */
  nodes(): Map<Digest, NodeRecord> {
    const { header } = this;
    const all = new Map<Digest, NodeRecord>();
    for (let i = 0; i < header.keys.length / 32; i++) {
      const outputs: Record<string, StoredOutput> = {};
      for (let o = header.first[i]; o < header.first[i + 1]; o++) {
        const stored = { digest: readDigest(header.digests, o), size: header.sizes[o] };
        outputs[header.ports[header.port[o]]] = header.at[o] < 0 ? stored : { ...stored, inline: this.payload.subarray(header.at[o], header.at[o] + header.sizes[o]) };
      }
      const failure = this.failure(i);
      const warnings = this.warnings(i);
      all.set(readDigest(header.keys, i), {
        outputs,
        milliseconds: header.milliseconds[i],
        ...(failure === undefined ? {} : { failure }),
        ...(warnings.length === 0 ? {} : { warnings }),
      });
    }
    return all;
  }

  heads(): Map<Digest, readonly Digest[]> {
    return new Map(this.header.heads.map(([head, list]) => [head, Array.from(list, (i) => this.key(i))]));
  }
}

const signs = Uint8Array.from('0123456789abcdef', (sign) => sign.charCodeAt(0));
const text = new Uint8Array(64);

export function readDigest(bytes: Uint8Array, index: number): Digest {
  for (let i = 0; i < 32; i++) {
    const byte = bytes[index * 32 + i];
    text[2 * i] = signs[byte >> 4];
    text[2 * i + 1] = signs[byte & 15];
  }
  // One flat text at once; joined pieces would be put together anew for each look-up.
  return String.fromCharCode.apply(null, text as unknown as number[]);
}

/** Digests one after the other, 32 bytes each. */
export function packDigests(digests: readonly Digest[]): Uint8Array {
  const bytes = new Uint8Array(digests.length * 32);
  digests.forEach((digest, i) => writeDigest(bytes, i, digest));
  return bytes;
}

function writeDigest(bytes: Uint8Array, index: number, digest: Digest): void {
  for (let i = 0; i < 32; i++) bytes[index * 32 + i] = Number.parseInt(digest.slice(2 * i, 2 * i + 2), 16);
}

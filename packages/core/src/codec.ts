import { type Digest, digestBytes } from './digest.js';
import { decode, encode } from './encoding.js';
import { RadloomError } from './errors.js';
import type { FeatureVector } from './features.js';
import type { Files } from './files.js';
import type { Document, Figure, Metrics, Model, Plain, Predictions } from './learned.js';
import { makeRegion, type Region } from './region.js';
import type { Table } from './table.js';
import type { Mask, Volume } from './volume.js';

/** What may flow along an edge of the graph. */
export interface PortTypes {
  files: Files;
  volume: Volume;
  mask: Mask;
  region: Region;
  features: FeatureVector;
  table: Table;
  model: Model;
  predictions: Predictions;
  metrics: Metrics;
  figure: Figure;
  document: Document;
  data: Plain;
}

export type PortType = keyof PortTypes;
export type PortValue = PortTypes[PortType];

/** One way to bytes and back for each port type: cache, worker threads and remote workers move the same bytes. */
export interface Codec<T> {
  encode(value: T): Uint8Array;
  decode(bytes: Uint8Array): T;
}

/** Values that are too large to store unless asked for; their identity is the key of what made them. */
export const ephemeralTypes: ReadonlySet<PortType> = new Set<PortType>(['files', 'volume', 'mask', 'region']);

function plain<T extends PortValue>(type: T['type']): Codec<T> {
  return {
    encode: (value) => encode(checked(value, type)),
    decode: (bytes) => checked(decode(bytes) as T, type),
  };
}

function checked<T extends PortValue>(value: T, type: PortType): T {
  const found = (value as { type?: unknown } | null)?.type;
  if (found === type) return value;
  throw new RadloomError({ code: 'port-type', what: `A ${type} was expected and ${found === undefined ? 'something without a type' : `a ${String(found)}`} was given.`, deterministic: false });
}

export const codecs: { readonly [K in PortType]: Codec<PortTypes[K]> } = {
  files: plain<Files>('files'),
  volume: plain<Volume>('volume'),
  mask: plain<Mask>('mask'),
  region: {
    encode: (region) => encode(checked(region, 'region')),
    decode: (bytes) => makeRegion(checked(decode(bytes) as Region, 'region')),
  },
  features: plain<FeatureVector>('features'),
  table: plain<Table>('table'),
  model: plain<Model>('model'),
  predictions: plain<Predictions>('predictions'),
  metrics: plain<Metrics>('metrics'),
  figure: plain<Figure>('figure'),
  document: plain<Document>('document'),
  data: plain<Plain>('data'),
};

export function encodePort(type: PortType, value: PortValue): Uint8Array {
  return (codecs[type] as Codec<PortValue>).encode(value);
}

export function decodePort(type: PortType, bytes: Uint8Array): PortValue {
  return (codecs[type] as Codec<PortValue>).decode(bytes);
}

/** Content digest of a port's value: the digest of its encoding. */
export function digestPort(type: PortType, value: PortValue): Digest {
  return digestBytes(encodePort(type, value));
}

import { type InputFile, isRadloomError, makeVolume, RadloomError, type Read, type Volume, type VoxelArray } from '@radloom/core';
import { type Axes, axesOf, orient } from './axes.js';
import { dataPieces, encodingOf, fillFrom, short } from './data.js';
import { badHeader, parseHeader } from './header.js';
import { type LayeredSegment, segmentsOf } from './segments.js';
import { narrowed, sampleType, takeLayer, toHostOrder } from './values.js';

interface Params {
  readonly layer: number | null;
  readonly segment: string | null;
}

/** Reads one NRRD image or segmentation: a single file, or a detached header with its data files. */
export const read: Read<Params> = async ({ files }, params, ctx) => {
  const head = files.find((file) => /\.nhdr$/i.test(file.name)) ?? files.find((file) => /\.nrrd$/i.test(file.name)) ?? files[0];
  if (head === undefined) throw new RadloomError({ code: 'file-missing', what: 'No file was given.' });
  try {
    return await readImage(head, files, params, (code, text) => ctx.warn(code, `${head.name}: ${text}`, { file: head.name }));
  } catch (error) {
    throw isRadloomError(error) ? error.at({ file: head.name }) : error;
  }
};

async function readImage(head: InputFile, files: readonly InputFile[], params: Params, warn: (code: string, text: string) => void): Promise<Volume> {
  if (head.bytes.length === 0) throw new RadloomError({ code: 'file-empty', what: 'The file is empty (0 bytes).', fix: 'Copy it again from its source.' });
  const header = parseHeader(head.bytes);
  const axes = axesOf(header);
  const type = sampleType(header);
  const encoding = encodingOf(header);
  const { geometry, remarks } = orient(header, axes);
  for (const { code, text } of remarks) warn(code, text);
  const all = segmentsOf(header);
  const chosen = choose(axes, all, params);

  const pieces = dataPieces(header, head, files);
  const samples = axes.sizes.reduce((a, b) => a * b, 1);
  if (samples % pieces.length !== 0) throw badHeader(`${samples} values cannot lie in ${pieces.length} data files of one size.`);
  const available = pieces.reduce((sum, piece) => sum + piece.bytes.length, 0) * mostBytes[encoding];
  if (available < samples * (encoding === 'ascii' ? 1 : type.bytes)) throw short(header, samples * type.bytes, available);
  const stored = type.make(samples);
  const each = samples / pieces.length;
  for (const [i, piece] of pieces.entries()) {
    const more = await fillFrom(piece.bytes, encoding, header, stored.subarray(i * each, (i + 1) * each));
    if (more) warn('nrrd-extra-bytes', `more data follows the ${stored.byteLength / pieces.length} bytes that the header declares; it is ignored.`);
  }
  if (encoding !== 'ascii') toHostOrder(stored, header);
  const values = narrowed(stored);
  const data = axes.list === undefined || axes.sizes[axes.list] === 1 ? values : takeLayer(values, strideOf(axes), axes.sizes[axes.list], chosen.layer);
  if (params.segment !== null) keepLabel(data, chosen.segments[0].label);
  const segments = chosen.segments.map(({ label, name }) => ({ label, name }));
  return makeVolume(geometry, data, segments.length > 0 ? { segments } : {});
}

/** The most that one byte of a file can stand for. */
const mostBytes = { raw: 1, gzip: 1032, bzip2: 50000, ascii: 1, hex: 1 } as const;

/** Samples from one element of the list axis to the next. */
const strideOf = (axes: Axes): number => axes.sizes.slice(0, axes.list).reduce((a, b) => a * b, 1);

/** The layer to read and the segments that are then in the volume. */
function choose(axes: Axes, all: readonly LayeredSegment[], { layer, segment }: Params): { layer: number; segments: readonly LayeredSegment[] } {
  const count = axes.list === undefined ? 1 : axes.sizes[axes.list];
  // Without a list axis all segments share the one array, whatever the layer says.
  const layerOf = (s: LayeredSegment) => (count === 1 ? 0 : s.layer);
  if (segment !== null) {
    const found = all.filter((s) => s.name === segment && (layer === null || layerOf(s) === layer));
    if (found.length === 1) return { layer: layerOf(found[0]), segments: found };
    const names = all.map((s) => s.name).join(', ');
    throw new RadloomError({ code: 'segment-unknown', what: found.length === 0 ? `There is no segment "${segment}".` : `${found.length} segments are called "${segment}".`, fix: names === '' ? 'This file names no segments.' : `Segments: ${names}.` });
  }
  if (layer === null && count > 1) {
    const names = Array.from({ length: count }, (_, i) => all.filter((s) => s.layer === i).map((s) => s.name).join(', '));
    const content = all.length === 0 ? '' : ` (${names.map((list, i) => `${i}: ${list}`).join('; ')})`;
    throw new RadloomError({
      code: 'nrrd-list-axis',
      what: `Axis ${(axes.list ?? 0) + 1} of ${axes.sizes.join(' x ')} is no axis in space but a list of ${count} layers${content}.`,
      fix: `Choose one: layer: 0 … ${count - 1}${all.length > 0 ? ', or segment: by name' : ''} (command line: --volume for an image, label_channel in the parameters for a mask).`,
      data: { sizes: axes.sizes },
    });
  }
  if (layer !== null && layer >= count) throw new RadloomError({ code: 'nrrd-layer-absent', what: `There is no layer ${layer}; the file has ${count}.`, fix: `Layers are 0 … ${count - 1}.` });
  const taken = layer ?? 0;
  return { layer: taken, segments: all.filter((s) => layerOf(s) === taken) };
}

function keepLabel(data: VoxelArray, label: number): void {
  for (let i = 0; i < data.length; i++) if (data[i] !== label) data[i] = 0;
}

import { type ByteSource, inflatedBytes, type InputFile, isGzip, isRadloomError, makeVolume, plainBytes, RadloomError, type Read, type Vec3, type Volume } from '@radloom/core';
import { badHeader, LONGEST_HEADER, type NiftiHeader, parseHeader } from './header.js';
import { orient } from './orientation.js';
import { scaled, storedType, toHostOrder } from './values.js';

interface Params {
  readonly volume: number | null;
}

/** Reads one NIfTI image: a single file, or `.hdr` and `.img`. */
export const read: Read<Params> = async ({ files }, params, ctx) => {
  const head = files.find((file) => /\.hdr(\.gz)?$/i.test(file.name)) ?? files[0];
  if (head === undefined) throw new RadloomError({ code: 'file-missing', what: 'No file was given.' });
  try {
    return await readImage(head, files, params, (code, text) => ctx.warn(code, `${head.name}: ${text}`, { file: head.name }));
  } catch (error) {
    throw isRadloomError(error) ? error.at({ file: head.name }) : error;
  }
};

type Warn = (code: string, text: string) => void;

async function readImage(head: InputFile, files: readonly InputFile[], params: Params, warn: Warn): Promise<Volume> {
  if (head.bytes.length === 0) throw new RadloomError({ code: 'file-empty', what: 'The file is empty (0 bytes).', fix: 'Copy it again from its source.' });
  if (/\.gz$/i.test(head.name) && !isGzip(head.bytes)) warn('nifti-name-mismatch', 'the name ends in .gz, the content is not compressed; it is read by its content.');
  const source = openBytes(head.bytes);
  const header = parseHeader(await source.peek(LONGEST_HEADER));
  if (header.singleFile && files.length > 1) {
    throw new RadloomError({ code: 'files-several', what: `${files.length} files were given, and this one holds a whole image.`, fix: 'Give one .nii or .nii.gz file, or a .hdr with its .img file.' });
  }
  const type = storedType(header.datatype);
  const size = [0, 1, 2].map((axis) => header.dims[axis] ?? 1) as unknown as Vec3;
  const { geometry, remarks } = orient(header, size);
  for (const { code, text } of remarks) warn(code, text);
  const volume = whichVolume(header, params.volume);

  const voxels = size[0] * size[1] * size[2];
  const values = header.singleFile ? source : openBytes(imageFile(head, files).bytes);
  const wanted = voxels * type.bytes * volumeCount(header);
  const start = header.offset + volume * voxels * type.bytes;
  if (values.atMost < start + voxels * type.bytes) throw short(header, wanted, Math.max(0, values.atMost - header.offset), values.atMost);
  const before = await values.skip(start);
  const stored = type.make(voxels);
  const got = await values.readInto(new Uint8Array(stored.buffer));
  if (got < stored.byteLength) throw short(header, wanted, Math.max(0, before + got - header.offset), before + got);
  const last = volume === volumeCount(header) - 1;
  if ((await values.close()) && last) warn('nifti-extra-bytes', `more data follows the ${wanted} bytes that the header declares; it is ignored.`);
  toHostOrder(stored, header.littleEndian);
  return makeVolume(geometry, scaled(stored, header.slope, header.intercept));
}

/** By content, not by name. */
const openBytes = (bytes: Uint8Array): ByteSource => (isGzip(bytes) ? inflatedBytes(bytes) : plainBytes(bytes));

const volumeCount = (header: NiftiHeader): number => header.dims.slice(3).reduce((a, b) => a * b, 1);

/** The volume to read of a file with more axes than three; axes of length 1 do not count. */
function whichVolume(header: NiftiHeader, asked: number | null): number {
  const count = volumeCount(header);
  const shape = header.dims.join(' x ');
  if (asked === null && count > 1) {
    const axis = header.dims.findIndex((n, i) => i > 2 && n > 1) + 1;
    throw new RadloomError({
      code: 'nifti-four-dimensional',
      what: `This is a 4D image of ${shape}: ${count} volumes along axis ${axis}.`,
      fix: `Choose one: volume: 0 … ${count - 1} (command line: --volume).`,
      data: { dims: header.dims },
    });
  }
  if (asked !== null && asked >= count) {
    throw new RadloomError({ code: 'nifti-volume-absent', what: `There is no volume ${asked} in an image of ${shape}.`, fix: `Volumes are 0 … ${count - 1}.`, data: { dims: header.dims } });
  }
  return asked ?? 0;
}

/** The `.img` file that belongs to a header file. */
function imageFile(head: InputFile, files: readonly InputFile[]): InputFile {
  const wanted = head.name.replace(/\.hdr(\.gz)?$/i, '.img');
  const found = files.find((file) => file !== head && file.name.replace(/\.gz$/i, '').toLowerCase() === wanted.toLowerCase()) ?? (files.length === 2 ? files.find((file) => file !== head) : undefined);
  if (found !== undefined) return found;
  throw new RadloomError({ code: 'file-missing', what: `The values of this image are in a file of their own, ${wanted}, which was not given.`, fix: `Give both files, or put ${wanted} beside the header.` });
}

function short(header: NiftiHeader, wanted: number, found: number, fileBytes: number): RadloomError {
  if (header.offset > fileBytes) return badHeader(`The values should begin at byte ${header.offset}, behind the end of the file (${fileBytes} bytes).`);
  return new RadloomError({
    code: 'nifti-data-short',
    what: `${header.dims.join(' x ')} voxels need ${wanted} bytes of data, and the file has no more than ${found}.`,
    fix: 'The file was cut off or its header is wrong: copy it again from its source.',
    data: { wanted, found },
  });
}

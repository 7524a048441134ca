import { type Mask, type Plain, sha1OfBytes, sha1OfChunks, type Volume, type VoxelArray } from '@radloom/core';
import { compareGrids, describeImage, describeInside, describeMask, takeLabel } from '@radloom/imaging';

type Columns = Record<string, unknown>;

export interface DiagnosticsInputs {
  readonly image: Volume;
  /** The label map as read. */
  readonly segmentation: Volume;
  /** The mask after it was put on the image's grid. */
  readonly corrected?: Mask;
  readonly interpolatedImage?: Volume;
  readonly interpolatedMask?: Mask;
  readonly resegmentedMask?: Mask;
}

/**
 * PyRadiomics' `diagnostics_` columns of image and mask, in its order; what did not happen (no resampling, no re-segmentation) has no columns.
 * A list of name and value, as the order of an object's fields is not kept. Versions and configuration are the caller's to add.
 */
export function run(inputs: DiagnosticsInputs, { label, geometryTolerance }: { readonly label: number; readonly geometryTolerance: number }): { diagnostics: Plain } {
  const { image, segmentation, corrected, interpolatedImage, interpolatedMask, resegmentedMask } = inputs;
  const columns: [name: string, value: unknown][] = [];
  const add = (part: string, found: Columns): void => {
    for (const [name, value] of Object.entries(found)) columns.push([`diagnostics_${part}_${name}`, value]);
  };
  const { Spacing, Size, Mean, Minimum, Maximum } = imageColumns(image);
  const dimensionality = image.geometry.size[2] === 1 ? '2D' : '3D';
  add('Image-original', { Hash: hashOf(image.data), Dimensionality: dimensionality, Spacing, Size, Mean, Minimum, Maximum });
  add('Mask-original', { Hash: hashOfLabels(segmentation.data), ...maskColumns(takeLabel(segmentation, label)) });
  // A mask that already was on the image's grid was not corrected.
  if (corrected !== undefined && compareGrids(image.geometry, segmentation.geometry, geometryTolerance) !== null) add('Mask-corrected', { ...maskColumns(corrected), ...insideColumns(image, corrected) });
  if (interpolatedImage !== undefined) add('Image-interpolated', imageColumns(interpolatedImage));
  if (interpolatedMask !== undefined) add('Mask-interpolated', { ...maskColumns(interpolatedMask), ...insideColumns(interpolatedImage ?? image, interpolatedMask) });
  if (resegmentedMask !== undefined) add('Mask-resegmented', { ...maskColumns(resegmentedMask), ...insideColumns(interpolatedImage ?? image, resegmentedMask) });
  return { diagnostics: { type: 'data', value: columns } };
}

/** SHA-1 of a pixel buffer, little-endian. */
function hashOf(data: ArrayBufferView): string {
  return sha1OfBytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/** Labels turned into uint32 at a time. */
const piece = 1 << 16;

/** SHA-1 of a label map's uint32 form, which is never there as a whole: it would be the largest array of a case. */
function hashOfLabels(data: VoxelArray): string {
  const words = new Uint32Array(Math.min(piece, data.length));
  function* pieces(): Generator<Uint8Array> {
    for (let from = 0; from < data.length; from += piece) {
      const part = data.subarray(from, from + piece);
      words.set(part);
      yield new Uint8Array(words.buffer, 0, 4 * part.length);
    }
  }
  return sha1OfChunks(pieces());
}

function imageColumns(volume: Volume): Columns {
  const { spacing, size, mean, minimum, maximum } = describeImage(volume);
  return { Spacing: spacing, Size: size, Mean: mean, Minimum: minimum, Maximum: maximum };
}

function maskColumns(mask: Mask): Columns {
  const found = describeMask(mask);
  if (found === null) return {};
  return {
    Spacing: found.spacing,
    Size: found.size,
    BoundingBox: [...found.box.low, ...found.box.size],
    VoxelNum: found.voxels,
    VolumeNum: found.components,
    CenterOfMassIndex: found.centreIndex,
    CenterOfMass: found.centre,
  };
}

function insideColumns(volume: Volume, mask: Mask): Columns {
  const range = describeInside(volume, mask);
  return range === null ? {} : { Mean: range.mean, Minimum: range.minimum, Maximum: range.maximum };
}

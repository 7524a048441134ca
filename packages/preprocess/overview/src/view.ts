import type { Geometry, Mask, Volume } from '@radloom/core';
import type { Box } from '@radloom/imaging';
import type { AnatomicalAxes, Axis } from './axes.js';
import { outline } from './outline.js';
import type { Shade } from './window.js';

export type Plane = 'axial' | 'coronal' | 'sagittal';

export interface ViewSettings {
  readonly pixels: number;
  readonly surroundings: number;
  readonly smallest: number;
}

export interface Case {
  readonly image: Volume;
  /** On the image's grid. */
  readonly mask: Mask;
  /** The mask's box, and the mask in it. */
  readonly roi: { readonly box: Box; readonly mask: Mask };
  readonly axes: AnatomicalAxes;
  readonly shade: Shade;
}

/** One slice: grey values and the ROI's outline. */
export interface View {
  readonly plane: Plane;
  /** Slice of the image, counted from 0. */
  readonly slice: number;
  readonly width: number;
  readonly height: number;
  /** Millimetres of one pixel, across and down. */
  readonly pixel: readonly [number, number];
  /** 0 black to 255 white, row by row from the top left; 0 outside the image. */
  readonly pixels: Uint8Array;
  /** SVG path along the pixels' edges, in pixels. */
  readonly outline: string;
  readonly black: number;
  readonly white: number;
}

/** Axes of each plane among the patient's (0 left, 1 posterior, 2 superior), as radiologists hang it: left is right, head is up. */
const planes: Readonly<Record<Plane, { readonly across: 0 | 1; readonly down: 1 | 2; readonly through: 0 | 1 | 2; readonly upwards: boolean }>> = {
  axial: { across: 0, down: 1, through: 2, upwards: false },
  coronal: { across: 0, down: 2, through: 1, upwards: true },
  sagittal: { across: 1, down: 2, through: 0, upwards: true },
};

/** The slice of a plane in which the ROI is largest, cut to a square around the ROI. */
export function view(plane: Plane, found: Case, settings: ViewSettings): View {
  const { image, mask, roi, axes, shade } = found;
  const { across, down, through, upwards } = planes[plane];
  const slice = largestSlice(roi, axes[through].index);
  const side = Math.max(settings.smallest, longestExtent(roi.box, image.geometry) * (1 + 2 * settings.surroundings));
  const columns = positions(axes[across], roi.box, image.geometry, side, settings.pixels, !axes[across].grows);
  const rows = positions(axes[down], roi.box, image.geometry, side, settings.pixels, axes[down].grows === upwards);
  const width = columns.length;
  const height = rows.length;
  const pixels = new Uint8Array(width * height);
  const inside = new Uint8Array(width * height);
  const stride = [1, image.geometry.size[0], image.geometry.size[0] * image.geometry.size[1]];
  const scale = 255 / (shade.white - shade.black);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (columns[x] < 0 || rows[y] < 0) continue;
      const at = columns[x] * stride[axes[across].index] + rows[y] * stride[axes[down].index] + slice * stride[axes[through].index];
      // Uint8Array wraps: values beyond the window are held at its ends.
      pixels[i] = Math.min(255, Math.max(0, Math.round((image.data[at] - shade.black) * scale)));
      inside[i] = mask.data[at];
    }
  }
  return { plane, slice, width, height, pixel: [side / width, side / height], pixels, outline: outline(inside, width, height), ...shade };
}

/** Index of the slice across `axis` with the most ROI voxels; of equal ones that nearest the middle. */
function largestSlice({ box, mask }: Case['roi'], axis: 0 | 1 | 2): number {
  const counts = new Uint32Array(box.size[axis]);
  for (let z = 0, i = 0; z < box.size[2]; z++) for (let y = 0; y < box.size[1]; y++) for (let x = 0; x < box.size[0]; x++, i++) counts[axis === 0 ? x : axis === 1 ? y : z] += mask.data[i];
  const middle = (box.size[axis] - 1) / 2;
  let best = 0;
  for (let s = 1; s < counts.length; s++) if (counts[s] > counts[best] || (counts[s] === counts[best] && Math.abs(s - middle) < Math.abs(best - middle))) best = s;
  return box.low[axis] + best;
}

function longestExtent({ size }: Box, { spacing }: Geometry): number {
  return Math.max(size[0] * spacing[0], size[1] * spacing[1], size[2] * spacing[2]);
}

/**
 * Voxel indices along one axis under the pixels of a side of `length` mm around the ROI's middle; -1 outside the image.
 * A pixel is never smaller than a voxel: the browser enlarges as well as we could.
 */
function positions({ index }: Axis, { low, size: box }: Box, { size, spacing }: Geometry, length: number, most: number, reversed: boolean): Int32Array {
  const count = Math.max(1, Math.min(most, Math.round(length / spacing[index])));
  const middle = low[index] + box[index] / 2;
  const step = length / spacing[index] / count;
  const found = Int32Array.from({ length: count }, (_, n) => {
    const at = Math.floor(middle + (n + 0.5 - count / 2) * step);
    return at >= 0 && at < size[index] ? at : -1;
  });
  return reversed ? found.reverse() : found;
}

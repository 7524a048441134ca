import type { Segment } from '@radloom/core';
import type { NrrdHeader } from './header.js';

/** A segment of a 3D Slicer segmentation: its label in its layer. */
export interface LayeredSegment extends Segment {
  readonly layer: number;
}

/**
 * The segments that `Segment0_ID`, `Segment0_Name`, `Segment0_LabelValue`, `Segment0_Layer` … describe (3D Slicer, vtkSegmentation).
 *
 * Files from before Slicer 4.11 lack label and layer: there segment i is layer i with label 1. A cropped segmentation needs no
 * correction: the header's origin is that of its own first voxel.
 */
export function segmentsOf({ pairs }: NrrdHeader): LayeredSegment[] {
  const segments: LayeredSegment[] = [];
  for (let i = 0; pairs.has(`Segment${i}_ID`) || pairs.has(`Segment${i}_Name`); i++) {
    const number = (key: string, absent: number) => Number(pairs.get(`Segment${i}_${key}`) ?? absent);
    segments.push({ name: pairs.get(`Segment${i}_Name`) ?? pairs.get(`Segment${i}_ID`) ?? '', label: number('LabelValue', 1), layer: number('Layer', i) });
  }
  return segments;
}

import { gzipSync } from 'node:zlib';

/** A lesion as 3D Slicer saves it: NRRD with gzip, one segment "infarct" with label 1. */
export function segmentationFile({ size, spacing, origin, mask }) {
  const header = [
    'NRRD0004',
    'type: unsigned char',
    'dimension: 3',
    'space: left-posterior-superior',
    `sizes: ${size.join(' ')}`,
    `space directions: (${spacing[0]},0,0) (0,${spacing[1]},0) (0,0,${spacing[2]})`,
    'kinds: domain domain domain',
    'encoding: gzip',
    `space origin: (${origin.join(',')})`,
    'Segment0_ID:=Segment_1',
    'Segment0_Name:=infarct',
    'Segment0_LabelValue:=1',
    'Segment0_Layer:=0',
    `Segment0_Extent:=${size.map((n) => `0 ${n - 1}`).join(' ')}`,
    'Segmentation_ContainedRepresentationNames:=Binary labelmap|',
    'Segmentation_MasterRepresentation:=Binary labelmap',
    'Segmentation_ReferenceImageExtentOffset:=0 0 0',
  ];
  return Buffer.concat([Buffer.from(`${header.join('\n')}\n\n`, 'latin1'), gzipSync(mask)]);
}

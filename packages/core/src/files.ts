/** Bytes of one input file; the name serves messages and format choice only and is never a path. */
export interface InputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The files behind one image or segmentation: one for NIfTI and NRRD, many for a DICOM series. */
export interface Files {
  readonly type: 'files';
  readonly files: readonly InputFile[];
}

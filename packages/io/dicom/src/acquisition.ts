import { decimal, type Header, text } from './dataset.js';

/**
 * What may be said of an acquisition, by DICOM keyword. A list of what is allowed, so that nothing else can slip through: no names,
 * identifiers, dates, institutions or devices' serial numbers, and no free text in which a person could write them.
 */
const numbers = {
  KVP: 'x00180060',
  SliceThickness: 'x00180050',
  SpacingBetweenSlices: 'x00180088',
  ReconstructionDiameter: 'x00181100',
  GantryDetectorTilt: 'x00181120',
  MagneticFieldStrength: 'x00180087',
  RepetitionTime: 'x00180080',
  EchoTime: 'x00180081',
  FlipAngle: 'x00181314',
} as const;

const texts = {
  Modality: 'x00080060',
  Manufacturer: 'x00080070',
  ManufacturerModelName: 'x00081090',
  ConvolutionKernel: 'x00181210',
  FilterType: 'x00181160',
  BodyPartExamined: 'x00180015',
  PatientPosition: 'x00185100',
  RescaleType: 'x00281054',
  Units: 'x00541001',
} as const;

/** Facts of the acquisition that all slices share. */
export function acquisitionOf(headers: readonly Header[]): Record<string, string | number> {
  // The first, the middle and the last slice stand for all: what changes along a series changes between them.
  const probes = [headers[0], headers[headers.length >> 1], headers[headers.length - 1]];
  const found: Record<string, string | number> = {};
  const add = (keyword: string, values: readonly (string | number | undefined)[]) => {
    const [value] = values;
    if (value !== undefined && !Number.isNaN(value) && values.every((other) => other === value)) found[keyword] = value;
  };
  for (const [keyword, tag] of Object.entries(texts)) add(keyword, probes.map((header) => text(header, tag)));
  for (const [keyword, tag] of Object.entries(numbers)) add(keyword, probes.map((header) => decimal(header, tag)));
  return found;
}

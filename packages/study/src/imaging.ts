import type { ExtractionSettings } from './extraction.js';
import { type Imaging, nameAndSettings } from './schema.js';

/** The imaging part of a study file as extraction settings. */
export function imagingSettings(imaging: Imaging): ExtractionSettings {
  return {
    mask: imaging.mask,
    normalise: imaging.normalise,
    resample: imaging.resample,
    resegment: imaging.resegment,
    resegmentShape: false,
    discretise: imaging.discretise,
    images: imaging.filters.map((entry) => {
      const { name, settings } = nameAndSettings(entry);
      return { plugin: name === 'original' ? null : `filter/${name}`, settings };
    }),
    families: imaging.features.map((entry) => {
      const { name, settings } = nameAndSettings(entry);
      return { plugin: `features/${name}`, settings };
    }),
    deprecated: imaging.deprecated,
  };
}

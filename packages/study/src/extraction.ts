import { type FeatureInfo, type Params, parseParams, type Plugin } from '@radloom/core';
import { from, type Ref, source, type Step } from '@radloom/engine';

/** Finds a plugin's manifest by id. */
export type FindPlugin = (id: string) => Plugin;

type Settings = Readonly<Record<string, unknown>>;

/** One image on which features are computed: the original, or what a filter makes of it. */
export interface ImageType {
  /** `filter/log`; null for the original. */
  readonly plugin: string | null;
  readonly settings: Settings;
  /** What differs from the general settings for this image type alone. */
  readonly discretise?: Settings;
  readonly families?: Readonly<Record<string, Settings>>;
}

/** What is computed on one image of a case, before any file is known. */
export interface ExtractionSettings {
  readonly mask: Settings;
  readonly normalise: Settings | null;
  readonly resample: Settings | null;
  readonly resegment: Settings | null;
  /** Shape on the re-segmented mask too. */
  readonly resegmentShape: boolean;
  readonly discretise: Settings;
  readonly images: readonly ImageType[];
  /** Families in the order of the columns: `features/glcm` with its settings. */
  readonly families: readonly { readonly plugin: string; readonly settings: Settings }[];
  /** Deprecated features too, where a family's settings name none. */
  readonly deprecated?: boolean;
}

/** Columns that one features step fills: prefix and feature names, in order. */
export interface ColumnGroup {
  readonly step: string;
  readonly output: string;
  readonly prefix: string;
  readonly image: string;
  readonly family: string;
  readonly features: readonly string[];
}

export interface ExtractionGraph {
  readonly steps: readonly Step[];
  readonly columns: readonly ColumnGroup[];
}

/** Where an image comes from: a source of volumes, or of files with the reader that most of them need. */
export interface ImageSource {
  readonly source: string;
  readonly reader?: string;
  /** Cases that need another reader. */
  readonly others?: Step['overrides'];
}

export interface ExtractionOptions {
  readonly settings: ExtractionSettings;
  readonly find: FindPlugin;
  readonly image: ImageSource;
  readonly segmentation: ImageSource;
  /** Cases whose label differs. */
  readonly labels?: Step['overrides'];
  /** Adds a step that describes image and mask, as PyRadiomics' diagnostics columns do. */
  readonly diagnostics?: { readonly label: number };
  /** Adds a step `overview` that describes the case for people; its output is `overview`. */
  readonly overview?: boolean;
  /** Put before step ids and column names when a case has several images: `pet`. */
  readonly modality?: string;
}

/**
 * The steps that turn one image and its segmentation into feature vectors: read, take the label, normalise, resample, re-segment, and per
 * derived image filter, discretise, extract; in PyRadiomics' order.
 */
export function extractionGraph(options: ExtractionOptions): ExtractionGraph {
  const { settings, find, modality } = options;
  const id = (name: string) => (modality === undefined ? name : `${modality}:${name}`);
  const steps: Step[] = [];
  const columns: ColumnGroup[] = [];
  const add = (name: string, plugin: string, operation: string, params: Settings, inputs: Step['inputs'], own?: Step['overrides']): string => {
    steps.push({ id: id(name), plugin, operation, params, inputs, ...(own === undefined ? {} : { overrides: own }) });
    return id(name);
  };

  const read = (name: string, { source: files, reader, others }: ImageSource): Ref => (reader === undefined ? source(files) : from(add(name, reader, 'read', {}, { files: source(files) }, others), 'volume'));
  const image = read('image', options.image);
  const segmentation = read('segmentation', options.segmentation);
  // A resampled mask is checked on its new grid, where it may fit although its own grid differs from the image's.
  const resampling = settings.resample !== null && settings.resample.preCrop !== true;
  let mask = from(add('mask', 'preprocess/mask', 'run', resampling ? { ...settings.mask, deferChecks: true } : settings.mask, { image, segmentation }, options.labels), 'mask');
  const corrected = mask;
  let volume: Ref = image;
  if (settings.normalise !== null) volume = from(add('normalise', 'preprocess/normalise', 'run', settings.normalise, { volume }), 'volume');
  if (settings.resample !== null) {
    const step = add('resample', 'preprocess/resample', 'run', settings.resample, { volume, mask });
    volume = from(step, 'volume');
    mask = from(step, 'mask');
  }
  const intensity = settings.resegment === null ? mask : from(add('resegment', 'preprocess/resegment', 'run', settings.resegment, { volume, mask }), 'mask');
  if (options.diagnostics !== undefined) {
    const happened = {
      ...(settings.mask.correctMask === true && !resampling ? { corrected } : {}),
      ...(settings.resample === null ? {} : { interpolatedImage: volume, interpolatedMask: mask }),
      ...(settings.resegment === null ? {} : { resegmentedMask: intensity }),
    };
    add('diagnostics', 'preprocess/diagnostics', 'run', { label: options.diagnostics.label }, { image, segmentation, ...happened });
  }
  const morphology = settings.resegmentShape ? intensity : mask;

  const maskOnly = (family: { plugin: string }) => find(family.plugin).about.maskOnly === true;
  // A family of the mask alone is measured once, on the image as it is, and is always called original, as PyRadiomics does. Without an
  // original among the images it has a region of its own, of one grey level: a filter may not be applicable to a small image.
  const region = (name: string, type: ImageType, derived: Ref, own: Settings = {}) => from(add(name, 'preprocess/discretise', 'run', { ...settings.discretise, ...type.discretise, ...own }, { volume: derived, mask: intensity, morphology }), 'region');
  const measureMask = (type: ImageType, found: Ref) => settings.families.filter(maskOnly).forEach((family) => extract(find(family.plugin), family, type, 'original', found));
  const original: ImageType | undefined = settings.images.find((type) => type.plugin === null);
  if (original === undefined && settings.families.some(maskOnly)) {
    const bare = { plugin: null, settings: {} };
    measureMask(bare, region('region@mask', bare, volume, { binCount: 1 }));
  }
  let seen = options.overview !== true;
  for (const type of settings.images) {
    for (const [name, derived] of derivedImages(type, settings.images, volume, find, add)) {
      const found = region(`region@${name}`, type, derived);
      if (!seen) {
        add('overview', 'preprocess/overview', 'run', {}, { image, mask: corrected, regions: [{ ...found, name }] });
        seen = true;
      }
      for (const family of settings.families) if (!maskOnly(family)) extract(find(family.plugin), family, type, name, found);
      if (type === original) measureMask(type, found);
    }
  }
  // Mask-only families lead, as in PyRadiomics' tables.
  columns.sort((a, b) => Number(find(`features/${b.family}`).about.maskOnly === true) - Number(find(`features/${a.family}`).about.maskOnly === true));
  return { steps, columns };

  function extract(plugin: Plugin, family: { plugin: string; settings: Settings }, type: ImageType, name: string, measured: Ref): void {
    const params: Settings = { ...(settings.deprecated === true ? { include: (plugin.about.features as readonly FeatureInfo[]).map(({ name: feature }) => feature) } : {}), ...family.settings, ...type.families?.[family.plugin] };
    const { include } = parseParams(plugin.params, params) as Params & { include: readonly string[] };
    const step = add(`${plugin.name}@${name}`, family.plugin, 'extract', params, { region: measured });
    const prefix = `${modality === undefined ? '' : `${modality}_`}${name}_${String(plugin.about.className)}_`;
    columns.push({ step, output: 'features', prefix, image: name, family: plugin.name, features: include });
  }
}

/** Names of the derived images of one image type, each with the edge that carries it. */
function derivedImages(type: ImageType, all: readonly ImageType[], volume: Ref, find: FindPlugin, add: (name: string, plugin: string, operation: string, params: Settings, inputs: Step['inputs']) => string): [string, Ref][] {
  if (type.plugin === null) return [['original', volume]];
  const plugin = find(type.plugin);
  const params = parseParams(plugin.params, type.settings, { step: plugin.name });
  const names = (plugin.about.outputs as (params: Params) => readonly string[])(params);
  // A filter may stand several times, at different settings: its steps are then called after what they make.
  const several = all.filter((other) => other.plugin === type.plugin).length > 1;
  const step = add(several ? `${plugin.name}-filter@${names[0]}` : `${plugin.name}-filter`, type.plugin, 'apply', type.settings, { volume });
  return names.map((name) => [name, from(step, name)]);
}

import { type ErrorPlace, RadloomError } from '@radloom/core';
import type { z } from 'zod';
import { check, type Parsed } from './check.js';
import type { ExtractionSettings, ImageType } from './extraction.js';
import { type ClassName, classNames, type ImageTypeName, imageTypes, interpolatorNames, interpolators, paramsSchema, type Setting, withBooleans } from './pyradiomics-schema.js';

const plugins: Record<ClassName, string> = {
  firstorder: 'features/firstorder', glcm: 'features/glcm', gldm: 'features/gldm', glrlm: 'features/glrlm', glszm: 'features/glszm', ngtdm: 'features/ngtdm', shape: 'features/shape', shape2D: 'features/shape2d',
};
/** Named features that PyRadiomics leaves out even when they are asked for. */
const silent: Partial<Record<ClassName, readonly string[]>> = {
  glcm: ['Dissimilarity', 'Homogeneity1', 'Homogeneity2', 'SumVariance'],
  gldm: ['GrayLevelNonUniformityNormalized', 'DependencePercentage'],
};

/** A parameter file, read: what it asks for, and where each part of it stands. */
export interface PyRadiomicsParams {
  readonly settings: ExtractionSettings;
  /** PyRadiomics' own settings as they apply, defaults included: what its diagnostics columns print. */
  readonly effective: Readonly<Record<string, unknown>>;
  readonly enabledImageTypes: Readonly<Record<string, Setting>>;
  readonly additionalInfo: boolean;
  readonly label: number;
  /** Component of a segmentation with several, where the file names one. */
  readonly labelChannel?: number;
  /** What a person should know of the file itself. */
  readonly remarks: readonly string[];
  /** Where the file speaks of a plugin, and of a filter's setting or a family's feature. */
  placeOf(plugin: string, detail?: string): ErrorPlace;
}

const defaults = {
  minimumROIDimensions: 2, minimumROISize: null, normalize: false, normalizeScale: 1, removeOutliers: null, resampledPixelSpacing: null, interpolator: 'sitkBSpline', preCrop: false, padDistance: 5,
  distances: [1], force2D: false, force2Ddimension: 0, resegmentRange: null, label: 1, additionalInfo: true,
};

/** PyRadiomics parameters as plain data (or none at all) as extraction settings. */
export function pyradiomicsParams(params?: z.input<typeof paramsSchema>): PyRadiomicsParams {
  const given: Parsed = { file: 'params', value: params ?? {}, place: () => ({}) };
  return params === undefined ? assemble({}, { Original: {} }, classesWithout2D(), given) : checkedParams(given);
}

function classesWithout2D(): [ClassName, null][] {
  return classNames.filter((name) => name !== 'shape2D').map((name) => [name, null]);
}

/** A parsed parameter file, checked. @throws a problem with its place; an unknown key with the nearest valid one */
export function checkedParams(parsed: Parsed): PyRadiomicsParams {
  const given: Parsed = { ...parsed, value: withBooleans(parsed.value) ?? {} };
  const params = check(paramsSchema, given);
  const general = params.setting ?? {};
  const images = inOrderOf(given.value, 'imageType', params.imageType);
  const classes = inOrderOf(given.value, 'featureClass', params.featureClass);
  const flat = general.force2D === true;
  // A file without featureClass switches everything on, shape2D too; without force2D PyRadiomics skips it.
  const chosen = classes.length > 0 ? classes : classNames.map((name) => [name, null] as const);
  return assemble(general, images.length === 0 ? { Original: {} } : Object.fromEntries(images.map(([name, own]) => [name, own ?? {}])), chosen.filter(([name]) => name !== 'shape2D' || flat).map(([name, list]) => [name, list ?? null]), given);
}

/** Checked entries in the order of the file: columns stand in that order, and a check puts its own in its place. */
function inOrderOf<K extends string, V>(file: unknown, part: string, checked: Partial<Record<K, V>> | null | undefined): [K, V][] {
  const written = (file as Readonly<Record<string, object | null>>)[part] ?? {};
  return (Object.keys(written) as K[]).map((name) => [name, checked![name]!]);
}

function assemble(given: Setting, images: Readonly<Record<string, Setting>>, classes: readonly (readonly [ClassName, readonly string[] | null])[], file: Parsed): PyRadiomicsParams {
  const effective = { ...defaults, ...given };
  const resampling = effective.resampledPixelSpacing !== null && effective.interpolator !== null;
  const roi = { minimumROIDimensions: effective.minimumROIDimensions, minimumROISize: effective.minimumROISize };
  // Without a sigma PyRadiomics makes no image, and says nothing.
  const empty = new Set(Object.entries(images).flatMap(([name, own]) => (name === 'LoG' && ({ ...given, ...own }.sigma ?? []).length === 0 ? [name] : [])));
  if (empty.size === Object.keys(images).length) throw new RadloomError({ code: 'no-image-type', what: 'LoG has no sigma, so there is no image to measure.', where: file.place(['imageType', 'LoG']), fix: 'Name at least one, in millimetres: LoG: { sigma: [2.0] }.' });
  const settings: ExtractionSettings = {
    mask: {
      label: effective.label,
      correctMask: given.correctMask ?? false,
      ...(given.geometryTolerance === undefined || given.geometryTolerance === null ? {} : { geometryTolerance: given.geometryTolerance }),
      ...roi,
    },
    normalise: effective.normalize ? { scale: effective.normalizeScale, removeOutliers: effective.removeOutliers } : null,
    resample:
      resampling || effective.preCrop
        ? { ...(resampling ? { spacing: effective.resampledPixelSpacing, interpolator: interpolator(effective.interpolator, file) } : { preCrop: true }), padDistance: effective.padDistance, ...roi }
        : null,
    resegment: effective.resegmentRange === null ? null : { range: effective.resegmentRange, mode: given.resegmentMode ?? 'absolute', ...roi },
    resegmentShape: given.resegmentShape ?? false,
    // PyRadiomics crops the mask to the re-segmented box before it measures shape.
    discretise: { ...discretise(given), ...(effective.resegmentRange === null ? {} : { morphologyBox: 'intensity' }) },
    images: Object.entries(images).filter(([name]) => !empty.has(name)).flatMap(([name, own]) => imageType(name as ImageTypeName, own, given)),
    families: classes.map(([name, list]) => ({ plugin: plugins[name], settings: { ...family(name, given), ...included(name, list) } })),
  };
  return {
    settings,
    effective,
    enabledImageTypes: images,
    additionalInfo: effective.additionalInfo,
    label: effective.label,
    ...(given.label_channel === undefined ? {} : { labelChannel: given.label_channel }),
    remarks: [
      ...[...empty].map((name) => `${name} has no sigma, so it gives no image.`),
      ...(Object.keys((file.value as { voxelSetting?: object | null }).voxelSetting ?? {}).length === 0 ? [] : ['voxelSetting has no effect: features are measured once a region, no maps of them are made.']),
    ],
    placeOf: (plugin, detail) => placeIn(file, plugin, detail),
  };
}

function placeIn(file: Parsed, plugin: string, detail: string | undefined): ErrorPlace {
  const { featureClass, imageType } = file.value as { featureClass?: Record<string, string[] | null>; imageType?: Record<string, Record<string, unknown> | null> };
  const className = classNames.find((name) => plugins[name] === plugin);
  if (className !== undefined) return file.place(['featureClass', className, ...(detail === undefined ? [] : [featureClass?.[className]?.indexOf(detail) ?? 0])]);
  const name = Object.keys(imageTypes).find((type) => imageTypes[type as ImageTypeName] === plugin);
  if (name === undefined) return {};
  if (detail === undefined) return file.place(['imageType', name]);
  return file.place(imageType?.[name]?.[detail] === undefined ? ['setting', detail] : ['imageType', name, detail]);
}

function included(name: ClassName, list: readonly string[] | null): Record<string, unknown> {
  if (list === null || list.length === 0) return {};
  return { include: list.filter((feature) => silent[name]?.includes(feature) !== true) };
}

function discretise(given: Setting): Record<string, unknown> {
  return { ...(given.binWidth === undefined ? {} : { binWidth: given.binWidth }), ...(given.binCount === undefined || given.binCount === null ? {} : { binCount: given.binCount }) };
}

/** A family's settings out of PyRadiomics' general ones. */
function family(name: ClassName, given: Setting): Record<string, unknown> {
  const flat = { ...(given.force2D === undefined ? {} : { force2D: given.force2D }), ...(given.force2Ddimension === undefined ? {} : { force2DDimension: given.force2Ddimension }) };
  const distances = given.distances === undefined ? {} : { distances: given.distances };
  const weighting = given.weightingNorm === undefined ? {} : { weightingNorm: given.weightingNorm };
  switch (name) {
    case 'firstorder':
      return given.voxelArrayShift === undefined ? {} : { voxelArrayShift: given.voxelArrayShift };
    case 'glcm':
      return { ...flat, ...distances, ...weighting, ...(given.symmetricalGLCM === undefined ? {} : { symmetrical: given.symmetricalGLCM }) };
    case 'glrlm':
      return { ...flat, ...weighting };
    case 'gldm':
      return { ...flat, ...distances, ...(given.gldm_a === undefined ? {} : { alpha: given.gldm_a }) };
    case 'ngtdm':
      return { ...flat, ...distances };
    case 'shape2D':
      return given.force2Ddimension === undefined ? {} : { force2DDimension: given.force2Ddimension };
    case 'glszm':
      return flat;
    default:
      return {};
  }
}

/**
 * An image type: its filter's settings, and what its own settings change for discretisation and families. One step a sigma: where the image is
 * too small for one, the others are made, as in PyRadiomics.
 */
function imageType(name: ImageTypeName, own: Setting, general: Setting): ImageType[] {
  const both = { ...general, ...own };
  const families = Object.fromEntries(classNames.filter((cls) => cls !== 'shape' && cls !== 'shape2D').map((cls) => [plugins[cls], family(cls, own)]).filter(([, settings]) => Object.keys(settings as object).length > 0)) as ImageType['families'];
  const rest = { plugin: imageTypes[name], discretise: discretise(own), families };
  return name === 'LoG' ? distinct(both.sigma!).map((sigma) => ({ ...rest, settings: { sigma: [sigma] } })) : [{ ...rest, settings: filterSettings(name, both) }];
}

/** Sigmas that name different images: `2.0`, `2.00` and `2e0` are one, `2` is another. */
function distinct(sigmas: readonly (string | number)[]): (string | number)[] {
  const named = sigmas.map((sigma) => `${Number(sigma)} ${typeof sigma === 'number' || !/^\+?\d+$/.test(sigma)}`);
  return sigmas.filter((_, i) => named.indexOf(named[i]) === i);
}

function filterSettings(name: ImageTypeName, both: Setting): Record<string, unknown> {
  const pick = (pairs: Record<string, unknown>) => Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== undefined));
  switch (name) {
    case 'Wavelet':
      return pick({ wavelet: both.wavelet, startLevel: both.start_level, level: both.level, force2D: both.force2D, force2DDimension: both.force2Ddimension });
    case 'Gradient':
      return pick({ useSpacing: both.gradientUseSpacing });
    case 'LBP2D':
      return pick({ radius: both.lbp2DRadius, samples: both.lbp2DSamples, method: both.lbp2DMethod, force2DDimension: both.force2Ddimension });
    case 'LBP3D':
      return pick({ levels: both.lbp3DLevels, icosphereRadius: both.lbp3DIcosphereRadius, icosphereSubdivision: both.lbp3DIcosphereSubdivision });
    default:
      return {};
  }
}

function interpolator(name: string | number | null, file: Parsed): string {
  const found = interpolators[String(name)];
  if (typeof found === 'string') return found;
  throw new RadloomError({ code: 'interpolator-unsupported', what: `The interpolator ${name} is not offered.`, where: file.place(['setting', 'interpolator']), fix: `Use one of ${interpolatorNames.join(', ')}.` });
}

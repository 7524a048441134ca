import { RadloomError } from '@radloom/core';
import { z } from 'zod';
import type { ExtractionSettings, ImageType } from './extraction.js';
import { check, parseYaml } from './yaml.js';

/** A number as written: `2.0` and `2` name their images differently. */
const literal = z.union([z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/, 'A number is needed'), z.number()]);
const positiveInt = z.int().positive();
const axis = z.int().min(0).max(2);

/** PyRadiomics' settings that extraction uses, with its names. */
const settingFields = {
  minimumROIDimensions: z.int().min(1).max(3).optional(),
  minimumROISize: z.int().nonnegative().nullable().optional(),
  geometryTolerance: z.number().positive().nullable().optional(),
  correctMask: z.boolean().optional(),
  additionalInfo: z.boolean().optional(),
  enableCExtensions: z.boolean().optional(),
  label: positiveInt.optional(),
  label_channel: z.int().nonnegative().optional(),
  binWidth: z.number().positive().optional(),
  binCount: positiveInt.nullable().optional(),
  normalize: z.boolean().optional(),
  normalizeScale: z.number().positive().optional(),
  removeOutliers: z.number().positive().nullable().optional(),
  resampledPixelSpacing: z.array(z.number().nonnegative()).length(3).nullable().optional(),
  interpolator: z.union([z.string(), z.int()]).nullable().optional(),
  padDistance: z.int().nonnegative().optional(),
  preCrop: z.boolean().optional(),
  distances: z.array(positiveInt).min(1).optional(),
  force2D: z.boolean().optional(),
  force2Ddimension: axis.optional(),
  resegmentRange: z.array(z.number()).min(1).max(2).nullable().optional(),
  resegmentMode: z.enum(['absolute', 'relative', 'sigma']).optional(),
  resegmentShape: z.boolean().optional(),
  voxelArrayShift: z.number().optional(),
  symmetricalGLCM: z.boolean().optional(),
  weightingNorm: z.enum(['infinity', 'euclidean', 'manhattan', 'no_weighting']).nullable().optional(),
  gldm_a: z.number().nonnegative().optional(),
  sigma: z.array(literal).optional(),
  start_level: z.int().nonnegative().optional(),
  level: positiveInt.optional(),
  wavelet: z.string().optional(),
  gradientUseSpacing: z.boolean().optional(),
  lbp2DRadius: z.number().positive().optional(),
  lbp2DSamples: positiveInt.optional(),
  lbp2DMethod: z.enum(['default', 'ror', 'uniform', 'nri_uniform', 'var']).optional(),
  lbp3DLevels: positiveInt.optional(),
  lbp3DIcosphereRadius: z.number().positive().optional(),
  lbp3DIcosphereSubdivision: z.int().nonnegative().optional(),
};
const setting = z.strictObject(settingFields);
type Setting = z.output<typeof setting>;

const imageTypes = {
  Original: null,
  LoG: 'filter/log',
  Wavelet: 'filter/wavelet',
  Square: 'filter/square',
  SquareRoot: 'filter/squareroot',
  Logarithm: 'filter/logarithm',
  Exponential: 'filter/exponential',
  Gradient: 'filter/gradient',
  LBP2D: 'filter/lbp2d',
  LBP3D: 'filter/lbp3d',
} as const;
type ImageTypeName = keyof typeof imageTypes;
const imageTypeNames = Object.keys(imageTypes) as ImageTypeName[];

/** The default order of classes: the alphabet, as PyRadiomics lists them. */
const classNames = ['firstorder', 'glcm', 'gldm', 'glrlm', 'glszm', 'ngtdm', 'shape', 'shape2D'] as const;
type ClassName = (typeof classNames)[number];
const plugins: Record<ClassName, string> = {
  firstorder: 'features/firstorder', glcm: 'features/glcm', gldm: 'features/gldm', glrlm: 'features/glrlm', glszm: 'features/glszm', ngtdm: 'features/ngtdm', shape: 'features/shape', shape2D: 'features/shape2d',
};
/** Named features that PyRadiomics leaves out even when they are asked for. */
const silent: Partial<Record<ClassName, readonly string[]>> = {
  glcm: ['Dissimilarity', 'Homogeneity1', 'Homogeneity2', 'SumVariance'],
  gldm: ['GrayLevelNonUniformityNormalized', 'DependencePercentage'],
};

const paramsSchema = z.strictObject({
  setting: setting.nullable().optional(),
  voxelSetting: z.strictObject({ kernelRadius: positiveInt.optional(), maskedKernel: z.boolean().optional(), initValue: z.unknown().optional(), voxelBatch: z.int().optional() }).nullable().optional(),
  imageType: z.strictObject(Object.fromEntries(imageTypeNames.map((name) => [name, setting.nullable().optional()])) as Record<ImageTypeName, z.ZodOptional<z.ZodNullable<typeof setting>>>).nullable().optional(),
  featureClass: z.strictObject(Object.fromEntries(classNames.map((name) => [name, z.array(z.string()).nullable().optional()])) as Record<ClassName, z.ZodOptional<z.ZodNullable<z.ZodArray<z.ZodString>>>>).nullable().optional(),
});

export interface PyRadiomicsParams {
  readonly settings: ExtractionSettings;
  /** PyRadiomics' own settings as they apply, defaults included: what its diagnostics columns print. */
  readonly effective: Readonly<Record<string, unknown>>;
  readonly enabledImageTypes: Readonly<Record<string, Setting>>;
  readonly additionalInfo: boolean;
  readonly label: number;
}

const defaults = {
  minimumROIDimensions: 2, minimumROISize: null, normalize: false, normalizeScale: 1, removeOutliers: null, resampledPixelSpacing: null, interpolator: 'sitkBSpline', preCrop: false, padDistance: 5,
  distances: [1], force2D: false, force2Ddimension: 0, resegmentRange: null, label: 1, additionalInfo: true,
};

/**
 * Reads a PyRadiomics parameter file as PyRadiomics 3.1 does.
 *
 * @throws a problem with file, line and column; an unknown key with the nearest valid one
 */
export function readParams(text: string, file: string): PyRadiomicsParams {
  const parsed = parseYaml(text, file, new Set(['sigma']));
  return fromParams(check(paramsSchema, parsed));
}

/** PyRadiomics parameters as plain data (or none at all) as extraction settings. */
export function pyradiomicsParams(params?: z.input<typeof paramsSchema>, override: Setting = {}): PyRadiomicsParams {
  if (params === undefined) return assemble({ ...setting.parse(override) }, { Original: {} }, withoutShape2D());
  const checked = paramsSchema.safeParse(params);
  if (!checked.success) throw check(paramsSchema, { file: 'params', value: params, place: () => ({}) }) as never;
  return fromParams(checked.data, override);
}

function withoutShape2D(): [ClassName, string[] | null][] {
  return classNames.filter((name) => name !== 'shape2D').map((name) => [name, null]);
}

function fromParams(params: z.output<typeof paramsSchema>, override: Setting = {}): PyRadiomicsParams {
  const images = Object.entries(params.imageType ?? {});
  const classes = Object.entries(params.featureClass ?? {}) as [ClassName, string[] | null | undefined][];
  const force2D = { ...params.setting, ...override }.force2D === true;
  // A file without featureClass switches everything on, shape2D too; without force2D PyRadiomics skips it.
  const all = classNames.filter((name) => name !== 'shape2D' || force2D).map((name): [ClassName, string[] | null] => [name, null]);
  return assemble({ ...params.setting, ...override }, images.length === 0 ? { Original: {} } : Object.fromEntries(images.map(([name, own]) => [name, own ?? {}])), classes.length === 0 ? all : classes.filter(([name]) => name !== 'shape2D' || force2D).map(([name, list]) => [name, list ?? null]));
}

function assemble(given: Setting, images: Readonly<Record<string, Setting>>, classes: readonly (readonly [ClassName, readonly string[] | null])[]): PyRadiomicsParams {
  const effective = { ...defaults, ...given };
  const resampling = effective.resampledPixelSpacing !== null && effective.interpolator !== null;
  const roi = { minimumROIDimensions: effective.minimumROIDimensions, minimumROISize: effective.minimumROISize };
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
        ? { ...(resampling ? { spacing: effective.resampledPixelSpacing, interpolator: interpolator(effective.interpolator) } : { preCrop: true }), padDistance: effective.padDistance, ...roi }
        : null,
    resegment: effective.resegmentRange === null ? null : { range: effective.resegmentRange, mode: given.resegmentMode ?? 'absolute', ...roi },
    resegmentShape: given.resegmentShape ?? false,
    // PyRadiomics crops the mask to the re-segmented box before it measures shape.
    discretise: { ...discretise(given), ...(effective.resegmentRange === null ? {} : { morphologyBox: 'intensity' }) },
    images: Object.entries(images).map(([name, own]) => imageType(name as ImageTypeName, own, given)),
    families: classes.map(([name, list]) => ({ plugin: plugins[name], settings: { ...family(name, given), ...included(name, list) } })),
  };
  return { settings, effective, enabledImageTypes: images, additionalInfo: effective.additionalInfo, label: effective.label };
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

/** An image type: its filter's settings, and what its own settings change for discretisation and families. */
function imageType(name: ImageTypeName, own: Setting, general: Setting): ImageType {
  const both = { ...general, ...own };
  const families = Object.fromEntries(classNames.filter((cls) => cls !== 'shape' && cls !== 'shape2D').map((cls) => [plugins[cls], family(cls, own)]).filter(([, settings]) => Object.keys(settings as object).length > 0)) as ImageType['families'];
  return { plugin: imageTypes[name], settings: filterSettings(name, both), discretise: discretise(own), families };
}

function filterSettings(name: ImageTypeName, both: Setting): Record<string, unknown> {
  const pick = (pairs: Record<string, unknown>) => Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== undefined));
  switch (name) {
    case 'LoG':
      return pick({ sigma: both.sigma ?? [] });
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

const interpolators: Readonly<Record<string, string>> = {
  sitkNearestNeighbor: 'nearest', sitkLinear: 'linear', sitkBSpline: 'bspline', sitkBSpline1: 'bspline1', sitkBSpline2: 'bspline2', sitkBSpline3: 'bspline3', sitkBSpline4: 'bspline4', sitkBSpline5: 'bspline5',
  sitkGaussian: 'gaussian', '1': 'nearest', '2': 'linear', '3': 'bspline', '4': 'gaussian',
};

function interpolator(name: string | number | null): string {
  const found = interpolators[String(name)];
  if (found !== undefined) return found;
  throw new RadloomError({ code: 'interpolator-unsupported', what: `The interpolator ${name} is not offered.`, fix: `Use one of ${Object.keys(interpolators).filter((key) => key.startsWith('sitk')).join(', ')}.` });
}

import { nearestName } from '@radloom/core';
import { z } from 'zod';

/** A number as written: `2.0` and `2` name their images differently. */
const literal = z.union([z.string().regex(/^[+]?(?!0*\.?0*([eE]|$))(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/, 'a number above 0 is needed'), z.number().positive()]);
const positive = z.number().positive();
const positiveInt = z.int().positive();
const count = z.int().nonnegative();

/** SimpleITK's interpolators by name and number; null for those that are not offered. */
export const interpolators: Readonly<Record<string, string | null>> = {
  sitkNearestNeighbor: 'nearest', sitkLinear: 'linear', sitkBSpline: 'bspline', sitkBSpline1: 'bspline1', sitkBSpline2: 'bspline2', sitkBSpline3: 'bspline3', sitkBSpline4: 'bspline4', sitkBSpline5: 'bspline5',
  sitkGaussian: 'gaussian', sitkLabelGaussian: null,
  sitkHammingWindowedSinc: 'hammingSinc', sitkCosineWindowedSinc: 'cosineSinc', sitkWelchWindowedSinc: 'welchSinc', sitkLanczosWindowedSinc: 'lanczosSinc', sitkBlackmanWindowedSinc: 'blackmanSinc',
  '1': 'nearest', '2': 'linear', '3': 'bspline', '4': 'gaussian', '5': null, '6': 'hammingSinc', '7': 'cosineSinc', '8': 'welchSinc', '9': 'lanczosSinc', '10': 'blackmanSinc',
};

export const interpolatorNames = Object.keys(interpolators).filter((name) => interpolators[name] !== null && name.startsWith('sitk'));

const interpolator = z.union([z.string(), z.int()]).refine((name) => interpolators[name] !== undefined, {
  error: ({ input }) => {
    const near = nearestName(String(input), interpolatorNames);
    return `there is no interpolator ${String(input)}${near === undefined ? '' : `; did you mean ${near}`}`;
  },
});

const yesOrNo = z.boolean();

/** PyRadiomics' settings with its types and ranges; a null where PyRadiomics reads it as "none". */
export const setting = z.strictObject({
  minimumROIDimensions: z.int().min(1).max(3).optional(),
  minimumROISize: count.nullable().optional(),
  geometryTolerance: positive.nullable().optional(),
  correctMask: yesOrNo.optional(),
  additionalInfo: yesOrNo.optional(),
  enableCExtensions: yesOrNo.optional(),
  label: positiveInt.optional(),
  label_channel: count.optional(),
  binWidth: positive.optional(),
  binCount: positiveInt.nullable().optional(),
  normalize: yesOrNo.optional(),
  normalizeScale: positive.optional(),
  removeOutliers: positive.nullable().optional(),
  resampledPixelSpacing: z.array(z.number().nonnegative()).length(3).nullable().optional(),
  interpolator: interpolator.nullable().optional(),
  padDistance: count.optional(),
  preCrop: yesOrNo.optional(),
  distances: z.array(positiveInt).min(1).optional(),
  force2D: yesOrNo.optional(),
  force2Ddimension: z.int().min(0).max(2).optional(),
  resegmentRange: z.array(z.number()).min(1).max(2).nullable().optional(),
  resegmentMode: z.enum(['absolute', 'relative', 'sigma']).optional(),
  resegmentShape: yesOrNo.optional(),
  voxelArrayShift: z.number().optional(),
  symmetricalGLCM: yesOrNo.optional(),
  weightingNorm: z.enum(['infinity', 'euclidean', 'manhattan', 'no_weighting']).nullable().optional(),
  gldm_a: z.number().nonnegative().optional(),
  sigma: z.array(literal).optional(),
  start_level: count.optional(),
  level: positiveInt.optional(),
  wavelet: z.string().optional(),
  gradientUseSpacing: yesOrNo.optional(),
  lbp2DRadius: positive.optional(),
  lbp2DSamples: positiveInt.optional(),
  lbp2DMethod: z.enum(['default', 'ror', 'uniform', 'nri_uniform', 'var']).optional(),
  lbp3DLevels: positiveInt.optional(),
  lbp3DIcosphereRadius: positive.optional(),
  lbp3DIcosphereSubdivision: count.optional(),
});
export type Setting = z.output<typeof setting>;

const booleanSettings: ReadonlySet<string> = new Set(Object.entries(setting.shape).filter(([, field]) => (field as z.ZodOptional).unwrap() === yesOrNo).map(([name]) => name));

/** PyRadiomics' image types and the filters that make them; the original needs none. */
export const imageTypes = {
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
export type ImageTypeName = keyof typeof imageTypes;

/** The default order of classes: the alphabet, as PyRadiomics lists them. */
export const classNames = ['firstorder', 'glcm', 'gldm', 'glrlm', 'glszm', 'ngtdm', 'shape', 'shape2D'] as const;
export type ClassName = (typeof classNames)[number];

/** An object with these keys and no other, each optional. */
function each<K extends string, V extends z.ZodType>(names: readonly K[], value: V) {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, value.nullable().optional()])) as Record<K, z.ZodOptional<z.ZodNullable<V>>>);
}

/** The whole parameter file. */
export const paramsSchema = z.strictObject({
  setting: setting.nullable().optional(),
  voxelSetting: z.strictObject({ kernelRadius: positiveInt.optional(), maskedKernel: yesOrNo.optional(), initValue: z.number().or(z.nan()).optional(), voxelBatch: z.int().optional() }).nullable().optional(),
  imageType: each(Object.keys(imageTypes) as ImageTypeName[], setting).nullable().optional(),
  featureClass: each(classNames, z.array(z.string())).nullable().optional(),
});

const words: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  // PyRadiomics asks whether a value is true, and Python's None is not.
  [null, false],
  ...['yes', 'on', 'Yes', 'On', 'YES', 'ON'].map((word) => [word, true] as const),
  ...['no', 'off', 'No', 'Off', 'NO', 'OFF'].map((word) => [word, false] as const),
]);

/** The words that YAML 1.1 took for booleans, read as such where a boolean is meant: parameter files are older than YAML 1.2. */
export function withBooleans(params: unknown): unknown {
  if (!isRecord(params)) return params;
  const { setting: general, imageType, ...more } = params;
  return {
    ...(general === undefined ? {} : { setting: booleansIn(general) }),
    ...more,
    ...(imageType === undefined ? {} : { imageType: isRecord(imageType) ? Object.fromEntries(Object.entries(imageType).map(([name, own]) => [name, booleansIn(own)])) : imageType }),
  };
}

function booleansIn(settings: unknown): unknown {
  if (!isRecord(settings)) return settings;
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, booleanSettings.has(name) ? (words.get(value) ?? value) : value]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

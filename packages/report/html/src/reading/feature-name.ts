/** What a feature's name says. */
export interface FeatureName {
  /** `Contrast`. */
  readonly feature: string;
  /** `glcm`. */
  readonly family: string;
  readonly image: ImageType;
}

/** The image that a feature was computed on. */
export interface ImageType {
  /** `original`, `log-sigma`, `wavelet`, `lbp-3D`; other names as they are. */
  readonly kind: string;
  /** What tells images of one kind apart: `2.0 mm`, `LLH`, `m1`. */
  readonly detail?: string;
  /** The study's name for the image, where it has several: `pet` of `pet_wavelet-LLH`. */
  readonly of?: string;
}

const families = new Set([
  'shape', 'shape2D', 'firstorder', 'glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm', 'gldzm', 'ngldm', 'morphology', 'localintensity', 'intensityhistogram', 'intensityvolumehistogram',
]);

/**
 * The parts of a name as PyRadiomics writes it, `image_family_Feature`, such as `log-sigma-2-0-mm-3D_glcm_Contrast`; undefined for any
 * other name (a clinical variable). An image's own name may hold underscores, so the parts are counted from the end.
 */
export function parseFeatureName(name: string): FeatureName | undefined {
  const parts = name.split('_');
  if (parts.length < 3) return undefined;
  const [family, feature] = parts.slice(-2);
  return families.has(family) ? { feature, family, image: imageType(parts.slice(0, -2).join('_')) } : undefined;
}

/** Kinds of image that have nothing to tell them apart by. */
const plainKinds = new Set(['original', 'square', 'squareroot', 'logarithm', 'exponential', 'gradient', 'lbp-2D']);

/** The name of an image, and of the filter before it: a name that ends in neither is one of its own. */
function imageType(image: string): ImageType {
  const at = image.lastIndexOf('_');
  const known = filteredType(image.slice(at + 1));
  return at < 0 ? (known ?? { kind: image }) : known === undefined ? { kind: image } : { ...known, of: image.slice(0, at) };
}

function filteredType(image: string): ImageType | undefined {
  // PyRadiomics writes the sigma with a hyphen for its decimal point.
  const log = /^log-sigma-(\d+)-(\d+)-mm(?:-[23]D)?$/.exec(image);
  if (log !== null) return { kind: 'log-sigma', detail: `${log[1]}.${log[2]} mm` };
  const wavelet = /^wavelet(\d*)-([LH]{2,3})$/.exec(image);
  if (wavelet !== null) return { kind: 'wavelet', detail: wavelet[1] === '' ? wavelet[2] : `${wavelet[2]} (${wavelet[1]})` };
  const lbp = /^lbp-3D-(m\d+|k)$/.exec(image);
  if (lbp !== null) return { kind: 'lbp-3D', detail: lbp[1] };
  return plainKinds.has(image) ? { kind: image } : undefined;
}

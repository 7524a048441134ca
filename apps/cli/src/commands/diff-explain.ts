import type { Comparison, Pair } from './diff-compare.js';

/** What most likely made the tables differ. */
export interface Explanation {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly text: string;
}

const textures = ['glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm'];
/** First-order features of the discretised histogram; all others see the intensities themselves. */
const histogram = ['entropy', 'uniformity'];

/** Values of which most or none differ, by what they depend on. */
class Facts {
  readonly #pairs: readonly Pair[];

  constructor(pairs: readonly Pair[]) {
    // A value that is missing says nothing about a setting.
    this.#pairs = pairs.filter(({ relative }) => relative !== Infinity);
  }

  of(family: string | readonly string[], features?: readonly string[]): Pair[] {
    const families = typeof family === 'string' ? [family] : family;
    return this.#pairs.filter(({ feature }) => families.includes(feature.family) && (features === undefined || features.includes(feature.feature.toLowerCase())));
  }

  /** Features of a family that differ somewhere, lower case. */
  changed(family: string): string[] {
    return [...new Set(this.of(family).filter(({ differs }) => differs).map(({ feature }) => feature.feature.toLowerCase()))];
  }

  differs(family: string | readonly string[], features?: readonly string[]): boolean {
    return this.of(family, features).some(({ differs }) => differs);
  }

  /** Present, and the same everywhere. */
  agrees(family: string | readonly string[], features?: readonly string[]): boolean {
    const found = this.of(family, features);
    return found.length > 0 && found.every(({ differs }) => !differs);
  }

  without(pairs: readonly Pair[]): Facts {
    const gone = new Set(pairs);
    return new Facts(this.#pairs.filter((pair) => !gone.has(pair)));
  }
}

/** Sentences about the likely causes, the surest first; none where nothing is recognised. */
export function explain({ pairs, matched }: Comparison): Explanation[] {
  const found = fromDiagnostics(matched);
  const original = pairs.filter(({ feature }) => feature.image === 'original');
  const [definitions, rest] = fromDefinitions(new Facts(original.length > 0 ? original : pairs));
  found.push(...definitions, ...fromShape(rest), ...fromIntensities(rest), ...fromLevels(rest));
  if (original.length > 0 && original.every(({ differs }) => !differs)) found.push(...fromFilters(pairs));
  return found;
}

type Pairs = Comparison['matched'];

/** What the tables themselves say of their settings and inputs. */
function fromDiagnostics(matched: Pairs): Explanation[] {
  const found: Explanation[] = [];
  const unequal = (name: string): number => matched.filter(([a, b]) => a.diagnostics.get(name) !== undefined && b.diagnostics.get(name) !== undefined && a.diagnostics.get(name) !== '' && b.diagnostics.get(name) !== '' && a.diagnostics.get(name) !== b.diagnostics.get(name)).length;
  const settings = settingsThatDiffer(matched);
  if (settings.length > 0) found.push({ code: 'settings', text: `The tables were made with other settings: ${settings.join('; ')}.` });
  const images = unequal('diagnostics_Image-original_Hash');
  if (images > 0) found.push({ code: 'other-image', text: `The voxels of the image differ in ${cases(images)} (Image-original_Hash): another file, or read as another type.` });
  const masks = unequal('diagnostics_Mask-original_VoxelNum');
  if (masks > 0) found.push({ code: 'other-mask', text: `The region has another number of voxels in ${cases(masks)} (Mask-original_VoxelNum): another segmentation or label.` });
  return found;
}

const cases = (count: number): string => `${count} ${count === 1 ? 'case' : 'cases'}`;

function settingsThatDiffer(matched: Pairs): string[] {
  const found = new Set<string>();
  for (const [a, b] of matched) {
    const [inA, inB] = [a, b].map((row) => settingsOf(row.diagnostics.get('diagnostics_Configuration_Settings')));
    if (inA === undefined || inB === undefined) continue;
    for (const name of new Set([...Object.keys(inA), ...Object.keys(inB)])) {
      if (name === 'label') continue;
      const [x, y] = [inA, inB].map((settings) => (settings[name] === undefined ? 'not given' : JSON.stringify(settings[name])));
      if (x !== y) found.add(`${name} ${x} and ${y}`);
    }
  }
  return [...found];
}

/** Settings as JSON or as Python prints a dictionary. */
function settingsOf(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined || !text.startsWith('{')) return undefined;
  const json = text.startsWith('{"') ? text : text.replaceAll("'", '"').replaceAll(/\bNone\b/g, 'null').replaceAll(/\bTrue\b/g, 'true').replaceAll(/\bFalse\b/g, 'false').replaceAll('(', '[').replaceAll(')', ']');
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Features that are defined otherwise; what they explain is left out of what follows. */
function fromDefinitions(facts: Facts): [Explanation[], Facts] {
  const found: Explanation[] = [];
  let rest = facts;
  const take = (pairs: readonly Pair[], code: string, text: string): void => {
    found.push({ code, text });
    rest = rest.without(pairs);
  };
  const kurtosis = facts.of('firstorder', ['kurtosis']).filter(({ differs }) => differs);
  if (kurtosis.length > 0 && kurtosis.every(({ a, b }) => Math.abs(Math.abs(a - b) - 3) < 1e-6)) take(kurtosis, 'excess-kurtosis', 'Kurtosis differs by exactly 3: one of the tools subtracts 3 (excess kurtosis, as IBSI defines it), PyRadiomics does not.');
  const entropies = facts.of(['firstorder', ...textures]).filter(({ feature, differs }) => differs && /entropy$/i.test(feature.feature));
  if (entropies.length > 0 && entropies.every(({ relative }) => Math.abs(relative - (1 - Math.LN2)) < 1e-6)) take(entropies, 'logarithm-base', 'Entropies differ by the factor 0.693: one of the tools takes the natural logarithm, PyRadiomics the one to base 2.');
  const changed = rest.changed('firstorder');
  if (changed.length > 0 && changed.every((name) => ['variance', 'standarddeviation'].includes(name))) take(rest.of('firstorder').filter(({ differs }) => differs), 'sample-variance', 'Of the first-order features only the variance differs: one of the tools divides by n - 1, PyRadiomics by n.');
  else if (changed.length > 0 && changed.every((name) => name === 'totalenergy')) take(rest.of('firstorder').filter(({ differs }) => differs), 'voxel-volume', 'Of the first-order features only TotalEnergy differs: it is Energy times the volume of a voxel.');
  else if (changed.length > 0 && changed.every((name) => ['energy', 'totalenergy', 'rootmeansquared'].includes(name))) take(rest.of('firstorder').filter(({ differs }) => differs), 'voxel-array-shift', 'Of the first-order features only Energy, TotalEnergy and RootMeanSquared differ: voxelArrayShift.');
  return [found, rest];
}

function fromShape(facts: Facts): Explanation[] {
  const changed = facts.changed('shape').concat(facts.changed('shape2D'));
  if (changed.length === 0) return [];
  if (facts.agrees('shape', ['voxelvolume'])) {
    if (changed.every((name) => name.startsWith('maximum'))) return [{ code: 'diameters', text: 'Of the shape features only the diameters differ: between vertices of the mesh (PyRadiomics) or between centres of voxels.' }];
    if (changed.every((name) => /axislength$|^elongation$|^flatness$/.test(name))) return [{ code: 'principal-axes', text: 'Of the shape features only those of the principal axes differ: the covariance of voxel centres over n (PyRadiomics) or n - 1, or axes of the mesh.' }];
    return [{ code: 'mesh', text: 'Shape features differ while the volume of the voxels agrees: another mesh of the surface (PyRadiomics: marching cubes at 0.5 on the mask).' }];
  }
  return [{ code: 'region', text: `Shape differs${facts.differs('firstorder') ? ', and with it everything' : ''}: another region. Resampling (resampledPixelSpacing, interpolator), the mask or its label, correctMask, resegmentShape.` }];
}

function fromIntensities(facts: Facts): Explanation[] {
  const seen = facts.of('firstorder').filter(({ feature }) => !histogram.includes(feature.feature.toLowerCase()));
  const many = seen.filter(({ differs }) => differs).length * 2 > seen.length;
  if (!many || facts.differs('shape')) return [];
  if (facts.agrees('firstorder', ['skewness']) && facts.agrees('firstorder', ['kurtosis'])) {
    return [{ code: 'intensity-scale', text: 'Intensities differ by a shift or factor (skewness and kurtosis agree): normalize, normalizeScale, or the rescale slope of the image.' }];
  }
  return [{ code: 'intensities', text: 'Intensities differ while shape agrees: resegmentRange (shape is measured before it), removeOutliers, interpolator, or another image.' }];
}

/** Textures that differ on equal intensities: grey levels, or how their matrices are counted. */
function fromLevels(facts: Facts): Explanation[] {
  const changed = textures.filter((family) => facts.differs(family));
  if (changed.length === 0 || facts.differs('shape', ['voxelvolume']) || facts.differs('firstorder', ['mean', 'median', 'minimum', 'maximum'])) return [];
  const entropy = facts.of('firstorder', ['entropy']).filter(({ differs }) => differs).map(({ relative }) => relative);
  if (facts.differs('firstorder', histogram)) {
    const small = entropy.length > 0 && Math.max(...entropy) < 0.05;
    return [
      small
        ? { code: 'bin-edges', text: `Textures differ while shape and intensities agree, and the entropy of the histogram by little (${(100 * Math.max(...entropy)).toPrecision(2)} %): bins of about the same width begin elsewhere. PyRadiomics puts edges at multiples of binWidth, others at the minimum of the region or of a range.` }
        : { code: 'binning', text: 'Textures and the histogram differ while shape and intensities agree: discretisation (binWidth, binCount).' },
    ];
  }
  const is = (...families: string[]): boolean => changed.length === families.length && families.every((family) => changed.includes(family));
  if (facts.agrees('glcm', ['contrast', 'differenceentropy', 'jointentropy']) && facts.differs('glcm', ['jointaverage', 'sumaverage', 'autocorrelation'])) {
    return [{ code: 'level-numbers', text: 'Only features of the level itself differ, not those of differences of levels: the grey levels are numbered from another start.' }];
  }
  if (is('gldm')) return [{ code: 'gldm-a', text: 'Of the textures only GLDM differs: gldm_a, the difference of levels up to which neighbours are dependent.' }];
  if (is('glcm') && facts.agrees('glcm', ['contrast'])) return [{ code: 'symmetry', text: 'Of the textures only GLCM differs, and not its contrast: symmetricalGLCM.' }];
  if (is('glcm') || is('glcm', 'glrlm') || is('glrlm')) return [{ code: 'weighting', text: 'Of the textures only matrices of directions differ (GLCM, GLRLM): weightingNorm, or directions averaged before or after the features.' }];
  if (changed.every((family) => ['glcm', 'gldm', 'ngtdm'].includes(family)) && changed.length > 1) return [{ code: 'distances', text: 'Textures that look at distances differ (GLCM, GLDM, NGTDM), the others agree: distances.' }];
  if (is('ngtdm')) return [{ code: 'ngtdm-neighbours', text: 'Of the textures only NGTDM differs: voxels without a neighbour count in PyRadiomics, and not in IBSI.' }];
  if (is('glszm')) return [{ code: 'connectivity', text: 'Of the textures only GLSZM differs: which voxels are neighbours (26, or 8 with force2D).' }];
  if (facts.agrees('firstorder', histogram)) return [{ code: 'force-2d', text: 'Textures differ on equal grey levels: force2D, force2Ddimension, or how directions are put together.' }];
  return [{ code: 'binning', text: 'Textures differ while shape agrees: discretisation (binWidth, binCount).' }];
}

/** Settings of filters, by the beginning of their images' names. */
const filters: readonly (readonly [beginning: string, text: string])[] = [
  ['log-sigma', 'LoG: sigma is in millimetres in PyRadiomics, and its response is multiplied by sigma squared'],
  ['wavelet', 'wavelet: the wavelet, level, start_level'],
  ['lbp-2D', 'LBP2D: lbp2DRadius, lbp2DSamples, lbp2DMethod'],
  ['lbp-3D', 'LBP3D: lbp3DLevels, lbp3DIcosphereRadius, lbp3DIcosphereSubdivision'],
  ['gradient', 'Gradient: gradientUseSpacing'],
];

/** Original features agree and filtered ones do not. */
function fromFilters(pairs: readonly Pair[]): Explanation[] {
  const images = new Set(pairs.filter(({ differs, relative }) => differs && relative !== Infinity).map(({ feature }) => feature.image));
  if (images.size === 0) return [];
  const all = new Set(pairs.map(({ feature }) => feature.image));
  const named = filters.filter(([beginning]) => [...images].some((image) => image.startsWith(beginning)));
  const margin = 'preCrop and padDistance, as a filter sees what lies around the region';
  const whole = images.size === all.size - 1 && all.size > 2;
  return [{ code: 'filters', text: `Features of the original image agree, those of ${whole ? 'every filtered image' : [...images].slice(0, 4).join(', ')} differ: ${[...(whole ? [margin] : []), ...named.map(([, text]) => text), ...(whole ? [] : [margin])].join('; ')}.` }];
}

import { type Extract, type FeatureValue, undefinedFeature } from '@radloom/core';
import { requireLevels } from '@radloom/imaging';
import { formulas, type GlcmFeature } from './features.js';
import { jointProbabilities } from './joint.js';
import { cooccurrenceMatrices, type MatrixSettings } from './matrix.js';

/** Each feature on each direction's matrix, then its mean over directions; a direction whose value is not a number is left out. */
export const extract: Extract<MatrixSettings> = (region, settings) => {
  const { levels, considered, matrices } = cooccurrenceMatrices(region, settings);
  const names = settings.include as readonly GlcmFeature[];
  const sums = new Float64Array(names.length);
  const terms = new Uint32Array(names.length);
  const common = { levels, highest: requireLevels(region).count, symmetrical: settings.symmetrical };
  for (const matrix of matrices) {
    const joint = jointProbabilities(matrix, common);
    for (let f = 0; f < names.length; f++) {
      const value = formulas[names[f]](joint);
      if (Number.isNaN(value)) continue;
      sums[f] += value;
      terms[f]++;
    }
  }
  const lone = levels.length === 1 && considered > 1; // PyRadiomics answers 1 for one level before it looks at pairs
  return Object.fromEntries(names.map((name, f): [string, FeatureValue] => [name, terms[f] > 0 ? sums[f] / terms[f] : name === 'MCC' && lone ? 1 : missing(matrices.length)]));
};

function missing(matrices: number): FeatureValue {
  return matrices === 0
    ? undefinedFeature('no-neighbours', 'No two voxels of the region are neighbours at the chosen distances, so no levels meet.')
    : undefinedFeature('rounding', 'The levels of neighbours are independent to within rounding, which leaves the root of a negative number.');
}

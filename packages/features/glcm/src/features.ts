import { EPSILON } from '@radloom/imaging';
import type { Joint } from './joint.js';
import { maximalCorrelation } from './maximal-correlation.js';

/** Sum over k of p(k) f(k). */
function mean(p: Float64Array, f: (k: number) => number): number {
  let sum = 0;
  for (let k = 0; k < p.length; k++) if (p[k] !== 0) sum += p[k] * f(k);
  return sum;
}

const entropy = (p: Float64Array): number => -mean(p, (k) => Math.log2(p[k] + EPSILON));
const varianceX = ({ px, levels, meanX }: Joint): number => mean(px, (r) => (levels[r] - meanX) ** 2);
const varianceY = ({ py, levels, meanY }: Joint): number => mean(py, (r) => (levels[r] - meanY) ** 2);
const cluster = (power: number) => ({ pSum, meanX, meanY }: Joint): number => mean(pSum, (k) => (k - meanX - meanY) ** power);

/** 1 where a marginal has no spread: PyRadiomics' choice for what is 0 / 0. */
function correlation(joint: Joint): number {
  const spread = Math.sqrt(varianceX(joint)) * Math.sqrt(varianceY(joint));
  return spread === 0 ? 1 : joint.covariance / (spread + EPSILON);
}

/** (HXY - HXY1) / max(HX, HY); 0 where both marginal entropies are 0. */
function informationCorrelation1(joint: Joint): number {
  const largest = Math.max(entropy(joint.px), entropy(joint.py));
  return largest === 0 ? 0 : (joint.entropy - joint.crossEntropy) / largest;
}

/** sqrt(1 - exp(-2 (HXY2 - HXY))); 0 where both entropies are equal, not a number where rounding puts HXY above HXY2. */
function informationCorrelation2(joint: Joint): number {
  const independent = independentEntropy(joint);
  return independent === joint.entropy ? 0 : Math.sqrt(1 - Math.exp(-2 * (independent - joint.entropy)));
}

/** From this many levels on, HXY2 is taken from its closed form. */
const MANY_LEVELS = 256;

/**
 * HXY2, -sum of px py log2(px py + eps) over all pairs of levels. With many levels HX + HY - eps n2 / ln 2, equal to first order in
 * eps: pairs of levels would cost more than pairs of voxels.
 */
function independentEntropy({ px, py, symmetrical }: Joint): number {
  if (px.length > MANY_LEVELS) {
    const plain = (p: Float64Array) => -mean(p, (k) => Math.log2(p[k]));
    const occurring = (p: Float64Array) => p.reduce((levels, probability) => (probability > 0 ? levels + 1 : levels), 0);
    return plain(px) + plain(py) - (EPSILON / Math.LN2) * occurring(px) * occurring(py);
  }
  let sum = 0;
  for (let r = 0; r < px.length; r++) {
    if (px[r] === 0) continue;
    for (let c = 0; c < (symmetrical ? r + 1 : py.length); c++) {
      const product = px[r] * py[c];
      if (product !== 0) sum -= (symmetrical && c < r ? 2 * product : product) * Math.log2(product + EPSILON);
    }
  }
  return sum;
}

/**
 * The features of one matrix, in PyRadiomics' names. p(i, j) is the joint probability of two neighbours' levels, px and py its marginals,
 * ps(k) and pd(k) the probabilities of i + j = k and |i - j| = k, Ng the highest level.
 */
export const formulas = {
  Autocorrelation: ({ product }) => product,
  ClusterProminence: cluster(4),
  ClusterShade: cluster(3),
  ClusterTendency: cluster(2),
  Contrast: ({ pDifference }) => mean(pDifference, (k) => k * k),
  Correlation: correlation,
  DifferenceAverage: ({ pDifference }) => mean(pDifference, (k) => k),
  DifferenceEntropy: ({ pDifference }) => entropy(pDifference),
  DifferenceVariance: ({ pDifference }) => {
    const average = mean(pDifference, (k) => k);
    return mean(pDifference, (k) => (k - average) ** 2);
  },
  Id: ({ pDifference }) => mean(pDifference, (k) => 1 / (1 + k)),
  Idm: ({ pDifference }) => mean(pDifference, (k) => 1 / (1 + k * k)),
  Idmn: ({ pDifference, highest }) => mean(pDifference, (k) => 1 / (1 + (k * k) / (highest * highest))),
  Idn: ({ pDifference, highest }) => mean(pDifference, (k) => 1 / (1 + k / highest)),
  Imc1: informationCorrelation1,
  Imc2: informationCorrelation2,
  InverseVariance: ({ pDifference }) => mean(pDifference, (k) => (k === 0 ? 0 : 1 / (k * k))),
  JointAverage: ({ meanX }) => meanX,
  JointEnergy: ({ energy }) => energy,
  JointEntropy: (joint) => joint.entropy,
  MCC: maximalCorrelation,
  MaximumProbability: ({ maximum }) => maximum,
  SumAverage: ({ pSum }) => mean(pSum, (k) => k),
  SumEntropy: ({ pSum }) => entropy(pSum),
  SumSquares: varianceX,
} satisfies Record<string, (joint: Joint) => number>;

export type GlcmFeature = keyof typeof formulas;

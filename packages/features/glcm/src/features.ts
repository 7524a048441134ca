import { EPSILON } from '@radloom/imaging';
import type { Joint } from './joint.js';
import { maximalCorrelation } from './maximal-correlation.js';

/** Sum over k of p(k) f(k, a). */
function mean(p: Float64Array, f: (k: number, a: number) => number, a = 0): number {
  let sum = 0;
  for (let k = 0; k < p.length; k++) if (p[k] !== 0) sum += p[k] * f(k, a);
  return sum;
}

const itself = (k: number) => k;
const square = (k: number, from: number) => (k - from) * (k - from);
const cube = (k: number, from: number) => square(k, from) * (k - from);
const fourthPower = (k: number, from: number) => square(k, from) * square(k, from);
const inverse = (k: number, scale: number) => 1 / (1 + k * scale);
const inverseSquare = (k: number) => (k === 0 ? 0 : 1 / (k * k));
const inverseOfSquare = (k: number, scale: number) => 1 / (1 + k * k * scale);

/** -sum of p log2(p + eps). */
function entropy(p: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < p.length; k++) if (p[k] !== 0) sum -= p[k] * Math.log2(p[k] + EPSILON);
  return sum;
}

/** Variance of the levels under a marginal. */
function levelVariance(p: Float64Array, levels: Float64Array, average: number): number {
  let sum = 0;
  for (let r = 0; r < p.length; r++) sum += p[r] * (levels[r] - average) * (levels[r] - average);
  return sum;
}

const varianceX = ({ px, levels, meanX }: Joint): number => levelVariance(px, levels, meanX);
const varianceY = ({ py, levels, meanY }: Joint): number => levelVariance(py, levels, meanY);

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
    return exactEntropy(px) + exactEntropy(py) - (EPSILON / Math.LN2) * occurring(px) * occurring(py);
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

function exactEntropy(p: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < p.length; k++) if (p[k] !== 0) sum -= p[k] * Math.log2(p[k]);
  return sum;
}

function occurring(p: Float64Array): number {
  let levels = 0;
  for (let k = 0; k < p.length; k++) if (p[k] > 0) levels++;
  return levels;
}

/**
 * The features of one matrix, in PyRadiomics' names. p(i, j) is the joint probability of two neighbours' levels, px and py its marginals,
 * ps(k) and pd(k) the probabilities of i + j = k and |i - j| = k, Ng the highest level.
 */
export const formulas = {
  Autocorrelation: ({ product }) => product,
  ClusterProminence: ({ pSum, meanX, meanY }) => mean(pSum, fourthPower, meanX + meanY),
  ClusterShade: ({ pSum, meanX, meanY }) => mean(pSum, cube, meanX + meanY),
  ClusterTendency: ({ pSum, meanX, meanY }) => mean(pSum, square, meanX + meanY),
  Contrast: ({ pDifference }) => mean(pDifference, square),
  Correlation: correlation,
  DifferenceAverage: ({ pDifference }) => mean(pDifference, itself),
  DifferenceEntropy: ({ pDifference }) => entropy(pDifference),
  DifferenceVariance: ({ pDifference }) => mean(pDifference, square, mean(pDifference, itself)),
  Id: ({ pDifference }) => mean(pDifference, inverse, 1),
  Idm: ({ pDifference }) => mean(pDifference, inverseOfSquare, 1),
  Idmn: ({ pDifference, highest }) => mean(pDifference, inverseOfSquare, 1 / (highest * highest)),
  Idn: ({ pDifference, highest }) => mean(pDifference, inverse, 1 / highest),
  Imc1: informationCorrelation1,
  Imc2: informationCorrelation2,
  InverseVariance: ({ pDifference }) => mean(pDifference, inverseSquare),
  JointAverage: ({ meanX }) => meanX,
  JointEnergy: ({ energy }) => energy,
  JointEntropy: (joint) => joint.entropy,
  MCC: maximalCorrelation,
  MaximumProbability: ({ maximum }) => maximum,
  SumAverage: ({ pSum }) => mean(pSum, itself),
  SumEntropy: ({ pSum }) => entropy(pSum),
  SumSquares: varianceX,
} satisfies Record<string, (joint: Joint) => number>;

export type GlcmFeature = keyof typeof formulas;

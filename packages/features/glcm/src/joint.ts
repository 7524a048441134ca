import { EPSILON, type PairMatrix } from '@radloom/imaging';
import { Scratch } from './scratch.js';

/**
 * A co-occurrence matrix as a joint probability p(i, j), its marginals, and the sums over all its cells that features share. Its arrays are
 * overwritten by the next matrix.
 */
export interface Joint {
  /** The matrix, its counts divided by their sum. */
  readonly start: Uint32Array;
  readonly column: Uint32Array;
  readonly p: Float64Array;
  /** Grey levels i of rows and columns: those that occur in the ROI, ascending. */
  readonly levels: Float64Array;
  /** Highest grey level, Ng. */
  readonly highest: number;
  /** p(i, j) = p(j, i): sums need half of the cells. */
  readonly symmetrical: boolean;
  /** Sums of p over columns and over rows. */
  readonly px: Float64Array;
  readonly py: Float64Array;
  readonly meanX: number;
  readonly meanY: number;
  /** Sum of p where i + j = k, for k = 0..2 Ng. */
  readonly pSum: Float64Array;
  /** Sum of p where |i - j| = k, for k = 0..Ng - 1. */
  readonly pDifference: Float64Array;
  /** Sum of p2. */
  readonly energy: number;
  /** HXY, -sum of p log2(p + eps). */
  readonly entropy: number;
  /** HXY1, -sum of p log2(px py + eps). */
  readonly crossEntropy: number;
  readonly maximum: number;
  /** Sum of p i j. */
  readonly product: number;
  /** Sum of p (i - meanX)(j - meanY). */
  readonly covariance: number;
  /** Memory for what else is worked out from this matrix. */
  readonly scratch: Scratch;
}

/** What all matrices of a region have in common. */
export interface JointSettings {
  readonly levels: Float64Array;
  readonly highest: number;
  readonly symmetrical: boolean;
}

const scratch = new Scratch();

/** The joint probabilities of one matrix. */
export function jointProbabilities({ start, column, count }: PairMatrix, { levels, highest, symmetrical }: JointSettings): Joint {
  scratch.reset();
  const n = levels.length;
  const pSum = scratch.doubles(2 * highest + 1);
  const pDifference = scratch.doubles(highest);
  const p = scratch.doubles(count.length);
  const px = scratch.doubles(n);
  const py = scratch.doubles(n);
  let total = 0;
  for (let c = 0; c < count.length; c++) total += count[c];
  let meanX = 0, meanY = 0, energy = 0, maximum = 0, product = 0;
  for (let r = 0; r < n; r++) {
    const i = levels[r];
    for (let c = start[r]; c < start[r + 1]; c++) {
      const j = levels[column[c]];
      const probability = count[c] / total;
      p[c] = probability;
      px[r] += probability;
      py[column[c]] += probability;
      pSum[i + j] += probability;
      pDifference[Math.abs(i - j)] += probability;
      meanX += probability * i;
      meanY += probability * j;
      product += probability * i * j;
      energy += probability * probability;
      if (probability > maximum) maximum = probability;
    }
  }
  let covariance = 0, entropy = 0, crossEntropy = 0;
  for (let r = 0; r < n; r++) {
    for (let c = start[r]; c < start[r + 1]; c++) {
      if (symmetrical && column[c] > r) continue; // its mirror counts twice
      const share = symmetrical && column[c] < r ? 2 * p[c] : p[c];
      covariance += share * (levels[r] - meanX) * (levels[column[c]] - meanY);
      entropy -= share * Math.log2(p[c] + EPSILON);
      crossEntropy -= share * Math.log2(px[r] * py[column[c]] + EPSILON);
    }
  }
  return { start, column, p, levels, highest, symmetrical, px, py, pSum, pDifference, scratch, meanX, meanY, energy, entropy, crossEntropy, maximum, product, covariance };
}

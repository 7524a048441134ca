import { EPSILON, type PairMatrix } from '@radloom/imaging';

/** A co-occurrence matrix as a joint probability p(i, j), its marginals, and the sums over all its cells that features share. */
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
  /** Sum of p where i + j = k, for k = 0..2 Ng. Overwritten by the next matrix. */
  readonly pSum: Float64Array;
  /** Sum of p where |i - j| = k, for k = 0..Ng - 1. Overwritten by the next matrix. */
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
}

/** Makes joint probabilities one after the other; memory for sums and differences of levels is made once. */
export function jointProbabilities(levels: Float64Array, highest: number, symmetrical: boolean): (matrix: PairMatrix) => Joint {
  const pSum = new Float64Array(2 * highest + 1);
  const pDifference = new Float64Array(highest);
  return ({ start, column, count }) => {
    pSum.fill(0);
    pDifference.fill(0);
    const n = levels.length;
    const p = new Float64Array(count.length);
    const px = new Float64Array(n);
    const py = new Float64Array(n);
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
    return { start, column, p, levels, highest, symmetrical, px, py, meanX, meanY, pSum, pDifference, energy, entropy, crossEntropy, maximum, product, covariance };
  };
}

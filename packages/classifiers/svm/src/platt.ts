/** Turns a decision value f into a probability of the event, `1 / (1 + exp(slope f + intercept))`. */
export interface Sigmoid {
  readonly slope: number;
  readonly intercept: number;
}

export function sigmoidProbability({ slope, intercept }: Sigmoid, decision: number): number {
  const z = slope * decision + intercept;
  // Each form is exact where the other would overflow.
  return z >= 0 ? Math.exp(-z) / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z));
}

const STEPS = 200;
const SMALLEST_STEP = 1e-10;
const RIDGE = 1e-12;

/**
 * Platt's sigmoid by maximum likelihood, with his targets `(N1 + 1) / (N1 + 2)` for the N1 events and `1 / (N0 + 2)` for the N0 others,
 * by Newton's method with backtracking (Platt 1999; Lin, Lin & Weng 2007), to a gradient of 1e-10.
 *
 * @param decision  per row
 * @param y         1 event, 0 none
 */
export function fitSigmoid(decision: Float64Array, y: Uint8Array): Sigmoid {
  const n = decision.length;
  const events = y.reduce((sum, value) => sum + value, 0);
  const high = (events + 1) / (events + 2);
  const low = 1 / (n - events + 2);
  const target = Float64Array.from(y, (value) => (value === 1 ? high : low));
  /** Negative log likelihood. */
  const loss = (slope: number, intercept: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const z = slope * decision[i] + intercept;
      sum += z >= 0 ? target[i] * z + Math.log1p(Math.exp(-z)) : (target[i] - 1) * z + Math.log1p(Math.exp(z));
    }
    return sum;
  };
  let slope = 0;
  let intercept = Math.log((n - events + 1) / (events + 1));
  let value = loss(slope, intercept);
  for (let step = 0; step < STEPS; step++) {
    let h11 = RIDGE;
    let h22 = RIDGE;
    let h21 = 0;
    let g1 = 0;
    let g2 = 0;
    for (let i = 0; i < n; i++) {
      const p = sigmoidProbability({ slope, intercept }, decision[i]);
      const curvature = p * (1 - p);
      const pull = target[i] - p;
      h11 += decision[i] * decision[i] * curvature;
      h22 += curvature;
      h21 += decision[i] * curvature;
      g1 += decision[i] * pull;
      g2 += pull;
    }
    if (Math.abs(g1) < 1e-10 && Math.abs(g2) < 1e-10) break;
    const determinant = h11 * h22 - h21 * h21;
    const toSlope = -(h22 * g1 - h21 * g2) / determinant;
    const toIntercept = -(h11 * g2 - h21 * g1) / determinant;
    const descent = g1 * toSlope + g2 * toIntercept;
    let size = 1;
    for (; size >= SMALLEST_STEP; size /= 2) {
      const next = loss(slope + size * toSlope, intercept + size * toIntercept);
      // Close to the minimum the loss no longer tells points apart, while Newton's step still improves: the last term lets it through.
      if (next <= value + 1e-4 * size * descent + 1e-14 * value) {
        slope += size * toSlope;
        intercept += size * toIntercept;
        value = next;
        break;
      }
    }
    if (size < SMALLEST_STEP) break;
  }
  return { slope, intercept };
}

import type { Fit } from './fit.js';
import type { PathEnd, PenalisedFamily } from './options.js';
import type { Problem } from './problem.js';

/** Stands for infinite penalty, as in glmnet: the first solution is fitted here and labelled with the largest useful λ. */
const BEYOND = 9.9e35;
const SMALLEST_RATIO = 1e-6;
/** An automatic path does not end before this many values. */
const LEAST = 5;

/** One λ: as the solver takes it (in units of the scaled response) and, once its solution is there, as it is reported. */
export interface PathPoint {
  readonly internal: number;
  /** The one before it, in the solver's units; 0 when it is the first. */
  readonly previous: number;
  label(): number;
}

/** The penalties of a path, in turn. The automatic ones start from the gradients of the fit at infinite penalty. */
export function* penalties(problem: Problem, fit: Fit, rows: number, scale: number): Generator<PathPoint> {
  const { lambda, lambdaCount, lambdaMinRatio, family, p } = problem;
  if (lambda !== undefined) {
    let previous = 0;
    for (const value of lambda) {
      yield { internal: value / scale, previous, label: () => value };
      previous = value / scale;
    }
    return;
  }
  let first = NaN;
  yield { internal: BEYOND, previous: 0, label: () => (first = largestUseful(problem, fit)) * scale };
  const ratio = Math.max(SMALLEST_RATIO, lambdaMinRatio ?? (rows < p ? 0.01 : 1e-4));
  const exponent = 1 / (lambdaCount - 1);
  // glmnet's Cox routine holds this exponent in single precision, and its sequences are reproduced to the last digits.
  const power = family === 'cox' ? Math.fround(exponent) : exponent;
  let previous = first;
  for (let k = 1; k < lambdaCount; k++) {
    const internal = first * ratio ** (k * power);
    yield { internal, previous, label: () => internal * scale };
    previous = internal;
  }
}

/** The smallest λ at which no penalised column has a coefficient; for ridge that of α = 0.001. */
function largestUseful({ factor, alpha }: Problem, fit: Fit): number {
  let largest = 0;
  fit.slopes().forEach((slope, j) => {
    if (factor[j] > 0) largest = Math.max(largest, slope / factor[j]);
  });
  return largest / Math.max(alpha, 1e-3);
}

/** When an automatic path ends: enough explained, or too little gained over the last `back` values (of the whole when `relative`). */
const ENDINGS: Record<PenalisedFamily, { explained: number; gain: number; back: number; relative: boolean }> = {
  gaussian: { explained: 0.999, gain: 1e-5, back: 1, relative: true },
  binomial: { explained: 0.999, gain: 1e-5, back: 1, relative: false },
  multinomial: { explained: 0.999, gain: 1e-5, back: 1, relative: false },
  cox: { explained: 0.99, gain: 1e-3, back: LEAST - 1, relative: true },
};

/** Whether an automatic path ends with its last value, and why. */
export function ending({ family, held, maxNonzero }: Problem, explained: readonly number[], nonzero: number): PathEnd | undefined {
  const k = explained.length - 1;
  if (k + 1 < LEAST) return undefined;
  if (nonzero > maxNonzero) return 'nonzero-limit';
  const { explained: enough, gain, back, relative } = ENDINGS[family];
  const gained = (explained[k] - explained[k - back]) / (relative ? explained[k] : 1);
  if (explained[k] !== 0 && gained < (held ? 0 : gain)) return 'no-gain';
  return explained[k] > enough ? 'explained' : undefined;
}

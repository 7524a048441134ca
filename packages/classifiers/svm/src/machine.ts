import { libsvm } from './library.js';
import { type Kernel, type KernelSettings, makeKernel } from './kernel.js';

/** Points with their classes, row by row: coordinate c of row r at `r * columns + c`. */
export interface Sample {
  readonly rows: number;
  readonly columns: number;
  readonly points: Float64Array;
  /** 1 event, 0 none. */
  readonly y: Uint8Array;
}

export interface TrainSettings extends KernelSettings {
  readonly cost: number;
  readonly tolerance: number;
  readonly weights: { readonly event: number; readonly none: number };
}

/** A decision function: `sum_i coefficient_i K(support_i, x) - offset`, above 0 on the side of the event. */
export interface Machine extends KernelSettings {
  readonly columns: number;
  /** Support vectors, row by row. */
  readonly support: Float64Array;
  /** Alpha, positive for an event and negative otherwise. */
  readonly coefficient: Float64Array;
  readonly offset: number;
  /** Index of each support vector among the training rows. */
  readonly row: Int32Array;
}

const kernelNumber = { linear: '0', polynomial: '1', rbf: '2', sigmoid: '3' };

/** The C-SVC solution for a sample with both classes (Chang & Lin 2011, eq. 1). */
export async function trainMachine(sample: Sample, settings: TrainSettings): Promise<Machine> {
  const { columns, points, y } = sample;
  const { kernel, gamma, degree, coef0, cost, tolerance, weights } = settings;
  const Library = await libsvm();
  const solver = new Library({ type: '0', kernel: kernelNumber[kernel], cost, gamma, degree, coef0, tolerance, weight: { 1: weights.event, 0: weights.none }, quiet: true });
  let row: Int32Array;
  let serialised: string;
  try {
    solver.train(
      Array.from({ length: sample.rows }, (_, r) => [...points.subarray(r * columns, (r + 1) * columns)]),
      [...y],
    );
    row = Int32Array.from(solver.getSVIndices());
    serialised = withoutClock(() => solver.serializeModel());
  } finally {
    solver.free();
  }
  // The text gives points and offset with few digits, coefficients with sixteen: only these are taken. Their sign in it depends on
  // which class came first.
  const lines = serialised.slice(serialised.indexOf('\nSV\n') + 4).split('\n');
  const coefficient = Float64Array.from(row, (r, i) => Math.abs(Number.parseFloat(lines[i])) * (y[r] === 1 ? 1 : -1));
  const support = new Float64Array(row.length * columns);
  row.forEach((r, i) => support.set(points.subarray(r * columns, (r + 1) * columns), i * columns));
  const machine: Machine = { kernel, gamma, degree, coef0, columns, support, coefficient, offset: 0, row };
  return { ...machine, offset: offsetOf(machine, sample, settings) };
}

/**
 * Runs something synchronous that asks for the time and makes no use of it: libsvm writes a model to a file in its own memory first, and
 * stamps that file. A result may not depend on the clock, and this way it is seen not to.
 */
function withoutClock<T>(work: () => T): T {
  const now = Date.now;
  Date.now = () => 0;
  try {
    return work();
  } finally {
    Date.now = now;
  }
}

/**
 * The offset that the optimality conditions give: a support vector below its cost lies on its margin, so `offset = sum - y`; the mean
 * over these. Without one, the middle of what the others allow (Chang & Lin 2011, section 4.1.5).
 */
function offsetOf(machine: Machine, { rows, points, y }: Sample, { cost, weights }: TrainSettings): number {
  const sums = weightedSums(machine, points, rows);
  const alpha = new Float64Array(rows);
  machine.row.forEach((r, i) => (alpha[r] = Math.abs(machine.coefficient[i])));
  let free = 0;
  let total = 0;
  let least = -Infinity;
  let most = Infinity;
  for (let r = 0; r < rows; r++) {
    const event = y[r] === 1;
    const limit = cost * (event ? weights.event : weights.none);
    const margin = sums[r] - (event ? 1 : -1);
    const full = alpha[r] >= limit * (1 - 1e-12);
    if (alpha[r] > 0 && !full) {
      free++;
      total += margin;
    } else if (event === full) least = Math.max(least, margin);
    else most = Math.min(most, margin);
  }
  return free > 0 ? total / free : (least + most) / 2;
}

/** Decision values of points laid out as `Sample.points`. */
export function decisionValues(machine: Machine, points: Float64Array, rows: number): Float64Array {
  return weightedSums(machine, points, rows).map((sum) => sum - machine.offset);
}

function weightedSums(machine: Machine, points: Float64Array, rows: number): Float64Array {
  const { columns, support, coefficient } = machine;
  const kernel: Kernel = makeKernel(machine);
  const sums = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let i = 0; i < coefficient.length; i++) sum += coefficient[i] * kernel(points, r * columns, support, i * columns, columns);
    sums[r] = sum;
  }
  return sums;
}

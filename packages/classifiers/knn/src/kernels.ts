import { normal } from '@radloom/statistics';

/** Where the distances of one query's neighbours stand. */
export interface Votes {
  /** Distances of the k voters, ascending. */
  readonly distance: Float64Array;
  /** Distance of neighbour k + 1, at which a vote ends. */
  readonly reach: number;
  /** Number of columns of the model. */
  readonly columns: number;
}

/** Receives the weight of each voter; only their ratios matter. */
export type Kernel = (votes: Votes, weight: Float64Array) => void;

/** Farther than nothing and nearer than the reach, by this part of it, so that no weight is 0 or infinite. */
const MARGIN = 1e-6;

/** A kernel of the distance in parts of the reach. */
const ofPart =
  (weigh: (part: number) => number): Kernel =>
  ({ distance, reach }, weight) => {
    const scale = Math.max(reach, MARGIN);
    for (let i = 0; i < distance.length; i++) weight[i] = weigh(Math.max(Math.min(distance[i] / scale, 1 - MARGIN), MARGIN));
  };

/** A normal density whose tail beyond the reach holds 1 / (2 (k + 1)) on each side. */
const gaussian: Kernel = (votes, weight) => {
  const reach = normal.upperQuantile(1 / (2 * (votes.distance.length + 1)));
  ofPart((part) => Math.exp(-((part * reach) ** 2) / 2))(votes, weight);
};

/** k for the nearest down to 1 for the farthest; voters at one distance share their mean. */
const rank: Kernel = ({ distance }, weight) => {
  const k = distance.length;
  for (let first = 0; first < k; ) {
    let end = first + 1;
    while (end < k && distance[end] === distance[first]) end++;
    weight.fill(k - (first + end - 1) / 2, first, end);
    first = end;
  }
};

/** Weights of least asymptotic error, by the order of neighbours (Samworth 2012, eq. 2.5). */
const optimal: Kernel = ({ distance, columns: d }, weight) => {
  const k = distance.length;
  for (let i = 1; i <= k; i++) weight[i - 1] = (1 + d / 2 - (d / (2 * k ** (2 / d))) * (i ** (1 + 2 / d) - (i - 1) ** (1 + 2 / d))) / k;
};

/** The kernels of weighted k nearest neighbours (Hechenbichler & Schliep 2004), as R's kknn names and computes them. */
export const kernels = {
  rectangular: (_, weight) => void weight.fill(1),
  triangular: ofPart((part) => 1 - part),
  epanechnikov: ofPart((part) => 1 - part ** 2),
  biweight: ofPart((part) => (1 - part ** 2) ** 2),
  triweight: ofPart((part) => (1 - part ** 2) ** 3),
  cos: ofPart((part) => Math.cos((part * Math.PI) / 2)),
  inv: ofPart((part) => 1 / part),
  gaussian,
  rank,
  optimal,
} satisfies Record<string, Kernel>;

import { orderStatistics } from './order-statistics.js';

/** The passes that a distribution is made of. */
export interface Steps {
  rangeAndSums(shift: number): { readonly minimum: number; readonly maximum: number; readonly sum: number; readonly energy: number };
  /** Sums of the absolute distance from the mean, and of its second, third and fourth power. */
  centralSums(mean: number): { readonly absolute: number; readonly square: number; readonly cube: number; readonly fourth: number };
  /** The values at some ranks, ascending, of the sorted array. */
  select(ranks: readonly number[], minimum: number, maximum: number): number[];
  /** Of the values from `low` to `high`, both included: their number, and the sums of value - from and |value - from|. */
  sumsWithin(low: number, high: number, from: number): { readonly found: number; readonly sum: number; readonly absolute: number };
}

/**
 * The passes in plain code. Sums run in four lanes, element i in lane i mod 4, as the compiled steps have them: so both come to the same
 * bits, and a long sum loses less.
 */
export function plainSteps(values: Float64Array): Steps {
  return {
    rangeAndSums: (shift) => rangeAndSums(values, shift),
    centralSums: (mean) => centralSums(values, mean),
    select: (ranks) => orderStatistics(values, ranks),
    sumsWithin: (low, high, from) => sumsWithin(values, low, high, from),
  };
}

function rangeAndSums(values: Float64Array, shift: number): ReturnType<Steps['rangeAndSums']> {
  const sum = new Float64Array(4);
  const energy = new Float64Array(4);
  let minimum = Infinity;
  let maximum = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    if (x < minimum) minimum = x;
    if (x > maximum) maximum = x;
    sum[i & 3] += x;
    energy[i & 3] += (x + shift) * (x + shift);
  }
  return { minimum: minimum + 0, maximum: maximum + 0, sum: total(sum), energy: total(energy) }; // + 0: never -0
}

function centralSums(values: Float64Array, mean: number): ReturnType<Steps['centralSums']> {
  const absolute = new Float64Array(4);
  const square = new Float64Array(4);
  const cube = new Float64Array(4);
  const fourth = new Float64Array(4);
  for (let i = 0; i < values.length; i++) {
    const distance = values[i] - mean;
    const squared = distance * distance;
    absolute[i & 3] += Math.abs(distance);
    square[i & 3] += squared;
    cube[i & 3] += squared * distance;
    fourth[i & 3] += squared * squared;
  }
  return { absolute: total(absolute), square: total(square), cube: total(cube), fourth: total(fourth) };
}

function sumsWithin(values: Float64Array, low: number, high: number, from: number): ReturnType<Steps['sumsWithin']> {
  const sum = new Float64Array(4);
  const absolute = new Float64Array(4);
  let found = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    if (!(x >= low && x <= high)) continue;
    found++;
    sum[i & 3] += x - from;
    absolute[i & 3] += Math.abs(x - from);
  }
  return { found, sum: total(sum), absolute: total(absolute) };
}

function total([a, b, c, d]: Float64Array): number {
  return a + b + (c + d);
}

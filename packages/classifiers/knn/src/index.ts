import { defineClassifier } from '@radloom/core';
import { z } from 'zod';

export default defineClassifier({
  name: 'knn',
  summary: 'k nearest neighbours: the weighted share of events among the training rows nearest to a row',
  params: z.strictObject({
    k: z.int().positive().default(5).describe('Number of neighbours that vote; there must be more training rows than that'),
    kernel: z
      .enum(['rectangular', 'triangular', 'epanechnikov', 'biweight', 'triweight', 'cos', 'inv', 'gaussian', 'rank', 'optimal'])
      .default('optimal')
      .describe('How the vote falls with distance: rectangular counts all alike; optimal weighs by the order of neighbours (Samworth 2012)'),
    distance: z.number().positive().default(2).describe('Power of the Minkowski distance: 2 Euclidean, 1 city block'),
    scale: z.boolean().default(true).describe('Divide each column by its standard deviation in the training rows'),
    engine: z
      .enum(['auto', 'ml-knn', 'brute-force'])
      .default('auto')
      .describe('Who finds the neighbours, the same ones: ml-knn, a k-d tree; brute-force, faster for many rows; auto takes ml-knn up to 256 training rows'),
    importance: z.boolean().default(false).describe('Permutation importance of each column: rise of the Brier score of the training rows when its values are shuffled'),
  }),
  load: () => import('./run.js'),
});

/** What is used of ml-knn 3, which brings no types. */
declare module 'ml-knn' {
  export default class KNN {
    constructor(points: number[][], labels: number[], options: { k: number; distance(a: ArrayLike<number>, b: ArrayLike<number>): number });
    readonly kdTree: {
      /** The nearest points, each with its label as a last coordinate, and their distances; in no order. */
      nearest(point: number[], count: number): [point: number[], distance: number][];
    };
  }
}

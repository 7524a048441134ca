import KNN from 'ml-knn';
import type { FindNeighbours, Points } from './neighbours.js';

/**
 * Neighbours from ml-knn's k-d tree, equal to those of the brute force.
 *
 * The tree is given row numbers as labels, so that they come back with the points. It drops rows at equal distance as it meets them,
 * so it is asked for more until the farthest one is beyond the last that counts. The metric takes coordinates only: the library also
 * calls it with an object that has no length.
 */
export function treeNeighbours({ rows, columns, values, power }: Points, count: number): FindNeighbours {
  // The same arithmetic as the brute force, so that sizes are equal to the last bit.
  const size = power === 2 ? (d: number) => d * d : power === 1 ? Math.abs : (d: number) => Math.abs(d) ** power;
  const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += size(a[c] - b[c]);
    return sum;
  };
  const points = Array.from({ length: rows }, (_, r) => [...values.subarray(r * columns, (r + 1) * columns)]);
  const labels = points.map((_, r) => r);
  const { kdTree } = new KNN(points, labels, { k: count, distance });
  const found = { row: new Int32Array(count), size: new Float64Array(count) };
  return (queries, at) => {
    const query = [...queries.subarray(at, at + columns)];
    for (let asked = count + 1; ; asked *= 2) {
      const nearest = kdTree
        .nearest(query, Math.min(asked, rows))
        .map(([point, sum]) => ({ row: point[columns], sum }))
        .sort((a, b) => a.sum - b.sum || a.row - b.row);
      if (nearest.length < rows && nearest[nearest.length - 1].sum === nearest[count - 1].sum) continue;
      for (let i = 0; i < count; i++) {
        found.row[i] = nearest[i].row;
        found.size[i] = nearest[i].sum;
      }
      return found;
    }
  };
}

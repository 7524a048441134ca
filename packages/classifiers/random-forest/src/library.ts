import type { RandomForestClassifier as Library } from 'ml-random-forest';
import type { GrowTree } from './grow.js';
import type { GrowingForest } from './forest.js';

/** A node of the library's trees (ml-cart), as far as it is read here. */
interface LibraryNode {
  readonly left?: LibraryNode;
  readonly right?: LibraryNode;
  readonly splitColumn?: number;
  readonly splitValue?: number;
  readonly distribution?: { maxRowIndex(row: number): readonly number[] };
}

/**
 * Trees of ml-random-forest, copied into our arrays so that the model is plain data and every tree votes.
 *
 * Each tree is a library forest of one tree on rows drawn here, because of what the library does otherwise: its own drawing hides which
 * rows a tree did not see, its out-of-bag results fail when a row is in every tree, `maxSamples` keeps the first rows instead of drawing,
 * and `predictProbability` loses the vote of the first tree. Columns are drawn once a tree, without replacement; their number is given
 * as a fraction because the library reads 1 as all of them. A leaf predicts 0 or 1: the library has no class frequencies.
 */
export function libraryGrower(RandomForestClassifier: typeof Library, x: Float64Array, y: Uint8Array, columns: number, mtry: number, minNodeSize: number): GrowTree {
  const rows = y.length;
  const samples = Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => x[c * rows + r]));
  return (bag, stream, forest) => {
    const drawn: number[] = [];
    bag.forEach((times, r) => {
      for (let i = 0; i < times; i++) drawn.push(r);
    });
    const library = new RandomForestClassifier({
      nEstimators: 1,
      useSampleBagging: false,
      noOOB: true,
      replacement: false,
      maxFeatures: mtry === columns ? 1 : (mtry + 0.5) / columns,
      treeOptions: { minNumSamples: minNodeSize },
      seed: stream.integer(2 ** 31 - 1),
    });
    library.train(drawn.map((r) => samples[r]), drawn.map((r) => y[r]));
    const [tree] = library.estimators as unknown as readonly { readonly root: LibraryNode }[];
    copyNode(tree.root, library.indexes![0], forest, forest.plant());
  };
}

function copyNode(node: LibraryNode, columns: readonly number[], forest: GrowingForest, at: number): void {
  if (node.left === undefined || node.right === undefined) {
    forest.leaf(at, node.distribution!.maxRowIndex(0)[1]);
    return;
  }
  // The library sends values below the threshold left, our trees those up to it.
  const child = forest.branch(at, columns[node.splitColumn!], below(node.splitValue!));
  copyNode(node.left, columns, forest, child);
  copyNode(node.right, columns, forest, child + 1);
}

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/** The largest double below a finite value. */
export function below(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  float[0] = value;
  bits[0] += value > 0 ? -1n : 1n;
  return float[0];
}

/**
 * Trees, one after the other, as flat arrays.
 *
 * A node `i` with `column[i] < 0` is a leaf and `value[i]` its prediction; any other sends a row left, to node `left[i]`, when the row's
 * value in that column is at most `value[i]`, and right, to node `left[i] + 1`, otherwise. Tree t begins at node `roots[t]`.
 */
export interface Forest {
  readonly roots: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
  readonly left: Int32Array;
}

/** A forest that still grows. */
export interface GrowingForest extends Forest {
  /** Number of nodes so far. */
  readonly size: number;
  /** Begins a tree; gives back its root. */
  plant(): number;
  /** Makes node `at` a leaf. */
  leaf(at: number, prediction: number): void;
  /** Makes node `at` send rows on; gives back its left child, after which comes the right one. */
  branch(at: number, column: number, threshold: number): number;
  /** The arrays without room to grow. */
  finished(): Forest;
}

/** An empty forest with room for some trees; its arrays double as needed. */
export function growingForest(trees: number): GrowingForest {
  let roots = new Int32Array(trees);
  let column = new Int32Array(1024);
  let value = new Float64Array(1024);
  let left = new Int32Array(1024);
  let planted = 0;
  let nodes = 0;
  const reserve = (count: number): number => {
    if (nodes + count > column.length) {
      const size = 2 * column.length;
      column = resized(column, new Int32Array(size));
      value = resized(value, new Float64Array(size));
      left = resized(left, new Int32Array(size));
    }
    nodes += count;
    return nodes - count;
  };
  return {
    get roots() {
      return roots;
    },
    get column() {
      return column;
    },
    get value() {
      return value;
    },
    get left() {
      return left;
    },
    get size() {
      return nodes;
    },
    plant() {
      if (planted === roots.length) roots = resized(roots, new Int32Array(2 * planted + 1));
      return (roots[planted++] = reserve(1));
    },
    leaf(at, prediction) {
      column[at] = -1;
      value[at] = prediction;
    },
    branch(at, by, threshold) {
      const child = reserve(2);
      column[at] = by;
      value[at] = threshold;
      left[at] = child;
      return child;
    },
    finished: () => ({ roots: roots.slice(0, planted), column: column.slice(0, nodes), value: value.slice(0, nodes), left: left.slice(0, nodes) }),
  };
}

function resized<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/**
 * What one tree says of a row.
 *
 * @param x  column by column: value of row r, column c at `c * rows + r`
 */
export function treePrediction({ column, value, left }: Forest, root: number, x: Float64Array, rows: number, row: number): number {
  let node = root;
  for (;;) {
    const by = column[node];
    if (by < 0) return value[node];
    node = left[node] + (x[by * rows + row] <= value[node] ? 0 : 1);
  }
}

/** The mean of all trees' predictions, per row; `x` as in `treePrediction`. */
export function forestPredictions(forest: Forest, x: Float64Array, rows: number): Float64Array {
  const { roots } = forest;
  const mean = new Float64Array(rows);
  for (let t = 0; t < roots.length; t++) for (let r = 0; r < rows; r++) mean[r] += treePrediction(forest, roots[t], x, rows, r);
  for (let r = 0; r < rows; r++) mean[r] /= roots.length;
  return mean;
}

import { type Clusters, clustersAt, type PooledPredictions } from '@radloom/statistics';

/** Two models on the rows that both predicted, in the same order. */
export interface Pair {
  readonly model: string;
  readonly against: string;
  readonly role: PooledPredictions['role'];
  /** Names of the rows; a row that several folds predicted comes once for each. */
  readonly rows: readonly string[];
  /** Per row whose it is. */
  readonly patients: readonly string[];
  /** Rows that hang together; undefined where each is a patient of its own. */
  readonly clusters: Clusters | undefined;
  readonly outcome: Uint8Array;
  readonly probability: Float64Array;
  readonly againstProbability: Float64Array;
  /** Rows that only one of them predicted. */
  readonly unshared: number;
}

/** Every pair of models of one role; the reference is what the others are set against, then the models in their order. */
export function pairsOf(groups: readonly PooledPredictions[], reference: string): Pair[] {
  const first = groups.find(({ model }) => model === reference);
  const ordered = first === undefined ? groups : [first, ...groups.filter((group) => group !== first)];
  return ordered.flatMap((against, i) => ordered.slice(i + 1).map((model) => pair(model, against)));
}

function pair(model: PooledPredictions, against: PooledPredictions): Pair {
  const place = new Map<string, number>();
  eachRow(against, (key, row) => place.set(key, row));
  const [mine, theirs]: [number[], number[]] = [[], []];
  eachRow(model, (key, row) => {
    const other = place.get(key);
    if (other === undefined) return;
    mine.push(row);
    theirs.push(other);
  });
  return {
    model: model.model,
    against: against.model,
    role: model.role,
    rows: mine.map((row) => model.rows[row]),
    patients: mine.map((row) => model.patients[row]),
    clusters: model.clusters === undefined ? undefined : clustersAt(model.clusters, mine),
    outcome: Uint8Array.from(mine, (row) => model.outcome[row]),
    probability: Float64Array.from(mine, (row) => model.probability[row]),
    againstProbability: Float64Array.from(theirs, (row) => against.probability[row]),
    unshared: model.rows.length + against.rows.length - 2 * mine.length,
  };
}

/** A row is known by its fold and its name: the same case in another fold was predicted by another fit. */
function eachRow({ folds }: PooledPredictions, use: (key: string, row: number) => void): void {
  let row = 0;
  for (const { name, predictions } of folds) for (const id of predictions.rows) use(JSON.stringify([name, id]), row++);
}

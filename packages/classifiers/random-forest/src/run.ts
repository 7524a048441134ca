import { type Context, type Model, random, RadloomError, type TrainingSet } from '@radloom/core';
import { bagDrawer } from './bag.js';
import { sortColumns } from './columns.js';
import { type Forest, forestPredictions, growingForest } from './forest.js';
import { type GrowTree, treeGrower } from './grow.js';
import { libraryGrower } from './library.js';
import { addPermutationImportance, brierScore, outOfBag } from './out-of-bag.js';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly engine: 'radloom' | 'ml-random-forest';
  readonly trees: number;
  readonly mtry: 'sqrt' | number;
  readonly minNodeSize: number;
  readonly sampleFraction: number;
  readonly classWeights: 'balanced' | { readonly event: number; readonly none: number };
  readonly caseWeights: Readonly<Record<string, number>>;
  readonly importance: boolean;
}

/**
 * A forest, with what it says of rows out of the bag.
 *
 * Summary: `mtry` as used; `outOfBag` (Brier score, probability per row, NaN for a row that every tree drew); `impurityImportance` per
 * column, the decrease of `rows x Gini impurity` by its splits, mean over trees (own engine only); `permutationImportance` if asked.
 */
export async function fit(set: TrainingSet, settings: Settings, ctx: Context) {
  const { x, y, rows, predictors } = set;
  const columns = predictors.length;
  const mtry = columnsToDraw(settings.mtry, columns, ctx);
  const impurity = new Float64Array(columns);
  const permutation = new Float64Array(columns);
  const grow = await grower(set, settings, mtry, impurity);
  const draw = bagDrawer(rows, Math.max(1, Math.floor(rows * settings.sampleFraction)), rowWeights(set, settings.caseWeights));
  const stream = random(ctx.seed);
  // Its own stream, so that asking for importance does not change the forest.
  const shuffles = random([ctx.seed[0] ^ 0x9e3779b9, ctx.seed[1], ctx.seed[2], ctx.seed[3]]);
  const forest = growingForest(settings.trees);
  const out = outOfBag(x, rows);
  const bag = new Int32Array(rows);
  const used = new Uint8Array(columns);
  for (let t = 0; t < settings.trees; t++) {
    ctx.signal.throwIfAborted();
    draw(stream, bag);
    grow(bag, stream, forest);
    out.add(forest, forest.roots[t], bag);
    if (settings.importance) addPermutationImportance(forest, forest.roots[t], forest.size, bag, x, y, shuffles, used, permutation);
    ctx.progress(t + 1, settings.trees);
  }
  const probability = out.probability();
  return {
    state: { ...forest.finished() },
    summary: {
      settings,
      mtry,
      outOfBag: { brier: brierScore(probability, y), probability },
      ...(settings.engine === 'radloom' ? { impurityImportance: byName(predictors, impurity, settings.trees) } : {}),
      ...(settings.importance ? { permutationImportance: byName(predictors, permutation, settings.trees) } : {}),
    },
  };
}

/** Mean over trees of the event frequency in the row's leaf. */
export function predict(model: Model, x: Float64Array, rows: number): Float64Array {
  return forestPredictions(model.state as unknown as Forest, x, rows);
}

async function grower(set: TrainingSet, settings: Settings, mtry: number, impurity: Float64Array): Promise<GrowTree> {
  const { x, y, rows, predictors } = set;
  const weights = settings.classWeights === 'balanced' ? balanced(y) : settings.classWeights;
  if (settings.engine === 'radloom') return treeGrower(sortColumns(x, rows, predictors.length), y, { mtry, minNodeSize: settings.minNodeSize, weights }, impurity);
  if (weights.event !== weights.none) {
    throw new RadloomError({ code: 'setting-unsupported', what: 'The engine ml-random-forest has no class weights.', where: { field: 'classWeights' }, fix: 'Use engine: radloom, or leave classWeights out.' });
  }
  const { RandomForestClassifier } = await import('ml-random-forest');
  return libraryGrower(RandomForestClassifier, x, y, predictors.length, mtry, settings.minNodeSize);
}

function columnsToDraw(mtry: Settings['mtry'], columns: number, ctx: Context): number {
  if (mtry === 'sqrt') return Math.floor(Math.sqrt(columns));
  if (mtry > columns) ctx.warn('mtry-above-columns', `mtry is ${mtry} and there are ${columns} columns: all are tried at every split.`, { mtry, columns });
  return Math.min(mtry, columns);
}

function balanced(y: Uint8Array): { event: number; none: number } {
  const events = y.reduce((sum, value) => sum + value, 0);
  return { event: y.length / (2 * events), none: y.length / (2 * (y.length - events)) };
}

function rowWeights({ table }: TrainingSet, weights: Settings['caseWeights']): Float64Array | undefined {
  if (Object.keys(weights).length === 0) return undefined;
  const byRow = Float64Array.from(table.rows, (row) => weights[row.id] ?? 1);
  if (byRow.some((weight) => weight > 0)) return byRow;
  throw new RadloomError({ code: 'bad-setting', what: 'caseWeights: the weights of all training rows are 0.', where: { field: 'caseWeights' }, fix: 'Give some row a weight above 0.' });
}

function byName(names: readonly string[], sums: Float64Array, count: number): Record<string, number> {
  return Object.fromEntries(names.map((name, c) => [name, sums[c] / count]));
}

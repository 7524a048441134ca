import { columnMajor, type Context, type Gathered, type Metric, type Metrics, type Model, outcomeOf, type Plain, type Predictions, RadloomError, type Table, takeRows } from '@radloom/core';
import { kernelAttribution } from './kernel.js';
import { type Attribution, linearAttribution } from './linear.js';
import { permutationImportances } from './permutation.js';
import type { Design, Settings } from './perturb.js';
import { type Forest, forestAttribution } from './trees.js';

export interface RunInputs {
  readonly design: Plain;
  readonly models: readonly Gathered<Model>[];
  /** The rows that taught the models. */
  readonly training: Table;
  readonly table: Table;
  readonly shuffled: readonly Gathered<Predictions>[];
  readonly coalitions?: readonly Gathered<Predictions>[];
}

type Entry = Metrics['entries'][number];

/** Sums may differ from the prediction by rounding alone. */
const TOLERANCE = 1e-6;

/** One entry a model: `detail` has the SHAP values with what they explain, and the permutation importance. */
export function run(inputs: RunInputs, _settings: Settings, ctx: Context): { metrics: Metrics } {
  const design = inputs.design.value as Design;
  if (design.rows.length === 0) return { metrics: { type: 'metrics', family: 'explanation', entries: [] } };
  const explained = rowsNamed(inputs.table, design.rows);
  const entries = inputs.models.flatMap(({ name, value }, done) => {
    ctx.progress(done, inputs.models.length);
    const shuffled = inputs.shuffled.find((entry) => entry.name === name)?.value;
    return value === undefined || shuffled === undefined ? [] : [entryOf(name, value, shuffled, inputs.coalitions?.find((entry) => entry.name === name)?.value, explained, inputs, design, ctx)];
  });
  return { metrics: { type: 'metrics', family: 'explanation', entries } };
}

function rowsNamed(table: Table, ids: readonly string[]): Table {
  const place = new Map(table.rows.map((row, i) => [row.id, i]));
  const missing = ids.find((id) => !place.has(id));
  if (missing !== undefined) throw new RadloomError({ code: 'row-unknown', what: `Row ${missing} was to be explained and is not in the table.`, deterministic: false });
  return takeRows(table, ids.map((id) => place.get(id)!), table.partition.role, table.partition.fold);
}

/** SHAP values, on which scale and how they were found. */
interface Explained extends Attribution {
  readonly scale: 'probability' | 'log-odds';
  readonly method: 'linear' | 'tree' | 'kernel';
  /** On the scale. */
  readonly prediction: Float64Array;
}

function entryOf(name: string, model: Model, shuffled: Predictions, coalitions: Predictions | undefined, explained: Table, { training }: RunInputs, design: Design, ctx: Context): Entry {
  const rows = explained.rows.length;
  const outcome = outcomeOf(explained);
  const probability = shuffled.probability.slice(0, rows);
  const found = model.predictors.length === 0 || design.features.length === 0 ? undefined : attribute(model, probability, coalitions, explained, training, design);
  const error = found === undefined ? NaN : largestGap(found, design.features.length);
  const notes: { code: string; text: string }[] = [];
  if (error > TOLERANCE) {
    const text = `The SHAP values of ${name} miss its predictions by up to ${error}: they are not shown.`;
    notes.push({ code: 'not-additive', text });
    ctx.warn('not-additive', text, { model: name, error });
  }
  const metric: Metric = Number.isNaN(error) ? { name: 'additivityError', value: NaN, reason: whyNone(model, design) } : { name: 'additivityError', value: error };
  return {
    model: name,
    role: explained.partition.role === 'test' ? 'test' : 'training',
    rows,
    events: outcome.reduce((sum, value) => sum + value, 0),
    metrics: [metric],
    detail: {
      features: design.features,
      rows: design.rows,
      outcome,
      probability,
      x: rowMajor(columnMajor(explained, design.features), rows, design.features.length),
      permutation: permutationImportances(design.features, outcome, shuffled.probability, design.shuffles),
      ...(found === undefined || error > TOLERANCE ? {} : { shap: { ...found, background: found.method === 'kernel' ? design.background : training.rows.length } }),
      notes,
    },
  };
}

function attribute(model: Model, probability: Float64Array, coalitions: Predictions | undefined, explained: Table, training: Table, design: Design): Explained | undefined {
  const rows = explained.rows.length;
  const x = columnMajor(explained, design.features);
  const same = model.predictors.length === design.features.length && model.predictors.every((predictor, j) => predictor === design.features[j]);
  const taught = model.fittedOn.rowSet === training.partition.rowSet;
  if (same && taught && model.version === 1 && model.plugin === 'classifier/logistic') {
    const { intercept, coefficient } = model.state as { intercept: number; coefficient: Float64Array };
    return { scale: 'log-odds', method: 'linear', prediction: probability.map((p) => Math.log(p / (1 - p))), ...linearAttribution(intercept, coefficient, x, rows, columnMajor(training, design.features), training.rows.length) };
  }
  if (same && taught && model.version === 1 && model.plugin === 'classifier/random-forest') {
    return { scale: 'probability', method: 'tree', prediction: probability, ...forestAttribution(model.state as unknown as Forest, design.features.length, x, rows, columnMajor(training, design.features), training.rows.length) };
  }
  return coalitions === undefined ? undefined : { scale: 'probability', method: 'kernel', prediction: probability, ...kernelAttribution(design.coalitions, probability, coalitions.probability, design.background) };
}

/** Largest distance between base plus values and prediction; a prediction of infinite log odds has none to compare with. */
function largestGap({ values, base, prediction }: Explained, features: number): number {
  let largest = 0;
  prediction.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    let sum = base;
    for (let j = 0; j < features; j++) sum += values[i * features + j];
    largest = Math.max(largest, Math.abs(sum - value) / Math.max(1, Math.abs(value)));
  });
  return largest;
}

function whyNone({ predictors }: Model, { features }: Design): NonNullable<Metric['reason']> {
  if (predictors.length === 0 || features.length === 0) return { code: 'no-predictors', text: 'The model uses no feature: there is nothing to explain.' };
  return { code: 'no-coalitions', text: 'The model did not predict the coalitions, and its SHAP values cannot be read off it.' };
}

function rowMajor(x: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, at) => x[(at % columns) * rows + Math.floor(at / columns)]);
}

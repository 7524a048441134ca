import { type Context, type Gathered, type Metric, type Metrics, type Predictions, RadloomError } from '@radloom/core';
import { type Adjustment, adjustPValues, deLongTest, intervalName, poolPredictions, repeatedRowsNote, whyUnusable } from '@radloom/statistics';
import { type Pair, pairsOf } from './pairs.js';
import { reclassificationMetrics } from './reclassified.js';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly reference: string;
  readonly adjustment: Adjustment;
  readonly cuts: readonly number[];
  readonly level: number;
  readonly bootstrap: number;
}

type Entry = Metrics['entries'][number];

/**
 * One entry per role and pair: `model` minus `detail.against`. The reference takes part in the first pairs, which also say what each
 * model reclassifies.
 *
 * @throws `reference-unknown` when no model has the reference's name
 */
export function run({ predictions }: { readonly predictions: readonly Gathered<Predictions>[] }, settings: Settings, ctx: Context): { metrics: Metrics } {
  const groups = poolPredictions(predictions);
  const models = [...new Set(groups.map(({ model }) => model))];
  const reference = settings.reference === '' ? (models[0] ?? '') : settings.reference;
  // A reference that failed leaves nothing to measure against; the other pairs are compared all the same.
  if (models.length > 0 && !models.includes(reference) && !predictions.some(({ name }) => name === reference)) {
    throw new RadloomError({ code: 'reference-unknown', what: `No predictions of ${reference} came in to compare with.`, where: { field: 'reference' }, fix: `There are: ${models.join(', ')}.`, deterministic: false });
  }
  const entries = [...new Set(groups.map(({ role }) => role))].flatMap((role) => {
    const pairs = pairsOf(groups.filter((group) => group.role === role), reference);
    return adjusted(pairs.map((pair) => entryOf(pair, pair.against === reference, settings, ctx)), settings.adjustment);
  });
  return { metrics: { type: 'metrics', family: 'comparison', entries } };
}

function entryOf(pair: Pair, withReference: boolean, settings: Settings, ctx: Context): Entry {
  const { model, against, role, outcome, rows, unshared } = pair;
  const test = areaMetrics(pair, settings.level);
  return {
    model,
    role,
    rows: rows.length,
    events: outcome.reduce((sum, value) => sum + value, 0),
    metrics: [...test.metrics, ...(withReference ? reclassificationMetrics(pair, settings, ctx.seed) : [])],
    detail: {
      against,
      reference: withReference,
      level: settings.level,
      cuts: settings.cuts,
      ...test.detail,
      notes: [...repeatedRowsNote(pair), ...(unshared === 0 ? [] : [{ code: 'rows-not-shared', text: `${unshared} rows that only one of ${model} and ${against} predicted are left out.` }])],
    },
  };
}

/** DeLong's paired test; nothing to test where rows or a class are missing. */
function areaMetrics(pair: Pair, level: number): { metrics: Metric[]; detail: Record<string, unknown> } {
  const { outcome, probability, againstProbability, clusters } = pair;
  const reason = whyUnusable(pair) ?? whyUnusable({ outcome, probability: againstProbability }) ?? oneClass(outcome);
  if (reason !== undefined) return { metrics: ['aucDifference', 'deLongP'].map((name) => ({ name, value: NaN, reason })), detail: {} };
  const { difference, lower, upper, statistic, pValue } = deLongTest(outcome, probability, againstProbability, level, clusters);
  if (Number.isNaN(pValue)) {
    const single = { code: 'delong-undefined', text: 'One class has a single row, or rows of a single patient: DeLong’s variance is not defined.' };
    return { metrics: [{ name: 'aucDifference', value: difference }, { name: 'deLongP', value: NaN, reason: single }], detail: {} };
  }
  return { metrics: [{ name: 'aucDifference', value: difference, lower, upper, interval: intervalName('DeLong, paired', clusters) }, { name: 'deLongP', value: pValue }], detail: { z: statistic } };
}

function oneClass(outcome: Uint8Array): Metric['reason'] {
  return outcome.includes(0) && outcome.includes(1) ? undefined : { code: 'one-class', text: `All ${outcome.length} rows have the same outcome: nothing can be told apart.` };
}

/** Adds the P values adjusted for the pairs of the role. */
function adjusted(entries: readonly Entry[], adjustment: Adjustment): Entry[] {
  const single = entries.map(({ metrics }) => metrics.find(({ name }) => name === 'deLongP')!);
  const values = adjustPValues(single.map(({ value }) => value), adjustment);
  const tests = single.filter(({ value }) => !Number.isNaN(value)).length;
  return entries.map((entry, i) => {
    const metric: Metric = { ...single[i], name: 'deLongAdjustedP', value: values[i] };
    const at = entry.metrics.indexOf(single[i]) + 1;
    return { ...entry, metrics: entry.metrics.toSpliced(at, 0, metric), detail: { ...entry.detail, adjustment, tests } };
  });
}

import type { Context, Gathered, Metric, Metrics, Predictions } from '@radloom/core';
import { type PooledPredictions, poolPredictions } from '@radloom/statistics';
import { areaErrors, lossErrors, type Samples } from './errors.js';
import { type Errors, weigh } from './weigh.js';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly apparent: string;
}

type Entry = Metrics['entries'][number];

/**
 * One entry a model, of role `test`: AUC, Brier score and error rate at the model's threshold, each as `…632Plus`, `…632`, `…Outside` (rows
 * outside the samples alone) and `…Apparent`. No limits: the estimates of one sample size have no interval of established coverage.
 */
export function run({ predictions }: { readonly predictions: readonly Gathered<Predictions>[] }, { apparent }: Settings, ctx: Context): { metrics: Metrics } {
  const groups = poolPredictions(predictions);
  const entries = groups
    .filter(({ role }) => role === 'test')
    .map((test, done, all) => {
      ctx.progress(done, all.length);
      const training = groups.find(({ model, role }) => role === 'training' && model === test.model);
      return entryOf(test, training?.folds.find(({ name }) => name === apparent)?.predictions, apparent);
    });
  return { metrics: { type: 'metrics', family: 'bootstrap-632', entries } };
}

const measures = ['auc', 'brier', 'error'] as const;
const kinds = ['632Plus', '632', 'Outside', 'Apparent'] as const;

function entryOf(test: PooledPredictions, apparent: Predictions | undefined, name: string): Entry {
  const samples = { apparent: apparent!, outside: test.folds.map((fold) => fold.predictions).filter(({ rows }) => rows.length > 0) };
  const rows = apparent?.outcome.length ?? 0;
  const events = apparent?.outcome.reduce((sum, value) => sum + value, 0) ?? 0;
  const reason = whyNot(samples, rows, events, name);
  if (reason !== undefined) return { model: test.model, role: 'test', rows, events, metrics: measures.flatMap((measure) => kinds.map((kind) => ({ name: measure + kind, value: NaN, reason }))), detail: { samples: samples.outside.length, notes: [] } };
  const area = areaErrors(samples);
  const parts = { auc: area, brier: lossErrors(samples, 'brier'), error: lossErrors(samples, 'error') };
  return {
    model: test.model,
    role: 'test',
    rows,
    events,
    metrics: measures.flatMap((measure) => estimates(measure, parts[measure])),
    detail: {
      samples: samples.outside.length,
      ...Object.fromEntries(measures.map((measure) => [measure, { ...parts[measure], ...weigh(parts[measure]) }])),
      notes: area.areas.length === samples.outside.length ? [] : [{ code: 'one-class', text: `${samples.outside.length - area.areas.length} of ${samples.outside.length} samples leave out rows of one class only; their AUC is not defined and does not count.` }],
    },
  };
}

/** The estimates of one measure; an AUC is 1 less its error. */
function estimates(measure: (typeof measures)[number], errors: Errors): Metric[] {
  const { plain, plus } = weigh(errors);
  const values = [plus, plain, errors.outside, errors.apparent];
  return kinds.map((kind, i) => metric(measure + kind, measure === 'auc' ? 1 - values[i] : values[i]));
}

function metric(name: string, value: number): Metric {
  return Number.isNaN(value) ? { name, value, reason: { code: 'one-class', text: 'No sample leaves out rows of both classes.' } } : { name, value };
}

function whyNot({ apparent, outside }: Samples, rows: number, events: number, name: string): Metric['reason'] {
  if (apparent === undefined) return { code: 'no-apparent', text: `There are no predictions of training rows in the fold ${name}: the split must be the bootstrap.` };
  if (outside.length === 0) return { code: 'no-rows', text: 'No sample leaves out a row.' };
  if (events === 0 || events === rows) return { code: 'one-class', text: `All ${rows} rows have the same outcome.` };
  return [apparent, ...outside].some(({ probability }) => probability.some(Number.isNaN)) ? { code: 'probability-missing', text: 'A row has no probability.' } : undefined;
}

import { type Metric, type Metrics, outcomeOf, predictorNames, type Table } from '@radloom/core';
import { rileySize } from '@radloom/statistics';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly nagelkerke: number;
  readonly shrinkage: number;
}

type Entry = Metrics['entries'][number];

/** One entry for all candidate columns, one for those that selection left; training rows of one fold. */
export function run({ candidates, selected }: { readonly candidates: Table; readonly selected: Table }, settings: Settings): { metrics: Metrics } {
  return { metrics: { type: 'metrics', family: 'sample-size', entries: [entryOf('candidates', candidates, settings), entryOf('selected', selected, settings)] } };
}

/** `model` says which columns are meant. */
function entryOf(model: string, table: Table, settings: Settings): Entry {
  const outcome = outcomeOf(table);
  const rows = outcome.length;
  const events = outcome.reduce((sum, value) => sum + value, 0);
  const parameters = predictorNames(table).length;
  return { model, role: 'training', rows, events, metrics: metricsOf({ rows, events, parameters }, settings), detail: { parameters, ...settings } };
}

const names = ['eventsPerParameter', 'patientsForShrinkage', 'patientsForOptimism', 'patientsForRisk', 'patientsNeeded'] as const;

function metricsOf({ rows, events, parameters }: { rows: number; events: number; parameters: number }, settings: Settings): Metric[] {
  const fewer = Math.min(events, rows - events);
  const reason = parameters === 0 ? { code: 'no-predictors', text: 'No predictor is left.' } : fewer === 0 ? { code: 'one-class', text: `All ${rows} rows have the same outcome.` } : undefined;
  if (reason !== undefined) return names.map((name) => ({ name, value: NaN, reason }));
  const size = rileySize({ prevalence: events / rows, parameters, ...settings });
  const values = [fewer / parameters, size.shrinkage, size.optimism, size.risk, size.patients];
  return names.map((name, i) => ({ name, value: values[i] }));
}

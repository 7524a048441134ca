import { trainingSide } from './cohort.js';
import { place, type StudyResults } from './results.js';

/** Training cases of the rarer outcome for each predictor that a model was given, where they are fewest. */
export interface EventsPerPredictor {
  readonly fewer: number;
  readonly predictors: number;
  readonly ratio: number;
}

/** Of the model and fold with the fewest; undefined where no model was taught. */
export function eventsPerPredictor(results: StudyResults): EventsPerPredictor | undefined {
  const least = trainingSide(results);
  if (least === undefined) return undefined;
  const rarer = new Map<string, number>();
  for (const { value, at } of results.predictions) {
    if (value?.role !== 'training') continue;
    const events = value.outcome.reduce((sum, outcome) => sum + outcome, 0);
    rarer.set(place(at), Math.min(events, value.rows.length - events));
  }
  const found = results.models.flatMap(({ value, at }): EventsPerPredictor[] => {
    if (value === undefined || !value.plugin.startsWith('classifier/') || value.predictors.length === 0) return [];
    const fewer = rarer.get(place(at)) ?? Math.min(least.events, least.rows - least.events);
    return [{ fewer, predictors: value.predictors.length, ratio: fewer / value.predictors.length }];
  });
  return found.length === 0 ? undefined : found.reduce((worst, entry) => (entry.ratio < worst.ratio ? entry : worst));
}

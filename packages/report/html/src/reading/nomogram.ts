import { chosenFeatures, type Spread } from './chosen.js';
import { namedNumbers, number } from './plain.js';
import { isTainted, place, type StudyResults } from './results.js';

/** A logistic model as points: each feature's contribution scaled so that the widest spans 0 to 100. */
export interface Nomogram {
  readonly model: string;
  readonly place: string;
  readonly tainted: boolean;
  readonly features: readonly { readonly feature: string; readonly coefficient: number; readonly spread: Spread }[];
  /** Points of a value of a feature. */
  points(feature: number, value: number): number;
  readonly most: number;
  /** Total points at which the model says this probability. */
  total(probability: number): number;
}

/** Logistic models of few features whose range in the training rows is known, of the first fold. */
export function nomograms(results: StudyResults): Nomogram[] {
  const chosen = chosenFeatures(results);
  if (chosen === undefined) return [];
  return results.models.flatMap((gathered): Nomogram[] => {
    const { value, name, at } = gathered;
    const coefficients = namedNumbers(value?.summary?.coefficients);
    const intercept = number(value?.summary?.intercept);
    if (value?.plugin !== 'classifier/logistic' || place(at) !== chosen.place || coefficients === undefined || intercept === undefined) return [];
    const features = value.predictors.flatMap((feature) => {
      const coefficient = coefficients.get(feature) ?? 0;
      const spread = chosen.spread.get(feature);
      return coefficient === 0 || spread === undefined || spread.high === spread.low ? [] : [{ feature, coefficient, spread }];
    });
    // Every feature that counts must be on it, or its total would be wrong.
    if (features.length === 0 || features.length !== [...coefficients.values()].filter((coefficient) => coefficient !== 0).length) return [];
    const widest = Math.max(...features.map(({ coefficient, spread }) => Math.abs(coefficient) * (spread.high - spread.low)));
    const least = features.map(({ coefficient, spread }) => Math.min(coefficient * spread.low, coefficient * spread.high));
    const floor = intercept + least.reduce((sum, part) => sum + part, 0);
    return [
      {
        model: name,
        place: place(at),
        tainted: isTainted(results.study, gathered),
        features,
        points: (f, x) => (100 * (features[f].coefficient * x - least[f])) / widest,
        most: features.reduce((sum, { coefficient, spread }) => sum + (100 * Math.abs(coefficient) * (spread.high - spread.low)) / widest, 0),
        total: (probability) => (100 * (Math.log(probability / (1 - probability)) - floor)) / widest,
      },
    ];
  });
}

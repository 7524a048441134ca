import { testedRows, testSide, trainingSide } from './cohort.js';
import { failedSteps, undefinedFeatures } from './failures.js';
import { performances } from './performance.js';
import { eventsPerPredictor } from './events-per-predictor.js';
import { type StudyResults, taintedInShort } from './results.js';
import { selectionChain } from './selection.js';

/** Something that weakens a study's conclusions and can be told from its results; the numbers that show it. */
export type Limitation =
  | { readonly kind: 'events-per-variable'; readonly fewer: number; readonly predictors: number; readonly ratio: number }
  | { readonly kind: 'wide-search'; readonly features: number; readonly rows: number }
  | { readonly kind: 'no-test' }
  | { readonly kind: 'small-test'; readonly rows: number; readonly events: number }
  | { readonly kind: 'overlap' }
  | { readonly kind: 'tainted'; readonly named: readonly string[]; readonly others: number }
  | { readonly kind: 'repeated-rows'; readonly rows: number; readonly cases: number }
  | { readonly kind: 'failed-cases'; readonly failed: number; readonly scanned: number }
  | { readonly kind: 'undefined-values'; readonly features: number }
  | { readonly kind: 'failed-steps'; readonly steps: number };

/** Events per predictor below which a model is likely to be overfitted (Peduzzi et al. 1996). */
const eventsPerVariable = 10;

/** Events, and cases without, that a test needs at least (Vergouwe et al. 2005). */
const testEvents = 100;

type Rule = (results: StudyResults) => Limitation | undefined;

/** In order of weight; each rule is silent where its numbers are not known. */
const rules: readonly Rule[] = [
  ({ study }) => (study.tainted.length > 0 ? { kind: 'tainted', ...taintedInShort(study) } : undefined),
  (results) => {
    const found = eventsPerPredictor(results);
    return found !== undefined && found.ratio < eventsPerVariable ? { kind: 'events-per-variable', ...found } : undefined;
  },
  (results) => {
    const training = trainingSide(results);
    const features = selectionChain(results).reduce((most, { before }) => Math.max(most, before), 0);
    return training !== undefined && features > training.rows ? { kind: 'wide-search', features, rows: training.rows } : undefined;
  },
  // A study that evaluates nothing makes no claim that a test would have to bear out.
  (results) => (results.metrics.length > 0 && !performances(results).some(({ role }) => role === 'test') ? { kind: 'no-test' } : undefined),
  (results) => {
    const test = testSide(results);
    return test !== undefined && Math.min(test.events, test.rows - test.events) < testEvents ? { kind: 'small-test', rows: test.rows, events: test.events } : undefined;
  },
  (results) => {
    const bounds = performances(results).flatMap(({ role, metrics }) => {
      const { lower, upper } = metrics.get('auc') ?? {};
      return role === 'test' && lower !== undefined && upper !== undefined ? [{ lower, upper }] : [];
    });
    return bounds.length > 1 && Math.max(...bounds.map(({ lower }) => lower)) <= Math.min(...bounds.map(({ upper }) => upper)) ? { kind: 'overlap' } : undefined;
  },
  (results) => {
    const [rows, cases] = [testedRows(results), testSide(results)?.rows];
    return cases !== undefined && rows > cases ? { kind: 'repeated-rows', rows, cases } : undefined;
  },
  ({ table }) => {
    const failed = table?.failures.length ?? 0;
    return table !== undefined && failed > 0 ? { kind: 'failed-cases', failed, scanned: failed + table.rows.length } : undefined;
  },
  (results) => {
    const features = new Set(undefinedFeatures(results).map(({ feature }) => feature)).size;
    return features > 0 ? { kind: 'undefined-values', features } : undefined;
  },
  (results) => {
    const steps = failedSteps(results).length;
    return steps > 0 ? { kind: 'failed-steps', steps } : undefined;
  },
];

export function limitations(results: StudyResults): Limitation[] {
  return rules.flatMap((rule) => rule(results) ?? []);
}

import { type Performance, performances } from './performance.js';
import type { StudyResults } from './results.js';

/** One model, judged three ways. */
export interface JudgedModel {
  readonly model: string;
  readonly test?: Performance;
  readonly outOfFold?: Performance;
  /** Each case predicted by models that never saw it, all folds of all cases together. */
  readonly nested: Performance;
}

/** Every model of the nested analysis beside the study's own; empty where the study has none. */
export function judgedModels(results: StudyResults): JudgedModel[] {
  const nested = performances({ ...results, metrics: results.nested }).filter(({ role }) => role === 'test');
  const own = performances(results);
  const of = (model: string, role: Performance['role']) => own.find((entry) => entry.model === model && entry.role === role);
  return nested.map((entry) => ({ model: entry.model, test: of(entry.model, 'test'), outOfFold: of(entry.model, 'out-of-fold'), nested: entry }));
}

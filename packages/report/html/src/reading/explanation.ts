import { evaluated } from './evaluated.js';
import { number, numberList, record, text } from './plain.js';
import type { StudyResults } from './results.js';

/** What one case's prediction owes to one feature, and the feature's value. */
export interface Contribution {
  readonly feature: string;
  readonly value: number;
  readonly x: number;
}

/** One prediction taken apart: base plus contributions. */
export interface ExplainedCase {
  readonly row: string;
  readonly place: string;
  readonly event: boolean;
  readonly base: number;
  readonly prediction: number;
  readonly contributions: readonly Contribution[];
}

export interface FeatureImportance {
  readonly feature: string;
  /** Mean distance from 0 of the SHAP values; absent where there are none. */
  readonly shap?: number;
  /** Rise of the Brier score and fall of the AUC when the feature is shuffled, mean over folds. */
  readonly brierRise: number;
  readonly aucDrop: number;
  /** Folds in which the feature was used. */
  readonly folds: number;
}

export interface ExplainedModel {
  readonly model: string;
  readonly scale?: 'probability' | 'log-odds';
  readonly method?: string;
  readonly cases: readonly ExplainedCase[];
  /** Most important first. */
  readonly importance: readonly FeatureImportance[];
  readonly folds: number;
  readonly notes: readonly string[];
  /** Why there are no SHAP values. */
  readonly reason?: string;
  readonly tainted: boolean;
}

interface Part {
  readonly cases: readonly ExplainedCase[];
  readonly permutation: readonly { readonly feature: string; readonly brierRise: number; readonly aucDrop: number }[];
}

/** Every explained model, its folds together. */
export function explainedModels(results: StudyResults): ExplainedModel[] {
  const entries = evaluated(results, 'explanation');
  return [...new Set(entries.map(({ model }) => model))].map((model) => {
    const own = entries.filter((entry) => entry.model === model);
    const parts = own.map(({ detail, place }) => partOf(detail, place));
    const shap = own.map(({ detail }) => record(detail.shap)).find((found) => found !== undefined);
    const cases = parts.flatMap((part) => part.cases);
    return {
      model,
      scale: text(shap?.scale) === 'log-odds' ? 'log-odds' : shap === undefined ? undefined : 'probability',
      method: text(shap?.method),
      cases,
      importance: importances(parts, cases),
      folds: own.length,
      notes: own.flatMap(({ notes }) => notes),
      reason: own.map(({ metrics }) => metrics.get('additivityError')?.reason?.text).find((reason) => reason !== undefined),
      tainted: own.some(({ tainted }) => tainted),
    };
  });
}

function partOf(detail: Readonly<Record<string, unknown>>, place: string): Part {
  const features = Array.isArray(detail.features) ? detail.features.flatMap((name) => text(name) ?? []) : [];
  const rows = Array.isArray(detail.rows) ? detail.rows.flatMap((name) => text(name) ?? []) : [];
  const x = numberList(detail.x) ?? [];
  const outcome = numberList(detail.outcome) ?? [];
  const shap = record(detail.shap);
  const values = numberList(shap?.values);
  const prediction = numberList(shap?.prediction);
  const base = number(shap?.base);
  const complete = values?.length === rows.length * features.length && x.length === values.length && prediction?.length === rows.length && base !== undefined;
  const cases = complete
    ? rows.map((row, i): ExplainedCase => ({
        row,
        place,
        event: outcome[i] === 1,
        base,
        prediction: prediction[i],
        contributions: features.map((feature, j) => ({ feature, value: values[i * features.length + j], x: x[i * features.length + j] })),
      }))
    : [];
  const permutation = Array.isArray(detail.permutation)
    ? detail.permutation.flatMap((entry) => {
        const feature = text(record(entry)?.feature);
        return feature === undefined ? [] : [{ feature, brierRise: number(record(entry)?.brierRise) ?? NaN, aucDrop: number(record(entry)?.aucDrop) ?? NaN }];
      })
    : [];
  return { cases, permutation };
}

function importances(parts: readonly Part[], cases: readonly ExplainedCase[]): FeatureImportance[] {
  const found = new Map<string, { brier: number[]; auc: number[] }>();
  for (const { permutation } of parts) {
    for (const { feature, brierRise, aucDrop } of permutation) {
      const known = found.get(feature) ?? { brier: [], auc: [] };
      known.brier.push(brierRise);
      known.auc.push(aucDrop);
      found.set(feature, known);
    }
  }
  const size = new Map<string, number>();
  // Over all cases: in a fold that does not use it a feature owes nothing.
  for (const { contributions } of cases) for (const { feature, value } of contributions) size.set(feature, (size.get(feature) ?? 0) + Math.abs(value) / cases.length);
  const mean = (values: readonly number[]) => {
    const known = values.filter((value) => !Number.isNaN(value));
    return known.length === 0 ? NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  return [...found]
    .map(([feature, { brier, auc }]): FeatureImportance => ({ feature, shap: size.get(feature), brierRise: mean(brier), aucDrop: mean(auc), folds: brier.length }))
    .sort((a, b) => (b.shap ?? 0) - (a.shap ?? 0) || b.brierRise - a.brierRise || (a.feature < b.feature ? -1 : 1));
}

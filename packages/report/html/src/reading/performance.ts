import type { Metric, Metrics, Predictions } from '@radloom/core';
import { number, numberList, record, text } from './plain.js';
import { isTainted, place, type StudyResults } from './results.js';
import { withinSet } from './sets.js';

export type Role = Predictions['role'];
export const roles: readonly Role[] = ['training', 'out-of-fold', 'test'];

/** How well one model predicts the rows of one role. */
export interface Performance {
  readonly model: string;
  readonly role: Role;
  /** The fold, where there are several. */
  readonly place: string;
  readonly rows: number;
  readonly events: number;
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Points of the ROC curve, in order. */
  readonly roc?: readonly RocPoint[];
  /** Points of the precision-recall curve, recall rising. */
  readonly precisionRecall?: readonly { readonly recall: number; readonly precision: number }[];
  readonly confusion?: { readonly tp: number; readonly fp: number; readonly fn: number; readonly tn: number };
  readonly threshold?: number;
  /** Of the intervals: 0.95. */
  readonly level?: number;
  /** AUC of the single folds, where the rows come from several. */
  readonly aucOverFolds?: { readonly mean: number; readonly sd: number; readonly folds: number };
  /** Different cases among the rows: fewer where folds come back to them, and each row is a prediction. */
  readonly cases: number;
  /** What a reader of the numbers must know. */
  readonly notes: readonly string[];
  readonly tainted: boolean;
}

export interface RocPoint {
  readonly sensitivity: number;
  readonly specificity: number;
}

/** Every evaluated model and role: models in the order given, each role together. */
export function performances({ study, metrics }: StudyResults): Performance[] {
  const found = metrics.flatMap((gathered) =>
    gathered.value?.family === 'discrimination' ? gathered.value.entries.map((entry) => performance(entry, place(gathered.at), isTainted(study, gathered, entry.model))) : [],
  );
  return roles.flatMap((role) => found.filter((entry) => entry.role === role));
}

function performance({ model, role, rows, events, metrics, detail }: Metrics['entries'][number], at: string, tainted: boolean): Performance {
  return {
    model,
    role,
    place: at,
    rows,
    events,
    metrics: new Map(metrics.map((metric) => [metric.name, metric])),
    roc: rocPoints(detail.roc),
    precisionRecall: precisionRecallPoints(detail.precisionRecall),
    confusion: confusion(detail.confusion),
    threshold: number(detail.threshold),
    level: number(detail.level),
    aucOverFolds: overFolds(detail.aucOverFolds),
    cases: number(detail.cases) ?? rows,
    notes: Array.isArray(detail.notes) ? detail.notes.flatMap((note) => text(record(note)?.text) ?? []) : [],
    tainted,
  };
}

/** A list of points, or one object of equally long lists. */
function rocPoints(value: unknown): RocPoint[] | undefined {
  const points = Array.isArray(value) ? value.map((point) => [number(record(point)?.sensitivity), number(record(point)?.specificity)]) : columns(record(value));
  const complete = points.flatMap(([sensitivity, specificity]) => (finite(sensitivity) && finite(specificity) ? [{ sensitivity, specificity }] : []));
  if (complete.length < 2 || complete.length < points.length) return undefined;
  return complete.sort((a, b) => b.specificity - a.specificity || a.sensitivity - b.sensitivity);
}

function precisionRecallPoints(value: unknown): Performance['precisionRecall'] {
  if (!Array.isArray(value)) return undefined;
  const points = value.flatMap((point) => {
    const [recall, precision] = [number(record(point)?.recall), number(record(point)?.precision)];
    return finite(recall) && finite(precision) ? [{ recall, precision }] : [];
  });
  return points.length < 2 ? undefined : points;
}

function columns(lists: Readonly<Record<string, unknown>> | undefined): (number | undefined)[][] {
  const sensitivity = numberList(lists?.sensitivity) ?? [];
  const specificity = numberList(lists?.specificity) ?? [];
  return sensitivity.map((value, i) => [value, specificity[i]]);
}

const finite = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

function confusion(value: unknown): Performance['confusion'] {
  const counts = record(value);
  const [tp, fp, fn, tn] = ['tp', 'fp', 'fn', 'tn'].map((name) => number(counts?.[name]));
  return tp === undefined || fp === undefined || fn === undefined || tn === undefined ? undefined : { tp, fp, fn, tn };
}

function overFolds(value: unknown): Performance['aucOverFolds'] {
  const [mean, sd, folds] = ['mean', 'sd', 'folds'].map((name) => number(record(value)?.[name]));
  return mean === undefined || sd === undefined || folds === undefined || folds < 2 ? undefined : { mean, sd, folds };
}

/** Models, without their sets, in the order in which they first appear: a model looks the same in every figure and for every set. */
export function modelOrder(results: StudyResults): string[] {
  const found = [...performances(results).map(({ model }) => model), ...results.predictions.flatMap(({ value }) => value?.model ?? [])];
  return [...new Set(found.map(withinSet))];
}

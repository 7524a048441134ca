import { type Evaluated, evaluated } from './evaluated.js';
import { number, numberList, record } from './plain.js';
import type { StudyResults } from './results.js';

/** Net benefit over thresholds; entry i of each list belongs to threshold i. */
export interface DecisionCurve {
  readonly threshold: readonly number[];
  readonly netBenefit: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly treatAll: readonly number[];
}

/** Of so many patients, how many are called at each threshold, and how many of them have the event. */
export interface ClinicalImpact {
  readonly population: number;
  readonly threshold: readonly number[];
  readonly highRisk: readonly number[];
  readonly highRiskWithEvent: readonly number[];
}

export interface Decision extends Evaluated {
  readonly level?: number;
  readonly curve?: DecisionCurve;
  readonly impact?: ClinicalImpact;
}

export function decisions(results: StudyResults): Decision[] {
  return evaluated(results, 'decision-curve').map((entry) => ({ ...entry, level: number(entry.detail.level), curve: curveOf(entry.detail.curve), impact: impactOf(entry.detail.impact) }));
}

/** Lists of one length under these names; undefined where one is missing or of another length. */
function lists<N extends string>(value: unknown, names: readonly N[]): Readonly<Record<N, readonly number[]>> | undefined {
  const found = record(value);
  const read = names.map((name) => numberList(found?.[name]));
  const [first] = read;
  return first === undefined || read.some((list) => list?.length !== first.length) ? undefined : (Object.fromEntries(names.map((name, i) => [name, read[i]])) as Record<N, readonly number[]>);
}

const curveOf = (value: unknown): DecisionCurve | undefined => lists(value, ['threshold', 'netBenefit', 'lower', 'upper', 'treatAll']);

function impactOf(value: unknown): ClinicalImpact | undefined {
  const found = lists(value, ['threshold', 'highRisk', 'highRiskWithEvent']);
  const population = number(record(value)?.population);
  return found === undefined || population === undefined ? undefined : { ...found, population };
}

/** Thresholds at which the evaluation gives the net benefit as a metric, ascending: `netBenefit@0.2`. */
export function reportedThresholds(found: readonly Decision[]): number[] {
  const names = found.flatMap(({ metrics }) => [...metrics.keys()]);
  return [...new Set(names.flatMap((name) => (name.startsWith('netBenefit@') ? [Number(name.slice('netBenefit@'.length))] : [])))].sort((a, b) => a - b);
}

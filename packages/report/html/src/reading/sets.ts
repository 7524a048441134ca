import type { Gathered } from '@radloom/core';
import { record, text } from './plain.js';
import type { StudyFacts } from './facts.js';

/** A set of predictors that goes its own way through selection. */
export interface SetFacts {
  readonly name: string;
  /** Models fitted on it; none for a set that is only joined. */
  readonly models: readonly string[];
  readonly join: readonly string[];
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap((entry) => text(entry) ?? []) : []);

/** Empty for a study whose predictors are all taken together. */
export function predictorSets({ settings }: StudyFacts): SetFacts[] {
  return (Array.isArray(settings.sets) ? settings.sets : []).flatMap((entry) => {
    const own = record(entry);
    const name = text(own?.name);
    return name === undefined ? [] : [{ name, models: texts(own?.models), join: texts(own?.join) }];
  });
}

/** The set to which a step belongs: step ids of a set begin with its name. */
export function setOf(study: StudyFacts, { step }: Pick<Gathered, 'step'>): string | undefined {
  const first = step.slice(0, Math.max(0, step.indexOf('.')));
  return predictorSets(study).find(({ name }) => name === first)?.name;
}

/** Sets whose models stand side by side, in the study's order; empty where one set has them all. */
function modelledSets(study: StudyFacts): string[] {
  const names = predictorSets(study).flatMap(({ name, models }) => (models.length > 0 ? [name] : []));
  return names.length > 1 ? names : [];
}

/** Entries by the set of their model, which the model's name begins with: `combined svm`. One part, without a name, where there is one set. */
export function byModelSet<E extends { readonly model: string }>(study: StudyFacts, entries: readonly E[]): { readonly set?: string; readonly entries: readonly E[] }[] {
  const names = modelledSets(study);
  const setOfModel = ({ model }: E) => names.find((name) => model.startsWith(`${name} `));
  const parts = [...names.map((set) => ({ set, entries: entries.filter((entry) => setOfModel(entry) === set) })), { entries: entries.filter((entry) => setOfModel(entry) === undefined) }];
  return parts.filter((part) => part.entries.length > 0);
}

/** `svm` of `combined svm`: the same model looks the same in every set. */
export const withinSet = (model: string): string => model.slice(model.indexOf(' ') + 1);

/** `svm` of `combined.svm`. */
export const withoutSet = (id: string, set: string | undefined): string => (set === undefined ? id : id.slice(set.length + 1));

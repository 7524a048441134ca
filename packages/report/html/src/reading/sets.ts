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

/** `svm` of `combined.svm`. */
export const withoutSet = (id: string, set: string | undefined): string => (set === undefined ? id : id.slice(set.length + 1));

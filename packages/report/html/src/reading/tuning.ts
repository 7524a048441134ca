import { digestOf } from '@radloom/core';
import { number, record, text } from './plain.js';
import { isTainted, place, type StudyResults } from './results.js';

/** The settings that a search chose for one model. */
export interface TunedModel {
  readonly model: string;
  readonly place: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly metric?: string;
  /** How it was chosen: `best`, `one-standard-error`. */
  readonly rule?: string;
  readonly candidates: number;
  /** Names of the candidates that could not be scored. */
  readonly failed: readonly string[];
  /** The chosen candidate's score over the folds. */
  readonly score?: number;
  readonly standardError?: number;
  readonly tainted: boolean;
}

/** One entry per search; choices that are no search (a threshold) are passed over. */
export function tunedModels({ study, choices }: StudyResults): TunedModel[] {
  return choices.flatMap((gathered) => {
    const { name, at, value } = gathered;
    const choice = record(value?.value);
    const settings = record(choice?.settings);
    if (choice === undefined || settings === undefined || !Array.isArray(choice.candidates)) return [];
    const candidates = choice.candidates.map(record);
    const chosen = candidates.find((candidate) => (choice.name === undefined ? sameSettings(candidate?.settings, settings) : candidate?.name === choice.name));
    return [
      {
        model: name,
        place: place(at),
        settings,
        metric: text(choice.metric),
        rule: text(choice.rule),
        candidates: candidates.length,
        failed: candidates.flatMap((candidate) => (candidate?.failure === undefined ? [] : [text(candidate.name) ?? ''])),
        score: number(chosen?.score),
        standardError: number(chosen?.standardError),
        tainted: isTainted(study, gathered),
      },
    ];
  });
}

/** Equal when the same settings have the same values, in any order. */
function sameSettings(a: unknown, b: unknown): boolean {
  return digestOf(a ?? null) === digestOf(b ?? null);
}

import type { Bilingual } from '../language.js';
import { en } from './en.js';
import { zh } from './zh.js';

export type Words = typeof en;

export const words: Bilingual<Words> = { en, zh };

/** Says which fold is shown where selections of several were made: `Fold r1f1 is shown, one of 10.` */
export const placeNote = (places: readonly string[], { oneOf }: Words): string[] => (places.length > 1 ? [oneOf(places[0], places.length)] : []);

/** The name people use for something, or what the study calls it. */
export function nameOf(names: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(names, key) ? names[key] : key;
}

/** The same for a model of one set of predictors among several: `combined svm` is the set's own name and the model's for people. */
export function modelName(names: Readonly<Record<string, string>>, model: string): string {
  const at = model.indexOf(' ');
  return at < 0 ? nameOf(names, model) : `${model.slice(0, at)} ${nameOf(names, model.slice(at + 1))}`;
}

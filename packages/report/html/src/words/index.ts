import type { Bilingual } from '../language.js';
import { en } from './en.js';
import { zh } from './zh.js';

export type Words = typeof en;

export const words: Bilingual<Words> = { en, zh };

/** The name people use for something, or what the study calls it. */
export function nameOf(names: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(names, key) ? names[key] : key;
}

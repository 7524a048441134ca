import { digestOf, random, RadloomError, seedFromDigest } from '@radloom/core';
import type { Study } from './schema.js';

type Settings = Record<string, unknown>;
type Model = NonNullable<Study['models'][string]>;

/** The settings that are compared for one model: every combination of its grid, then those drawn. One without either is a single candidate. */
export function candidatesOf(name: string, model: Study['models'][string], seed: number): Settings[] {
  const { grid = {}, random: drawn } = model ?? {};
  if (drawn === undefined) return combinations(grid);
  const overlap = Object.keys(drawn.settings).find((setting) => setting in grid);
  if (overlap !== undefined) throw new RadloomError({ code: 'bad-setting', what: `${overlap} of ${name} stands in the grid and among the settings that are drawn.`, where: { field: `models.${name}.random.settings.${overlap}` }, fix: 'Leave it in one of them.' });
  const gridded = Object.keys(grid).length === 0 ? [] : combinations(grid);
  return [...gridded, ...Array.from({ length: drawn.candidates }, (_, i) => drawnSettings(name, drawn.settings, seed, i))];
}

/** Every combination of a grid's values, the last setting changing fastest. */
export function combinations(grid: Readonly<Record<string, readonly unknown[]>>): Settings[] {
  let all: Settings[] = [{}];
  for (const [name, values] of Object.entries(grid)) all = all.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value })));
  return all;
}

/**
 * Candidate i of a random search (Bergstra & Bengio 2012). Each value has a stream of its own, from the study's seed and its place alone, so
 * that asking for more candidates, or for another setting, leaves those that are known as they are.
 */
function drawnSettings(model: string, settings: NonNullable<Model['random']>['settings'], seed: number, candidate: number): Settings {
  const values = Object.entries(settings).map(([name, range]) => {
    const part = random(seedFromDigest(digestOf(['random-search', seed, model, name, candidate]))).next();
    return [name, Array.isArray(range) ? range[Math.floor(part * range.length)] : within(range as Range, part)] as const;
  });
  return Object.fromEntries(values);
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly scale: 'linear' | 'log';
  readonly whole: boolean;
}

/** The value at a part of the way; of whole numbers each, both ends included, takes the same part. */
function within({ from, to, scale, whole }: Range, part: number): number {
  const [low, high] = whole ? [from - 0.5, to + 0.5] : [from, to];
  const value = scale === 'log' ? Math.exp(Math.log(low) + part * Math.log(high / low)) : low + part * (high - low);
  return whole ? Math.min(to, Math.max(from, Math.round(value))) : value;
}

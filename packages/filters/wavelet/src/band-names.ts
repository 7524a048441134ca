import type { Axis } from '@radloom/imaging';

export interface Params {
  readonly wavelet: string;
  readonly startLevel: number;
  readonly level: number;
  readonly force2D: boolean;
  /** Axis left out by `force2D`, counted as PyRadiomics does: 0 z, 1 y, 2 x. */
  readonly force2DDimension: number;
}

/** Axes that are filtered, in this order: 0 x, 1 y, 2 z. */
export function filteredAxes({ force2D, force2DDimension }: Params): Axis[] {
  return ([0, 1, 2] as const).filter((axis) => !force2D || axis !== 2 - force2DDimension);
}

/** Bands of one level over so many axes, one letter an axis, the approximation (all L) last: LH HL HH LL. */
export function bands(axes: number): string[] {
  const all = Array.from({ length: 2 ** axes }, (_, code) => code.toString(2).padStart(axes, '0').replaceAll('0', 'L').replaceAll('1', 'H'));
  return [...all.slice(1), all[0]];
}

/** Name of a band of a level, counted from 1 at the first level that is kept. */
export function bandName(level: number, band: string): string {
  return `wavelet${level === 1 ? '' : level}-${band}`;
}

/** Names of all derived images: the details of each level, then the last approximation. */
export function imageNames(params: Params): string[] {
  const all = bands(filteredAxes(params).length);
  const details = Array.from({ length: params.level }, (_, i) => all.slice(0, -1).map((band) => bandName(i + 1, band)));
  return [...details.flat(), bandName(params.level, all[all.length - 1])];
}

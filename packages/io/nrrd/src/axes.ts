import { determinant, type Geometry, makeGeometry, RadloomError, type Vec3 } from '@radloom/core';
import { badHeader, type NrrdHeader, required } from './header.js';

/** The axes of the array: three in space, and one that is not, if there is one. */
export interface Axes {
  /** Samples along each axis, fastest first. */
  readonly sizes: readonly number[];
  /** The three axes of space, in file order. */
  readonly spatial: readonly number[];
  /** The axis that is a list of layers, time points or components. */
  readonly list: number | undefined;
}

export interface Remark {
  readonly code: string;
  readonly text: string;
}

/** Kinds of axes that lie in space; every other kind is a list, a vector, a colour or time. */
const SPATIAL_KINDS = new Set(['domain', 'space', '???', 'none']);

/**
 * Sizes and roles of the axes.
 *
 * @throws `nrrd-header` for contradictions, `nrrd-not-3d` when not three of the axes are in space
 */
export function axesOf(header: NrrdHeader): Axes {
  const dimension = Number(required(header, 'dimension', 'dimension'));
  const text = required(header, 'sizes', 'sizes');
  const sizes = words(text).map(Number);
  if (sizes.length !== dimension) throw badHeader(`The dimension is ${dimension}, and "sizes: ${text}" has ${sizes.length} values.`);
  if (!sizes.every((n) => Number.isInteger(n) && n > 0)) throw badHeader(`"sizes: ${text}": each axis needs at least one sample.`);
  const vectors = directionVectors(header);
  const kinds = words(header.fields.get('kinds') ?? '').map((kind) => kind.toLowerCase());
  for (const [name, list] of [['space directions', vectors], ['kinds', kinds]] as const) {
    if (list.length > 0 && list.length !== dimension) throw badHeader(`The dimension is ${dimension}, and "${name}" has ${list.length} values.`);
  }
  const inSpace = (axis: number) => (vectors.length > 0 ? vectors[axis] !== undefined : SPATIAL_KINDS.has(kinds[axis] ?? 'domain'));
  const axes = sizes.map((_, axis) => axis);
  const spatial = axes.filter(inSpace);
  const others = axes.filter((axis) => !inSpace(axis));
  if (spatial.length !== 3 || others.length > 1) {
    const kind = others.length === 0 ? '' : `, of which ${others.length === 1 ? `axis ${others[0] + 1} is` : `axes ${others.map((axis) => axis + 1).join(', ')} are`} not in space`;
    throw new RadloomError({
      code: 'nrrd-not-3d',
      what: `The array has ${dimension} ${dimension === 1 ? 'dimension' : 'dimensions'}, ${sizes.join(' x ')}${kind}; an image needs three axes in space.`,
      fix: dimension > 3 ? 'Name the role of each axis in the field "kinds", or "space directions" with none for axes outside space.' : undefined,
    });
  }
  return { sizes, spatial, list: others[0] };
}

/** Signs that turn a space's three coordinates into left, posterior, superior; undefined for spaces without anatomy. */
function towardsLps(space: string): Vec3 | undefined {
  const letters = /^[a-z]{3}$/i.test(space) ? space.toUpperCase() : space.split('-').map((word) => word.charAt(0).toUpperCase()).join('');
  if (!/^[LR][PA][SI]$/.test(letters)) return undefined;
  return [letters[0] === 'L' ? 1 : -1, letters[1] === 'P' ? 1 : -1, letters[2] === 'S' ? 1 : -1];
}

const MILLIMETRES: Readonly<Record<string, number>> = { mm: 1, cm: 10, m: 1000, um: 0.001, µm: 0.001 };

/**
 * Where the grid lies, in LPS millimetres. Spacings are the lengths of the axis vectors, as in ITK.
 *
 * @throws `geometry-skewed`, `geometry-singular` or `nrrd-header` where the axes cannot be a grid
 */
export function orient(header: NrrdHeader, { sizes, spatial }: Axes): { geometry: Geometry; remarks: Remark[] } {
  const size = spatial.map((axis) => sizes[axis]) as unknown as Vec3;
  const remarks: Remark[] = [];
  const vectors = directionVectors(header);
  if (vectors.length === 0) {
    const spacings = header.fields.has('spacings') ? words(header.fields.get('spacings') ?? '').map(Number) : [];
    const spacing = spatial.map((axis) => spacings[axis] ?? NaN);
    if (!spacing.every((value) => value > 0)) throw badHeader('Neither "space directions" nor positive "spacings" say how large a voxel is.');
    remarks.push({ code: 'orientation-unknown', text: 'there are no space directions, so orientation and position are unknown; the axes are taken as they are, left to right is not certain.' });
    return { geometry: makeGeometry({ size, spacing: spacing as unknown as Vec3 }), remarks };
  }
  const space = header.fields.get('space') ?? '';
  const signs = towardsLps(space);
  if (signs === undefined) remarks.push({ code: 'orientation-unknown', text: `the coordinate space "${space}" has no anatomical directions; it is taken as left-posterior-superior, left to right is not certain.` });
  const flip = signs ?? [1, 1, 1];
  const unit = lengthUnit(header, remarks);
  const columns = spatial.map((axis) => (vectors[axis] as Vec3).map((value, i) => signed(value * unit, flip[i])));
  const spacing = columns.map(([x, y, z]) => Math.sqrt(x * x + y * y + z * z)) as unknown as Vec3;
  // ITK multiplies by the inverse length; a division would differ in a last bit, and with it whole voxels after resampling.
  const inverse = spacing.map((length) => 1 / length);
  const direction = [0, 1, 2].flatMap((row) => columns.map((column, k) => column[row] * inverse[k]));
  checkDirection(direction, spacing);
  return { geometry: makeGeometry({ size, spacing, direction, origin: originOf(header, flip, unit, remarks) }), remarks };
}

function originOf(header: NrrdHeader, flip: Vec3, unit: number, remarks: Remark[]): Vec3 {
  const text = header.fields.get('spaceorigin');
  if (text === undefined) {
    remarks.push({ code: 'origin-unknown', text: 'there is no space origin, so the position is unknown; 0, 0, 0 is taken.' });
    return [0, 0, 0];
  }
  const origin = vector(text);
  if (origin === undefined || origin.length !== 3 || !origin.every(Number.isFinite)) throw badHeader(`The space origin "${text}" is not three finite numbers.`);
  return origin.map((value, i) => signed(value * unit, flip[i])) as unknown as Vec3;
}

function lengthUnit(header: NrrdHeader, remarks: Remark[]): number {
  const names = [...new Set([...(header.fields.get('spaceunits') ?? '').matchAll(/"([^"]*)"/g)].map((match) => match[1]))].filter((name) => name !== '');
  if (names.length === 0) return 1;
  const unit = names.length === 1 ? MILLIMETRES[names[0]] : undefined;
  if (unit === undefined) remarks.push({ code: 'nrrd-space-units', text: `the space units ${names.join(', ')} are not a known length; millimetres are taken.` });
  return unit ?? 1;
}

/** ITK's limit for perpendicular axes: R R' may differ from the identity by this. */
const SKEW = 1e-4;

function checkDirection(d: readonly number[], spacing: Vec3): void {
  if (!(Math.abs(determinant(d)) > 1e-6)) {
    throw new RadloomError({ code: 'geometry-singular', what: `The space directions, of lengths ${spacing.join(', ')} mm, do not span space.`, fix: 'Correct the header with the software that made the file.' });
  }
  const column = (k: number) => [d[k], d[3 + k], d[6 + k]];
  const cosine = ([a, b]: readonly [number, number]) => Math.abs(column(a).reduce((sum, value, i) => sum + value * column(b)[i], 0));
  const skew = Math.max(...([[0, 1], [0, 2], [1, 2]] as const).map(cosine));
  if (skew >= SKEW) {
    throw new RadloomError({
      code: 'geometry-skewed',
      what: `The space directions are not orthogonal: the cosine between two of them is ${skew.toPrecision(3)}.`,
      fix: 'Resample the image onto a grid with perpendicular axes first.',
      data: { skew },
    });
  }
}

/** One vector an axis, undefined for `none`; empty when the field is absent. */
function directionVectors(header: NrrdHeader): (readonly number[] | undefined)[] {
  const text = header.fields.get('spacedirections');
  if (text === undefined) return [];
  return [...text.matchAll(/\([^)]*\)|\S+/g)].map(([item]) => {
    if (item.toLowerCase() === 'none') return undefined;
    const found = vector(item);
    if (found === undefined || found.length !== 3 || !found.every(Number.isFinite)) throw badHeader(`"${item}" in the space directions is not a vector of three finite numbers.`);
    return found;
  });
}

function vector(text: string): number[] | undefined {
  const match = /^\(([^)]*)\)$/.exec(text.trim());
  return match === null ? undefined : match[1].split(',').map((item) => (item.trim() === '' ? NaN : Number(item)));
}

/** The sign applied so that 0 stays +0. */
const signed = (value: number, sign: number): number => (sign < 0 ? 0 - value : value);

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

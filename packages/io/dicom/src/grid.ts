import { type Geometry, makeGeometry, RadloomError, type Vec3 } from '@radloom/core';
import { decimal } from './dataset.js';
import type { Warn } from './series.js';
import { dot, type Slice } from './slice.js';
import type { Stack } from './stack.js';

/** A stack may lean by this tangent (0.06 degrees) before it counts as sheared. */
const SHEAR = 1e-3;

/** Deviations from the regular grid above this part of the slice distance are said, even where they are tolerated. */
const NOTEWORTHY = 1e-3;

/**
 * The regular grid through the slices: distance along the normal between first and last, divided by the steps between them.
 *
 * @param tolerance how far a slice may lie off the grid, as a part of the slice distance
 * @throws `dicom-gantry-tilt`, `dicom-missing-slice`, `dicom-irregular-spacing`
 */
export function gridOf({ slices, normal }: Stack, tolerance: number, warn: Warn): Geometry {
  const [first] = slices;
  const { row, column, pixelSpacing, position, columns, rows } = first;
  const distance = slices.length === 1 ? singleDistance(first, warn) : regularDistance(slices, normal, tolerance, warn);
  return makeGeometry({
    size: [columns, rows, slices.length],
    spacing: [pixelSpacing[1], pixelSpacing[0], distance],
    origin: position,
    direction: [row[0], column[0], normal[0], row[1], column[1], normal[1], row[2], column[2], normal[2]],
  });
}

function singleDistance({ header }: Slice, warn: Warn): number {
  const [thickness, between] = [decimal(header, 'x00180050'), decimal(header, 'x00180088')];
  const found = [thickness, between].find((value) => value !== undefined && value > 0);
  const source = found === undefined ? 'its thickness is not given and is taken as 1 mm' : `${found === thickness ? 'SliceThickness' : 'SpacingBetweenSlices'} ${found} mm is taken as its thickness`;
  warn('dicom-single-slice', `there is one slice only; ${source}.`);
  return found ?? 1;
}

function regularDistance(slices: readonly Slice[], normal: Vec3, tolerance: number, warn: Warn): number {
  const from = slices[0].position;
  const steps = slices.map(({ position }): Vec3 => [position[0] - from[0], position[1] - from[1], position[2] - from[2]]);
  const along = steps.map((step) => dot(step, normal));
  const sideways = steps.map((step, i) => Math.sqrt(Math.max(0, dot(step, step) - along[i] * along[i])));
  const end = slices.length - 1;
  checkTilt(slices, sideways[end] / along[end]);
  const distance = along[end] / end;
  const off = along.map((value, i) => Math.abs(value - i * distance));
  const worst = Math.max(...off);
  if (worst > tolerance * distance) throw irregular(slices, along);
  const aside = sideways.findIndex((value) => value > tolerance * distance + SHEAR * along[end]);
  if (aside >= 0) {
    throw new RadloomError({
      code: 'dicom-irregular-spacing',
      what: `${slices[aside].name} lies ${sideways[aside].toPrecision(3)} mm beside the line of the other slices (ImagePositionPatient).`,
      fix: 'Leave out images that do not belong to the series.',
    });
  }
  if (worst > NOTEWORTHY * distance) warn('dicom-uneven-spacing', `slices lie up to ${worst.toPrecision(3)} mm off a regular distance of ${short(distance)} mm.`);
  return distance;
}

/** Decided by positions alone: scanners differ in the sign of GantryDetectorTilt, and correct it or not. */
function checkTilt(slices: readonly Slice[], tangent: number): void {
  if (tangent <= SHEAR) return;
  const angle = (Math.atan(tangent) * 180) / Math.PI;
  const tag = decimal(slices[0].header, 'x00181120');
  throw new RadloomError({
    code: 'dicom-gantry-tilt',
    what: `The stack is sheared by ${angle.toFixed(1)} degrees: the slices do not follow each other along their normal, as with a tilted gantry${tag === undefined ? '' : ` (GantryDetectorTilt ${tag})`}.`,
    fix: 'Correct the tilt first (gantry tilt correction, a resampling), or use a reconstruction without tilt.',
    data: { angle },
  });
}

/** The error for uneven gaps: slices missing when all gaps are multiples of the smallest, irregular otherwise. */
function irregular(slices: readonly Slice[], along: readonly number[]): RadloomError {
  const gaps = along.slice(1).map((value, i) => value - along[i]);
  const smallest = Math.min(...gaps);
  const largest = Math.max(...gaps);
  const multiples = gaps.every((gap) => Math.abs(gap / smallest - Math.round(gap / smallest)) < 0.05);
  if (!multiples) {
    return new RadloomError({
      code: 'dicom-irregular-spacing',
      what: `The distance between slices is irregular: ${short(smallest)} to ${short(largest)} mm.`,
      fix: 'Use a series with one slice distance, or resample it first.',
      data: { smallest, largest },
    });
  }
  const holes = gaps.flatMap((gap, i) => (Math.round(gap / smallest) > 1 ? [i] : []));
  const missing = holes.reduce((sum, i) => sum + Math.round(gaps[i] / smallest) - 1, 0);
  const places = holes.slice(0, 3).map((i) => `${short(gaps[i])} mm between ${slices[i].name} and ${slices[i + 1].name}`).join(', ');
  return new RadloomError({
    code: 'dicom-missing-slice',
    what: `${missing === 1 ? 'A slice is' : `${missing} slices are`} missing: ${places}${holes.length > 3 ? ` and ${holes.length - 3} more gaps` : ''}, where ${short(smallest)} mm are usual.`,
    fix: 'Export the complete series again.',
    data: { smallest, gaps: holes.map((i) => gaps[i]) },
  });
}

const short = (mm: number): string => String(Number(mm.toFixed(4)));

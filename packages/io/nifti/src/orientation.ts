import { determinant, type Geometry, indexToWorld, makeGeometry, RadloomError, type Vec3 } from '@radloom/core';
import { badHeader, type NiftiHeader } from './header.js';

/** An affine in RAS+ millimetres: three rows of four. */
type Affine = readonly number[];

/** Something to tell the person: code and sentence. */
export interface Remark {
  readonly code: string;
  readonly text: string;
}

const UNKNOWN = 0;
const SCANNER = 1;

/** ITK takes axes as perpendicular while R R' differs from the identity by less than this. */
const SKEW = 1e-4;

/** The header's spacing and its sform are one spacing when they differ by no more than this, in mm (ITK: 1e-3). */
const SAME_SPACING = 1e-3;

/**
 * Where the voxels lie, by the rule of ITK (NiftiImageIO, 5.3): the sform where its axes are perpendicular and either the qform is
 * unknown, or the sform comes from the scanner (code 1), or both say the same; otherwise the qform.
 *
 * NIfTI's RAS+ becomes LPS by the sign of x and y. Spacing is the header's pixdim, as in ITK, unless the sform contradicts it.
 *
 * @param size voxels along the first three axes
 * @throws `geometry-skewed`, `geometry-singular` or `nifti-header` where no usable placement is found
 */
export function orient(header: NiftiHeader, size: Vec3): { geometry: Geometry; remarks: Remark[] } {
  const spacing = headerSpacing(header);
  const remarks: Remark[] = [];
  const s = header.sform.code > UNKNOWN ? sformAffine(header) : undefined;
  const q = header.qform.code > UNKNOWN ? qformAffine(header, spacing) : undefined;
  if (s === undefined && q === undefined) {
    remarks.push({ code: 'orientation-unknown', text: 'qform and sform are both absent, so orientation and position are unknown; the axes are taken as they are, left to right is not certain.' });
    return { geometry: makeGeometry({ size, spacing: positive(spacing) }), remarks };
  }
  const problem = s === undefined ? undefined : sformProblem(s);
  if (s === undefined || problem !== undefined) {
    if (q === undefined) throw problem;
    if (problem !== undefined) remarks.push({ code: 'nifti-sform-unusable', text: `The qform is used: ${problem.what}` });
    return { geometry: placed(q, size, positive(spacing)), remarks };
  }
  const norms = columnNorms(s);
  const agree = norms.every((n, i) => Math.abs(n - spacing[i]) <= SAME_SPACING);
  if (!agree) {
    remarks.push({ code: 'nifti-spacing-conflict', text: `The voxel size ${list(spacing)} mm of the header and ${list(norms)} mm of its sform disagree; the sform is used.` });
  }
  const fromSform = placed(s, size, agree ? positive(spacing) : norms);
  if (q === undefined) return { geometry: fromSform, remarks };

  const fromQform = placed(q, size, positive(spacing));
  const chosen = header.sform.code === SCANNER || verySimilar(s, q) ? fromSform : fromQform;
  const distance = farthest(fromSform, fromQform);
  if (distance > 0.01 * Math.min(...chosen.spacing)) {
    remarks.push({
      code: 'nifti-form-conflict',
      text: `qform and sform disagree by up to ${distance.toPrecision(3)} mm; the ${chosen === fromSform ? 'sform' : 'qform'} is used.`,
    });
  }
  return { geometry: chosen, remarks };
}

/** pixdim of the first three axes in mm; axes that the file does not have count 1 mm where it gives nothing. */
function headerSpacing(header: NiftiHeader): number[] {
  return [1, 2, 3].map((axis) => {
    const value = header.pixdim[axis];
    if (axis > header.dims.length && !(value > 0)) return 1;
    if (!Number.isFinite(value)) throw badHeader(`pixdim[${axis}], the voxel size along axis ${axis}, is not a finite number.`);
    return value * header.unit;
  });
}

function positive(spacing: readonly number[]): Vec3 {
  const bad = spacing.findIndex((value) => !(value > 0));
  if (bad >= 0) throw badHeader(`pixdim[${bad + 1}], the voxel size along axis ${bad + 1}, is ${spacing[bad]} mm and must be positive.`);
  return spacing as unknown as Vec3;
}

function sformAffine({ sform, unit }: NiftiHeader): Affine {
  return sform.rows.map((value) => value * unit);
}

/** Rotation from the quaternion's imaginary parts, columns scaled by the spacing (nifti1.h, method 2); single precision in NIfTI-1, as niftilib has it. */
function qformAffine({ qform, pixdim, unit, version }: NiftiHeader, spacing: readonly number[]): Affine {
  let [b, c, d] = qform.quaternion;
  const rest = 1 - (b * b + c * c + d * d);
  let a = 0;
  if (rest < 1e-7) {
    const norm = 1 / Math.sqrt(b * b + c * c + d * d);
    b *= norm;
    c *= norm;
    d *= norm;
  } else a = Math.sqrt(rest);
  const [x, y] = spacing;
  const z = pixdim[0] < 0 ? -spacing[2] : spacing[2];
  const [ox, oy, oz] = qform.origin.map((value) => value * unit);
  const rows = [
    (a * a + b * b - c * c - d * d) * x, 2 * (b * c - a * d) * y, 2 * (b * d + a * c) * z, ox,
    2 * (b * c + a * d) * x, (a * a + c * c - b * b - d * d) * y, 2 * (c * d - a * b) * z, oy,
    2 * (b * d - a * c) * x, 2 * (c * d + a * b) * y, (a * a + d * d - c * c - b * b) * z, oz,
  ];
  if (!rows.every(Number.isFinite)) throw badHeader('The qform, which places the image, holds values that are not numbers.');
  return version === 1 ? rows.map(Math.fround) : rows;
}

/** Why an sform cannot place a grid of perpendicular axes, or undefined. */
function sformProblem(affine: Affine): RadloomError | undefined {
  if (!affine.every(Number.isFinite)) return badHeader('The sform (srow_x, srow_y, srow_z), which places the image, holds values that are not numbers.');
  const norms = columnNorms(affine);
  const unit = rotation(affine).map((value, i) => value / norms[i % 3]);
  if (!(Math.abs(determinant(unit)) > 1e-6)) {
    return new RadloomError({
      code: 'geometry-singular',
      what: `The sform (srow_x, srow_y, srow_z) is a degenerate affine: its axes have the lengths ${list(norms)} mm and do not span space.`,
      fix: 'Correct the header with the software that made the file.',
    });
  }
  const skew = largestSkew(unit);
  if (skew < SKEW) return undefined;
  return new RadloomError({
    code: 'geometry-skewed',
    what: `The axes of the sform are not orthogonal: the cosine between two of them is up to ${skew.toPrecision(3)}.`,
    fix: 'Resample the image onto a grid with perpendicular axes first.',
    data: { skew },
  });
}

/** The largest deviation of R R' from the identity. */
function largestSkew(r: readonly number[]): number {
  let worst = 0;
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      const product = r[3 * i] * r[3 * j] + r[3 * i + 1] * r[3 * j + 1] + r[3 * i + 2] * r[3 * j + 2];
      worst = Math.max(worst, Math.abs(product - (i === j ? 1 : 0)));
    }
  }
  return worst;
}

function verySimilar(s: Affine, q: Affine): boolean {
  const a = columnNorms(s);
  const b = columnNorms(q);
  return s.every((value, i) => {
    const column = i % 4;
    return column === 3 ? Math.abs(value - q[i]) <= 1e-4 : Math.abs(value / a[column] - q[i] / b[column]) <= 1e-4 && Math.abs(a[column] - b[column]) <= 1e-4;
  });
}

/** The grid of an affine: columns normalised, x and y turned from RAS to LPS. */
function placed(affine: Affine, size: Vec3, spacing: Vec3): Geometry {
  const norms = columnNorms(affine);
  const direction = rotation(affine).map((value, i) => lps(value / norms[i % 3], Math.floor(i / 3)));
  return makeGeometry({ size, spacing, direction, origin: [lps(affine[3], 0), lps(affine[7], 1), lps(affine[11], 2)] });
}

/** A coordinate along axis 0, 1 or 2 from RAS to LPS; subtracted so that 0 stays +0. */
const lps = (value: number, axis: number): number => (axis < 2 ? 0 - value : value);

const rotation = (affine: Affine): number[] => [0, 1, 2, 4, 5, 6, 8, 9, 10].map((i) => affine[i]);

function columnNorms(affine: Affine): Vec3 {
  return [0, 1, 2].map((c) => Math.sqrt(affine[c] ** 2 + affine[4 + c] ** 2 + affine[8 + c] ** 2)) as unknown as Vec3;
}

/** Largest distance in mm between the same corner voxel on two grids of one size. */
function farthest(a: Geometry, b: Geometry): number {
  let worst = 0;
  for (let corner = 0; corner < 8; corner++) {
    const index = a.size.map((n, axis) => ((corner >> axis) & 1) * (n - 1)) as unknown as Vec3;
    const p = indexToWorld(a, index);
    const q = indexToWorld(b, index);
    worst = Math.max(worst, Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
  }
  return worst;
}

const list = (values: readonly number[]): string => values.map((value) => Number(value.toPrecision(6))).join(' x ');

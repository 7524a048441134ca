import { RadloomError, type Vec3 } from '@radloom/core';
import { decimal, text } from './dataset.js';
import { names, type Warn } from './series.js';
import { dot, type Slice } from './slice.js';

/** Slices in ascending order along the normal, one a position. */
export interface Stack {
  readonly slices: readonly Slice[];
  /** Unit vector along which k ascends: the cross product of row and column direction. */
  readonly normal: Vec3;
}

/** Positions closer than this are one, in mm. */
const SAME_POSITION = 1e-3;

/** Orientations of one series may differ by this in each component. */
const SAME_DIRECTION = 1e-4;

/**
 * Checks that the images belong together and puts them in order by position.
 *
 * @throws `dicom-inconsistent`, `dicom-duplicate-instance`, `dicom-duplicate-position`, `dicom-several-volumes`
 */
export function stack(images: readonly Slice[], warn: Warn): Stack {
  const slices = withoutCopies(images, warn);
  checkConsistent(slices);
  const [{ row, column }] = slices;
  const normal = unit([row[1] * column[2] - row[2] * column[1], row[2] * column[0] - row[0] * column[2], row[0] * column[1] - row[1] * column[0]]);
  const placed = slices.map((slice) => ({ slice, at: dot(slice.position, normal) })).sort((a, b) => a.at - b.at);
  const groups: Slice[][] = [];
  let last = -Infinity;
  for (const { slice, at } of placed) {
    if (at - last < SAME_POSITION) groups[groups.length - 1].push(slice);
    else groups.push([slice]);
    last = at;
  }
  return { slices: onePerPosition(groups, warn), normal };
}

/** Leaves out files that are there twice; the same SOPInstanceUID for different images is refused. */
function withoutCopies(images: readonly Slice[], warn: Warn): Slice[] {
  const seen = new Map<string, Slice>();
  const copies: Slice[] = [];
  for (const slice of images) {
    const uid = text(slice.header, 'x00080018') ?? slice.name;
    const before = seen.get(uid);
    if (before === undefined) seen.set(uid, slice);
    else if (samePixels(before, slice) && before.position.every((value, i) => value === slice.position[i])) copies.push(slice);
    else {
      throw new RadloomError({
        code: 'dicom-duplicate-instance',
        what: `${before.name} and ${slice.name} are different images and carry the same SOPInstanceUID.`,
        fix: 'Export the series again; one of the two files is not what it says.',
      });
    }
  }
  if (copies.length > 0) warn('dicom-copies', `${copies.length === 1 ? 'a copy' : `${copies.length} copies`} of other files of the series left out: ${names(copies)}.`);
  return images.filter((slice) => !copies.includes(slice));
}

/** What all images of a volume share, with the keyword of a message and the values shown in it. */
const shared: readonly { keyword: string; of(slice: Slice): readonly (number | string)[]; tolerance: number; separator: string }[] = [
  { keyword: 'Columns x Rows', of: (s) => [s.columns, s.rows], tolerance: 0, separator: ' x ' },
  { keyword: 'ImageOrientationPatient', of: (s) => [...s.row, ...s.column], tolerance: SAME_DIRECTION, separator: '\\' },
  { keyword: 'PixelSpacing', of: (s) => s.pixelSpacing, tolerance: 1e-4, separator: ' x ' },
  { keyword: 'FrameOfReferenceUID', of: (s) => [text(s.header, 'x00200052') ?? 'none'], tolerance: 0, separator: '' },
];

function checkConsistent(slices: readonly Slice[]): void {
  for (const { keyword, of, tolerance, separator } of shared) {
    const like = (reference: Slice) => {
      const values = of(reference);
      return (slice: Slice) => of(slice).every((value, i) => value === values[i] || (typeof value === 'number' && Math.abs(value - Number(values[i])) <= tolerance));
    };
    let same = slices.filter(like(slices[0]));
    if (same.length === slices.length) continue;
    // The larger group is taken for the series, the smaller for what does not belong.
    if (same.length * 2 < slices.length) same = slices.filter(like(slices.find((slice) => !same.includes(slice)) as Slice));
    const odd = slices.filter((slice) => !same.includes(slice));
    // UIDs say nothing to a reader and could lead to the patient.
    const values = separator === '' ? '' : `: ${of(odd[0]).join(separator)} against ${of(same[0]).join(separator)}`;
    throw new RadloomError({
      code: 'dicom-inconsistent',
      what: `${keyword} of ${names(odd)} differs from that of the other ${same.length} images${values}.`,
      fix: 'Leave out the images that do not belong to the series.',
      data: { keyword, files: odd.map((slice) => slice.name) },
    });
  }
}

function onePerPosition(groups: readonly Slice[][], warn: Warn): Slice[] {
  const dropped: Slice[] = [];
  const conflicts: Slice[][] = [];
  const kept = groups.map((group) => {
    const different = group.filter((slice, i) => !group.slice(0, i).some((other) => samePixels(slice, other)));
    dropped.push(...group.filter((slice) => !different.includes(slice)));
    if (different.length > 1) conflicts.push(different);
    return different[0];
  });
  if (conflicts.length > 0) throw conflicting(groups, conflicts);
  if (dropped.length > 0) warn('dicom-duplicate-slice', `${dropped.length === 1 ? 'an image' : `${dropped.length} images`} with the position and the pixels of another left out: ${names(dropped)}.`);
  return kept;
}

/** Attributes that tell volumes of one series apart, and the setting that chooses by them. */
const attributes: readonly (readonly [keyword: string, tag: string, setting?: string])[] = [
  ['AcquisitionNumber', 'x00200012', 'acquisitionNumber'],
  ['EchoTime', 'x00180081', 'echoTime'],
  ['TemporalPositionIdentifier', 'x00200100'],
  ['TriggerTime', 'x00181060'],
  ['AcquisitionTime', 'x00080032'],
  ['ContentTime', 'x00080033'],
  ['ImageType', 'x00080008'],
];

function conflicting(groups: readonly Slice[][], conflicts: readonly Slice[][]): RadloomError {
  const [first] = conflicts;
  const count = groups[0].length;
  const position = first[0].position.join(', ');
  if (!groups.every((group) => group.length === count)) {
    return new RadloomError({
      code: 'dicom-duplicate-position',
      what: `${names(first)} are different images at the same ImagePositionPatient (${position}).`,
      fix: 'Leave out the one that does not belong to the series.',
      data: { files: first.map((slice) => slice.name) },
    });
  }
  const telling = attributes.filter(([, tag]) => groups.every((group) => new Set(group.map((slice) => text(slice.header, tag))).size === count));
  const choosing = telling.find(([, , setting]) => setting !== undefined);
  const by = telling.length === 0 ? 'in none of the usual attributes' : `in ${telling.map(([keyword]) => keyword).join(', ')}`;
  const total = count * groups.length;
  const values = choosing === undefined ? [] : [...new Set(groups[0].map((slice) => decimal(slice.header, choosing[1])))].sort((a, b) => Number(a) - Number(b));
  return new RadloomError({
    code: 'dicom-several-volumes',
    what: `The series holds several volumes: ${total} images at ${groups.length} ${groups.length === 1 ? 'place' : 'places'} (first ImagePositionPatient ${position}), ${count} at each, which differ ${by}.`,
    fix: choosing === undefined ? 'Put the files of each volume in a folder of their own.' : `Choose one: ${choosing[2]}: ${values.join(' or ')}.`,
    data: { attributes: telling.map(([keyword]) => keyword) },
  });
}

function samePixels(a: Slice, b: Slice): boolean {
  if (a.pixels.length !== b.pixels.length || a.slope !== b.slope || a.intercept !== b.intercept) return false;
  for (let i = 0; i < a.pixels.length; i++) if (a.pixels[i] !== b.pixels[i]) return false;
  return true;
}

function unit(v: Vec3): Vec3 {
  const length = Math.sqrt(dot(v, v));
  return [v[0] / length, v[1] / length, v[2] / length];
}

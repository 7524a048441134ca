import { makeMask, type Mask, RadloomError, type Volume, type VoxelArray } from '@radloom/core';

/** The mask last taken from a segmentation: several steps of a case ask for the same one. */
const lastTaken = new WeakMap<Volume, Mask>();

/**
 * The voxels of one label of a segmentation as a mask on the same grid.
 *
 * @throws `mask-empty` if nothing is segmented at all, `label-absent` with the labels that are there, `label-not-integer`
 */
export function takeLabel(segmentation: Volume, label: number): Mask {
  const { data, geometry, segments } = segmentation;
  const last = lastTaken.get(segmentation);
  if (last?.label === label) return last;
  requireIntegers(data);
  const inside = new Uint8Array(data.length);
  let found = false;
  eachStretch(segmentation, (from, to) => {
    if (markLabel(data, label, inside, from, to)) found = true;
  });
  if (!found) throw absent(segmentation, label);
  const mask = makeMask(geometry, inside, label, segments?.find((segment) => segment.label === label)?.name ?? null);
  lastTaken.set(segmentation, mask);
  return mask;
}

/** Marks the label's voxels from one voxel to before another. @returns whether there are any */
function markLabel(data: VoxelArray, label: number, inside: Uint8Array, from: number, to: number): boolean {
  let found = false;
  for (let v = from; v < to; v++) {
    if (data[v] !== label) continue;
    inside[v] = 1;
    found = true;
  }
  return found;
}

function requireIntegers(data: VoxelArray): void {
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return;
  let voxel = 0;
  while (voxel < data.length && Number.isInteger(data[voxel])) voxel++;
  if (voxel === data.length) return;
  throw new RadloomError({
    code: 'label-not-integer',
    what: `The segmentation holds values that are no labels, such as ${data[voxel]}.`,
    fix: 'A mask needs whole numbers: was the image given instead of the segmentation, or a probability map? Round or threshold it first.',
    data: { value: data[voxel], voxel },
  });
}

/**
 * The label of a named segment.
 *
 * @throws `segment-absent` with the names that are there
 */
export function labelNamed({ segments = [] }: Volume, name: string): number {
  const segment = segments.find((candidate) => candidate.name === name);
  if (segment !== undefined) return segment.label;
  const names = segments.map((candidate) => candidate.name);
  throw new RadloomError({
    code: 'segment-absent',
    what: `The segmentation has no segment named ${name}.`,
    fix: names.length === 0 ? 'This file names none of its segments: choose one by its label.' : `It has: ${names.join(', ')}.`,
    data: { name, names },
  });
}

/** Labels that occur, ascending; 0 is background. */
export function labelsIn(segmentation: Volume): number[] {
  const labels = new Set<number>();
  eachStretch(segmentation, (from, to) => {
    for (let v = from; v < to; v++) labels.add(segmentation.data[v]);
  });
  labels.delete(0);
  return [...labels].sort((a, b) => a - b);
}

function absent(segmentation: Volume, label: number): RadloomError {
  const labels = labelsIn(segmentation);
  if (labels.length === 0) return new RadloomError({ code: 'mask-empty', what: 'Nothing is segmented: every voxel of the segmentation is 0.', fix: 'Check that this is the right segmentation file.' });
  const names = new Map(segmentation.segments?.map((segment) => [segment.label, segment.name]));
  const listed = labels.slice(0, 50).map((present) => (names.has(present) ? `${present} (${names.get(present)})` : String(present)));
  return new RadloomError({
    code: 'label-absent',
    what: `Label ${label} does not occur in the segmentation.`,
    fix: `Choose one of its labels: ${listed.join(', ')}${labels.length > listed.length ? ', …' : ''}.`,
    data: { label, labels },
  });
}

/** Calls `visit` for stretches of voxels that are not all background. Most of a segmentation is 0: four bytes are looked at a time. */
function eachStretch({ data }: Volume, visit: (from: number, to: number) => void): void {
  const width = 4 / data.BYTES_PER_ELEMENT;
  if (width < 1 || data.byteOffset % 4 !== 0) {
    visit(0, data.length);
    return;
  }
  const words = new Int32Array(data.buffer, data.byteOffset, Math.floor(data.length / width));
  for (let w = 0; w < words.length; w++) {
    while (w + 4 <= words.length && (words[w] | words[w + 1] | words[w + 2] | words[w + 3]) === 0) w += 4;
    if (w === words.length || words[w] === 0) continue;
    const from = w;
    while (w < words.length && words[w] !== 0) w++;
    visit(from * width, w * width);
  }
  if (words.length * width < data.length) visit(words.length * width, data.length);
}

import { makeMask, type Mask, RadloomError, type Volume } from '@radloom/core';

/**
 * The voxels of one label of a segmentation as a mask on the same grid.
 *
 * @throws `mask-empty` if nothing is segmented at all, `label-absent` with the labels that are there, `label-not-integer`
 */
export function takeLabel(segmentation: Volume, label: number): Mask {
  const { data, geometry, segments } = segmentation;
  const inside = new Uint8Array(data.length);
  const mayBeFraction = data instanceof Float32Array || data instanceof Float64Array;
  let found = false;
  eachStretch(segmentation, (from, to) => {
    for (let v = from; v < to; v++) {
      const value = data[v];
      if (value === label) {
        inside[v] = 1;
        found = true;
      } else if (mayBeFraction && !Number.isInteger(value)) {
        throw new RadloomError({
          code: 'label-not-integer',
          what: `The segmentation holds values that are no labels, such as ${value}.`,
          fix: 'A mask needs whole numbers: was the image given instead of the segmentation, or a probability map? Round or threshold it first.',
          data: { value, voxel: v },
        });
      }
    }
  });
  if (!found) throw absent(segmentation, label);
  return makeMask(geometry, inside, label, segments?.find((segment) => segment.label === label)?.name ?? null);
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
  const words = new Uint32Array(data.buffer, data.byteOffset, Math.floor(data.length / width));
  for (let w = 0; w < words.length; w++) {
    if (words[w] === 0) continue;
    const from = w;
    while (w < words.length && words[w] !== 0) w++;
    visit(from * width, w * width);
  }
  if (words.length * width < data.length) visit(words.length * width, data.length);
}

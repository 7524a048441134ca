import { readFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cooccurrence, dependenceMatrix, runLengths, sizeZones, toneDifferences } from '@radloom/imaging';
import { operate, readVolume } from './operations.js';

const plane = { force2D: false, force2DDimension: 0 };
const tolerance = { relative: 1e-9, absolute: 1e-12 };

/** The texture matrices that PyRadiomics publishes for its own tests: counts to the last, sums to 1e-9. */
export default async function matrices(tally, folder) {
  const home = join(folder, 'pyradiomics');
  for (const name of ['brain1', 'brain2', 'breast1', 'lung1', 'lung2']) {
    const image = join(home, 'cases', `${name}_image.nrrd`);
    if (!existsSync(image)) {
      for (const family of Object.keys(compare)) tally.skip(`matrices ${family}`, `${name} (no image)`);
      continue;
    }
    const region = await regionOf(image, join(home, 'cases', `${name}_label.nrrd`));
    for (const family of Object.keys(compare)) compare[family](tally, name, region, readNpy(join(home, 'baseline', `${name}_${family}.npy`)));
  }
  // A table of filter coefficients, not of a case: the wavelet bands themselves are compared by the samples.
  tally.skip('matrices wavelet', 'wavelet.npy');
}

async function regionOf(imagePath, labelPath) {
  const volume = await readVolume(imagePath);
  const { mask } = await operate('preprocess/mask', 'run', { image: volume, segmentation: await readVolume(labelPath) }, { minimumROIDimensions: 1 });
  return (await operate('preprocess/discretise', 'run', { volume, mask })).region;
}

/** Published matrices list the levels and sizes that occur, ascending, or all from 1. */
const axis = (length, occurring) => (length === occurring.length ? occurring : Array.from({ length }, (_, i) => i + 1));
const occurring = (values) => [...new Set(values)].sort((a, b) => a - b);
const key = (level, size) => level * 2 ** 32 + size;
const counts = ({ level, size, count }) => new Map(Array.from(count, (value, i) => [key(level[i], size[i]), value]));

/** A level-by-size matrix, one direction of `directions` (or the only one). */
function levelSizes(tally, group, name, matrix, { shape, at }, place, levels, sizes) {
  const found = counts(matrix);
  for (let i = 0; i < shape[0]; i++) for (let s = 0; s < shape[1]; s++) tally.number(group, `${name} ${levels[i]} ${sizes[s]} ${place}`, found.get(key(levels[i], sizes[s])) ?? 0, at(i, s, place), tolerance);
}

/** Directions in the published order: z slowest, from + to -. */
const directionPlace = new Map();
for (let z = 1, n = 0; z >= -1; z--) for (let y = 1; y >= -1; y--) for (let x = 1; x >= -1; x--, n++) directionPlace.set([x, y, z].join(), n);

const compare = {
  glcm(tally, name, region, reference) {
    const { levels, directions } = cooccurrence(region, { ...plane, distances: [1], symmetrical: true });
    const all = axis(reference.shape[0], [...levels]);
    for (const { direction, pairs } of directions) {
      const total = pairs.count.reduce((a, b) => a + b, 0);
      const found = new Map();
      levels.forEach((level, i) => {
        for (let q = pairs.start[i]; q < pairs.start[i + 1]; q++) found.set(key(level, levels[pairs.column[q]]), pairs.count[q] / total);
      });
      const k = directionPlace.get(direction.join());
      all.forEach((a, i) => all.forEach((b, j) => tally.number('matrices glcm', `${name} ${a} ${b} ${direction}`, found.get(key(a, b)) ?? 0, reference.at(i, j, k), tolerance)));
    }
  },
  glrlm(tally, name, region, reference) {
    const all = runLengths(region, plane);
    const levels = axis(reference.shape[0], occurring(all.flatMap(({ runs }) => [...runs.level])));
    const sizes = axis(reference.shape[1], occurring(all.flatMap(({ runs }) => [...runs.size])));
    for (const { direction, runs } of all) levelSizes(tally, 'matrices glrlm', name, runs, reference, directionPlace.get(direction.join()), levels, sizes);
  },
  glszm(tally, name, region, reference) {
    const matrix = sizeZones(region, plane);
    levelSizes(tally, 'matrices glszm', name, matrix, reference, 0, axis(reference.shape[0], occurring(matrix.level)), axis(reference.shape[1], occurring(matrix.size)));
  },
  gldm(tally, name, region, reference) {
    const matrix = dependenceMatrix(region, { ...plane, distances: [1], alpha: 0 });
    levelSizes(tally, 'matrices gldm', name, matrix, reference, 0, axis(reference.shape[0], occurring(matrix.level)), axis(reference.shape[1], occurring(matrix.size)));
  },
  ngtdm(tally, name, region, reference) {
    const { level, population, difference } = toneDifferences(region, { ...plane, distances: [1] });
    // Published as voxels, summed differences and levels.
    level.forEach((value, i) => [population[i], difference[i], value].forEach((found, j) => tally.number('matrices ngtdm', `${name} ${value} ${j}`, found, reference.at(i, j), tolerance)));
    tally.equal('matrices ngtdm', `${name} levels`, level.length, reference.shape[0]);
  },
};

/** A NumPy array file of float64 or float32, C order: its shape, and its value at some indices (missing ones are 0). */
function readNpy(path) {
  const bytes = readFileSync(path);
  const headerLength = bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, 10 + headerLength);
  const shape = /'shape': \(([^)]*)\)/.exec(header)[1].split(',').filter((part) => part.trim() !== '').map(Number);
  const type = /'descr': '<?\|?([a-z]\d)'/.exec(header)[1];
  const data = bytes.subarray(10 + headerLength);
  const fortran = header.includes("'fortran_order': True");
  const read = { f8: (i) => data.readDoubleLE(8 * i), f4: (i) => data.readFloatLE(4 * i), i8: (i) => Number(data.readBigInt64LE(8 * i)), i4: (i) => data.readInt32LE(4 * i) }[type];
  if (read === undefined) throw new Error(`${path}: cannot read ${type}`);
  // Leading axes of length 1 hold nothing.
  const trimmed = shape.length > 2 && shape[0] === 1 ? shape.slice(1) : shape;
  const strides = trimmed.map((_, axisIndex) => (fortran ? trimmed.slice(0, axisIndex) : trimmed.slice(axisIndex + 1)).reduce((a, b) => a * b, 1));
  return { shape: trimmed, at: (...index) => read(strides.reduce((sum, stride, i) => sum + stride * (index[i] ?? 0), 0)) };
}

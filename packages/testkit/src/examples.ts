import {
  type Context, type Geometry, type Levels, makeGeometry, makeMask, makeRegion, makeTable, makeVolume, type Mask, random, type Region, type Seed, type Table, type Volume, type VoxelArray,
} from '@radloom/core';

/** A context for calling an operation in a test: fixed seed, no cancellation, warnings collected. */
export function testContext(seed: Seed = [1, 2, 3, 4], at: Context['at'] = {}): Context & { readonly warnings: { code: string; text: string }[] } {
  const warnings: { code: string; text: string }[] = [];
  return { seed, at, signal: new AbortController().signal, progress: () => {}, warn: (code, text) => void warnings.push({ code, text }), warnings };
}

/** A smooth textured int16 volume, the same on every call. */
export function exampleVolume(size: Geometry['size'] = [12, 11, 10], spacing: Geometry['spacing'] = [0.8, 0.8, 2.5]): Volume {
  const geometry = makeGeometry({ size, spacing, origin: [-10, 5, 20] });
  const data = new Int16Array(size[0] * size[1] * size[2]);
  const stream = random([7, 11, 13, 17]);
  for (let z = 0, i = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      for (let x = 0; x < size[0]; x++, i++) data[i] = Math.round(120 * Math.sin(x / 2) * Math.cos(y / 3) + 15 * z + 40 * stream.next());
    }
  }
  return makeVolume(geometry, data);
}

/** An ellipsoid of ones in the middle of a grid. */
export function ballMask(geometry: Geometry, fraction = 0.4): Mask {
  const [nx, ny, nz] = geometry.size;
  const data = new Uint8Array(nx * ny * nz);
  const part = (v: number, n: number) => ((v - (n - 1) / 2) / (n * fraction)) ** 2;
  for (let z = 0, i = 0; z < nz; z++) for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++, i++) data[i] = part(x, nx) + part(y, ny) + part(z, nz) <= 1 ? 1 : 0;
  return makeMask(geometry, data);
}

/**
 * A region over a whole grid given by values: `mask` 0/1, `levels` from the values themselves unless given.
 * @param init.values per voxel of the grid, x fastest
 * @param init.levels per voxel of the grid; entries outside the mask are not read
 */
export function exampleRegion(init: { size: Geometry['size']; values: VoxelArray; mask?: Uint8Array; levels?: ArrayLike<number>; spacing?: Geometry['spacing'] }): Region {
  const geometry = makeGeometry({ size: init.size, spacing: init.spacing });
  const mask = makeMask(geometry, init.mask ?? new Uint8Array(init.values.length).fill(1));
  const inside: number[] = [];
  mask.data.forEach((flag, i) => flag !== 0 && inside.push(i));
  const values = Float64Array.from(inside, (i) => init.values[i]);
  const source = init.levels ?? init.values;
  const levelValues = Int32Array.from(inside, (i) => source[i]);
  const levels: Levels = { values: levelValues, count: levelValues.reduce((a, b) => Math.max(a, b), 0) };
  return makeRegion({ geometry, image: init.values, values, levels, intensityMask: mask, morphologyMask: mask });
}

/** A table of random numbers with a binary outcome that depends on the first column; rows to be tested are other patients than those that teach. */
export function exampleTable(rows = 40, columns = 6, role: Table['partition']['role'] = 'training'): Table {
  const stream = random([3, 1, 4, 1]);
  const y = Float64Array.from({ length: rows }, (_, i) => (i % 2));
  return makeTable({
    role,
    rows: Array.from({ length: rows }, (_, i) => ({ id: `${role === 'test' ? 'test' : 'case'}-${String(i + 1).padStart(3, '0')}` })),
    outcome: { column: 'outcome', event: '1' },
    columns: [
      { kind: 'numeric', name: 'outcome', values: y },
      ...Array.from({ length: columns }, (_, c) => ({
        kind: 'numeric' as const,
        name: `feature-${c + 1}`,
        values: Float64Array.from({ length: rows }, (_, r) => stream.normal() + (c === 0 ? 1.2 * y[r] : 0)),
      })),
    ],
  });
}

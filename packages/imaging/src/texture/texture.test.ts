import { makeGeometry, makeMask, makeRegion, memoBuilds, random, type Region } from '@radloom/core';
import { exampleRegion } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import {
  cooccurrence, type Cooccurrence, dependenceMatrix, levelSizeStatistics, type LevelSizeMatrix, runLengths, sizeZones, stepLength, textureWalk, toneDifferences, weightedSum,
} from './index.js';
import { shellDirections, unitDirections } from './directions.js';
import { LevelSizeCounter } from './level-sizes.js';

const inSpace = { force2D: false, force2DDimension: 0 } as const;
const near = { ...inSpace, distances: [1] };
const slices = { force2D: true, force2DDimension: 0 } as const;

/** `level,size` -> count. */
const asObject = ({ level, size, count }: LevelSizeMatrix) => Object.fromEntries(Array.from(count, (n, c) => [`${level[c]},${size[c]}`, n]).sort());

/** `direction: level,level` -> count. */
const pairsOf = ({ levels, directions }: Cooccurrence) =>
  Object.fromEntries(
    directions
      .flatMap(({ direction, pairs }) =>
        Array.from(levels).flatMap((level, row) =>
          Array.from(pairs.column.slice(pairs.start[row], pairs.start[row + 1]), (column, c): [string, number] => [`${direction}: ${level},${levels[column]}`, pairs.count[pairs.start[row] + c]]),
        ),
      )
      .sort(),
  );

const runsOf = (region: Region, settings: Parameters<typeof runLengths>[1] = inSpace) =>
  Object.fromEntries(runLengths(region, settings).map(({ direction, runs }) => [direction.join(), asObject(runs)]));

/** Levels that form patches, in a mask with holes. */
function patches(size: [number, number, number], levels: number, factor = 1, seed = 1): Region {
  const stream = random([seed, 2, 3, 4]);
  const voxels = size[0] * size[1] * size[2];
  let level = 1;
  const values = Int32Array.from({ length: voxels }, () => (level = stream.next() < 0.6 ? level : 1 + stream.integer(levels)));
  const mask = Uint8Array.from({ length: voxels }, () => (stream.next() < 0.8 ? 1 : 0));
  return exampleRegion({ size, values, mask, levels: values.map((v) => v * factor) });
}

const grid = exampleRegion({
  size: [4, 4, 1],
  values: Int32Array.of(
    1, 1, 2, 2,
    1, 1, 2, 3,
    4, 4, 4, 3,
    4, 4, 4, 3,
  ),
});

describe('worked example on a 4 x 4 grid', () => {
  test('zones: four voxels of 1, three of 2, three of 3, six of 4', () => {
    expect(asObject(sizeZones(grid, inSpace))).toEqual({ '1,4': 1, '2,3': 1, '3,3': 1, '4,6': 1 });
  });

  test('runs along x; nothing across the single slice', () => {
    const runs = runsOf(grid);
    expect(runs['1,0,0']).toEqual({ '1,2': 2, '2,1': 1, '2,2': 1, '3,1': 3, '4,3': 2 });
    expect(Object.keys(runs).sort()).toEqual(['-1,1,0', '0,1,0', '1,0,0', '1,1,0']);
  });

  test('dependences: equal neighbours and the voxel itself', () => {
    expect(asObject(dependenceMatrix(grid, { ...near, alpha: 0 }))).toEqual({ '1,4': 4, '2,3': 3, '3,2': 2, '3,3': 1, '4,4': 4, '4,6': 2 });
  });

  test('pairs along x: from left to right, and both ways', () => {
    const along = (symmetrical: boolean) => Object.fromEntries(Object.entries(pairsOf(cooccurrence(grid, { ...near, symmetrical }))).filter(([key]) => key.startsWith('1,0,0')));
    expect(along(false)).toEqual({ '1,0,0: 1,1': 2, '1,0,0: 1,2': 2, '1,0,0: 2,2': 1, '1,0,0: 2,3': 1, '1,0,0: 4,3': 2, '1,0,0: 4,4': 4 });
    expect(along(true)).toEqual({
      '1,0,0: 1,1': 4, '1,0,0: 1,2': 2, '1,0,0: 2,1': 2, '1,0,0: 2,2': 2, '1,0,0: 2,3': 1, '1,0,0: 3,2': 1, '1,0,0: 3,4': 2, '1,0,0: 4,3': 2, '1,0,0: 4,4': 8,
    });
  });

  test('tones of a line of three: distance from the mean of one or two neighbours', () => {
    const { level, population, difference } = toneDifferences(exampleRegion({ size: [3, 1, 1], values: Int32Array.of(1, 2, 4) }), near);
    expect([...level]).toEqual([1, 2, 4]);
    expect([...population]).toEqual([1, 1, 1]);
    expect([...difference]).toEqual([1, 0.5, 2]); // |1 - 2|, |2 - 5/2|, |4 - 2|
  });
});

describe('families share what they build', () => {
  test('the walk is built once a region, whoever asks and in whatever order', () => {
    const region = patches([7, 6, 5], 4);
    cooccurrence(region, { ...near, symmetrical: true });
    runLengths(region, inSpace);
    sizeZones(region, inSpace);
    dependenceMatrix(region, { ...near, alpha: 0 });
    toneDifferences(region, near);
    expect(memoBuilds(region).get('texture-walk:flat=none')).toBe(1);
    runLengths(region, { force2D: true, force2DDimension: 0 });
    expect(memoBuilds(region).get('texture-walk:flat=z')).toBe(1);
  });

  test('what depends on the mask alone is built once for all images of a case', () => {
    const first = patches([7, 6, 5], 4);
    const second = makeRegion({ ...first, levels: { values: Uint8Array.from(first.levels!.values, (level) => 5 - level), count: 4 } });
    for (const region of [first, second]) {
      runLengths(region, inSpace);
      cooccurrence(region, { ...near, distances: [2], symmetrical: true });
    }
    for (const [key, builds] of memoBuilds(first.intensityMask)) expect(builds, key).toBe(1);
    expect(memoBuilds(first.intensityMask).size).toBeGreaterThan(3);
    expect(memoBuilds(second).get('texture-walk:flat=none')).toBe(1);
  });
});

describe('byte levels and any levels', () => {
  // Levels times 1000 do not fit a byte: the same textures take the other path.
  test.each([1, 2, 3, 4])('count the same (seed %i)', (seed) => {
    const bytes = patches([9, 8, 7], 5, 1, seed);
    const wide = patches([9, 8, 7], 5, 1000, seed);
    expect(textureWalk(bytes, inSpace).pairs).toBeDefined();
    expect(textureWalk(wide, inSpace).pairs).toBeUndefined();
    const thousandth = (cells: Record<string, number>) => Object.fromEntries(Object.entries(cells).map(([key, n]) => [key.replaceAll('000', ''), n]));
    for (const plane of [inSpace, slices]) {
      for (const symmetrical of [true, false]) expect(thousandth(pairsOf(cooccurrence(wide, { ...plane, distances: [1], symmetrical })))).toEqual(pairsOf(cooccurrence(bytes, { ...plane, distances: [1], symmetrical })));
      expect(thousandth(asObject(sizeZones(wide, plane)))).toEqual(asObject(sizeZones(bytes, plane)));
      expect(Object.values(runsOf(wide, plane)).map(thousandth)).toEqual(Object.values(runsOf(bytes, plane)));
      expect(thousandth(asObject(dependenceMatrix(wide, { ...plane, distances: [1], alpha: 0 })))).toEqual(asObject(dependenceMatrix(bytes, { ...plane, distances: [1], alpha: 0 })));
      const [a, b] = [bytes, wide].map((region) => toneDifferences(region, { ...plane, distances: [1] }));
      expect(b.population).toEqual(a.population);
      b.difference.forEach((difference, i) => expect(difference / 1000).toBeCloseTo(a.difference[i], 9));
    }
  });

  test('65,000 levels in a small region take memory by what occurs', () => {
    const values = Int32Array.from({ length: 1000 }, (_, i) => 1 + ((i * 7919) % 65000));
    const region = exampleRegion({ size: [10, 10, 10], values, levels: values });
    const { levels, directions } = cooccurrence(region, { ...near, symmetrical: true });
    expect(levels.length).toBe(1000);
    expect(directions.find(({ direction }) => direction.join() === '1,0,0')?.pairs.count.length).toBe(2 * 900);
  });
});

describe('definitions', () => {
  const region = patches([8, 7, 6], 3);
  const voxels = region.values.length;

  test('each voxel is in one zone, in one run per direction, and in the dependence matrix once', () => {
    const sizes = (m: LevelSizeMatrix) => levelSizeStatistics(m)!.voxels;
    expect(sizes(sizeZones(region, inSpace))).toBe(voxels);
    for (const { runs } of runLengths(region, inSpace)) expect(sizes(runs)).toBe(voxels);
    expect(levelSizeStatistics(dependenceMatrix(region, { ...near, alpha: 0 }))!.total).toBe(voxels);
  });

  test('a direction has as many runs as voxels less equal pairs', () => {
    const equalPairs = Object.entries(pairsOf(cooccurrence(region, { ...near, symmetrical: false }))).reduce<Record<string, number>>((sums, [key, n]) => {
      const [direction, i, j] = key.split(/: |,(?=[^,]*$)/);
      return i === j ? { ...sums, [direction]: (sums[direction] ?? 0) + n } : sums;
    }, {});
    for (const { direction, runs } of runLengths(region, inSpace)) expect(levelSizeStatistics(runs)!.total).toBe(voxels - (equalPairs[direction.join()] ?? 0));
  });

  test.each([1, 2])('cells of an unsymmetrical matrix stand in the order of the levels, at distance %i too', (distance) => {
    for (const { pairs } of cooccurrence(region, { ...inSpace, distances: [distance], symmetrical: false }).directions) {
      for (let row = 1; row < pairs.start.length; row++) {
        const columns = pairs.column.slice(pairs.start[row - 1], pairs.start[row]);
        expect(columns).toEqual(columns.toSorted((a, b) => a - b));
      }
    }
  });

  test('exchanging two axes exchanges directions and nothing else', () => {
    const [nx, ny, nz] = region.geometry.size;
    const turn = (data: ArrayLike<number>) => Array.from(data, (_, i) => data[(Math.floor(i / nz) % ny) * nx + Math.floor(i / (nz * ny)) + (i % nz) * nx * ny]);
    const turned = exampleRegion({ size: [nz, ny, nx], values: Int32Array.from(turn(region.image)), mask: Uint8Array.from(turn(region.intensityMask.data)) });
    expect(asObject(sizeZones(turned, inSpace))).toEqual(asObject(sizeZones(region, inSpace)));
    expect(asObject(dependenceMatrix(turned, { ...near, alpha: 1 }))).toEqual(asObject(dependenceMatrix(region, { ...near, alpha: 1 })));
    expect(runsOf(turned)['1,0,0']).toEqual(runsOf(region)['0,0,1']);
    expect(runsOf(turned)['0,1,0']).toEqual(runsOf(region)['0,1,0']);
    expect(asObject(sizeZones(turned, { force2D: true, force2DDimension: 2 }))).toEqual(asObject(sizeZones(region, { force2D: true, force2DDimension: 0 })));
  });

  test('slices on their own: the matrices of the slices added up', () => {
    const [nx, ny, nz] = region.geometry.size;
    const parts = Array.from({ length: nz }, (_, z) => {
      const slice = [z * nx * ny, (z + 1) * nx * ny] as const;
      return exampleRegion({ size: [nx, ny, 1], values: region.image.slice(...slice), mask: region.intensityMask.data.slice(...slice) });
    });
    const added = (of: (part: Region) => LevelSizeMatrix) => asObject(weightedSum(parts.map(of), parts.map(() => 1)));
    expect(asObject(sizeZones(region, slices))).toEqual(added((part) => sizeZones(part, inSpace)));
    expect(asObject(dependenceMatrix(region, { ...slices, distances: [1], alpha: 0 }))).toEqual(added((part) => dependenceMatrix(part, { ...near, alpha: 0 })));
    expect(asObject(dependenceMatrix(region, { ...slices, distances: [2], alpha: 1 }))).toEqual(added((part) => dependenceMatrix(part, { ...inSpace, distances: [2], alpha: 1 })));
    expect(Object.keys(runsOf(region, slices)).sort()).toEqual(['-1,1,0', '0,1,0', '1,0,0', '1,1,0']);
  });

  test('the walk and the general look at neighbours agree where both apply', () => {
    // alpha 1 with levels 2, 4, 6 sees what alpha 0 sees, but never asks the walk
    const spread = makeRegion({ ...region, levels: { values: Uint8Array.from(region.levels!.values, (level) => 2 * level), count: 6 } });
    const general = asObject(dependenceMatrix(spread, { ...near, alpha: 1 }));
    expect(memoBuilds(spread).has('texture-walk:flat=none')).toBe(false);
    expect(general).toEqual(asObject(dependenceMatrix(spread, { ...near, alpha: 0 })));
  });

  test('a distance is a shell: 13, 49, 109 directions; none as long as the box', () => {
    const size = [9, 9, 9] as const;
    expect([1, 2, 3].map((distance) => shellDirections([distance], size, 'none').length)).toEqual([13, 49, 109]);
    expect(shellDirections([1, 2, 3], size, 'none').length).toBe(13 + 49 + 109);
    expect(shellDirections([1], size, 'z').length).toBe(4);
    expect(shellDirections([1], [9, 9, 1], 'none').length).toBe(4);
    expect(shellDirections([2], [2, 2, 2], 'none').length).toBe(0);
    expect(shellDirections([1], size, 'none').map(String).sort()).toEqual(unitDirections.map(String).sort());
  });

  test('a direction without a line of two voxels has no runs; a gap on the line does not matter', () => {
    const apart = exampleRegion({ size: [3, 1, 1], values: Int32Array.of(1, 1, 1), mask: Uint8Array.of(1, 0, 1) });
    expect(runsOf(apart)).toEqual({ '1,0,0': { '1,1': 2 } });
    const never = exampleRegion({ size: [3, 2, 1], values: new Int32Array(6).fill(1), mask: Uint8Array.of(1, 0, 0, 0, 0, 1) });
    expect(runsOf(never)).toEqual({});
  });

  test('a voxel without neighbours counts among its level, with no difference', () => {
    const { population, difference } = toneDifferences(exampleRegion({ size: [3, 1, 1], values: Int32Array.of(1, 1, 3), mask: Uint8Array.of(1, 0, 1) }), near);
    expect([...population]).toEqual([1, 1]);
    expect([...difference]).toEqual([0, 0]);
  });

  test('step lengths in mm', () => {
    const step = [1, -1, 1] as const;
    const spacing = [2, 3, 6] as const;
    expect((['manhattan', 'euclidean', 'infinity'] as const).map((norm) => stepLength(step, spacing, norm))).toEqual([11, 7, 6]);
  });
});

describe('the counter of levels and sizes', () => {
  test('small and large sizes, through several growths', () => {
    const counter = new LevelSizeCounter(3);
    for (let n = 1; n <= 500; n++) for (let row = 1; row <= 3; row++) for (let times = 0; times < row; times++) counter.add(row, n);
    const cells = asObject(counter.cells(Int32Array.of(0, 10, 20, 30)));
    expect(Object.keys(cells).length).toBe(1500);
    expect([cells['10,1'], cells['20,16'], cells['20,17'], cells['30,500']]).toEqual([1, 2, 2, 3]);
    expect([...counter.totals()]).toEqual([0, 125250, 250500, 375750]);
  });
});

describe('what cannot be', () => {
  const mask = makeMask(makeGeometry({ size: [2, 1, 1] }), Uint8Array.of(1, 1));
  const bare = { geometry: mask.geometry, image: Int16Array.of(1, 2), values: Int16Array.of(1, 2), intensityMask: mask, morphologyMask: mask };

  test('a region without levels says how to get them', () => {
    expect(() => sizeZones(makeRegion(bare), inSpace)).toThrow(/Discretise/);
  });

  test('levels beyond the highest, and too many of them', () => {
    expect(() => sizeZones(makeRegion({ ...bare, levels: { values: Int32Array.of(1, 3), count: 2 } }), inSpace)).toThrow(/between 1 and the highest/);
    expect(() => sizeZones(makeRegion({ ...bare, levels: { values: Int32Array.of(1, 1e9), count: 1e9 } }), inSpace)).toThrow(/larger bin width/);
  });
});

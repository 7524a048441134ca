import { random } from '@radloom/core';

/** Scans of clinical shape: 256 x 256 pixels of 0.9 mm, 24 slices of 5 mm. */
export const grid = { columns: 256, rows: 256, slices: 24, pixel: 0.9, slice: 5 };

/** Hounsfield units. */
const tissue = { air: -1000, scalp: 20, bone: 900, brain: 33, fluid: 6 };

/** A table of standard normal numbers, indexed at random: a hundred million voxels need noise faster than it can be drawn. */
function noiseTable(stream) {
  const table = new Float32Array(65536);
  for (let i = 0; i < table.length; i++) table[i] = stream.normal();
  return table;
}

/** Smooth noise of unit variance: random values on a lattice of the given spacing (mm), joined by smooth steps. */
function smoothNoise(stream, spacing) {
  const side = 32;
  const values = new Float32Array(side ** 3);
  for (let i = 0; i < values.length; i++) values[i] = stream.normal();
  const at = (x, y, z) => values[(x & (side - 1)) + side * ((y & (side - 1)) + side * (z & (side - 1)))];
  const step = (t) => t * t * (3 - 2 * t);
  const mix = (a, b, t) => a + (b - a) * t;
  return (x, y, z) => {
    const [px, py, pz] = [x / spacing + 1000, y / spacing + 1000, z / spacing + 1000];
    const [ix, iy, iz] = [Math.floor(px), Math.floor(py), Math.floor(pz)];
    const [tx, ty, tz] = [step(px - ix), step(py - iy), step(pz - iz)];
    const plane = (k) => mix(mix(at(ix, iy, k), at(ix + 1, iy, k), tx), mix(at(ix, iy + 1, k), at(ix + 1, iy + 1, k), tx), ty);
    // A mean of eight neighbours has about half the standard deviation of one.
    return 1.7 * mix(plane(iz), plane(iz + 1), tz);
  };
}

/**
 * One head with an infarct.
 *
 * @param {readonly number[]} seed
 * @param {number} risk how strongly the infarct's texture is that of tissue about to bleed: patches of lower density, coarser and deeper
 * @returns {{ image: Int16Array, mask: Uint8Array }} Hounsfield units and infarct, x fastest; x to the patient's left, y to the back, z up
 */
export function makeHead(seed, risk) {
  const stream = random(seed);
  const { columns, rows, slices, pixel, slice } = grid;
  const noise = noiseTable(stream);
  const draw = (low, high) => low + (high - low) * stream.next();
  const head = { x: draw(68, 76), y: draw(84, 94), z: draw(66, 74) };
  const skull = draw(5, 8);
  const ventricle = { x: draw(5, 9), y: draw(18, 26), z: draw(12, 16), apart: draw(8, 12) };
  const side = stream.next() < 0.5 ? -1 : 1;
  // Millilitres, log-normal about 13: the median is well above 5,000 voxels of 1 mm.
  const volume = 13000 * Math.exp(0.45 * stream.normal());
  const radius = Math.min(30, Math.cbrt((3 * volume) / (4 * Math.PI)));
  const infarct = { x: side * draw(30, 40), y: draw(-25, 25), z: draw(-10, 25), radius, flat: [draw(0.85, 1.15), draw(0.85, 1.15), draw(0.9, 1.2)] };
  const outline = smoothNoise(stream, 14);
  const patches = smoothNoise(stream, 5.5 + 0.8 * risk);
  const grain = smoothNoise(stream, 9);
  const depth = Math.max(0.5, 5 + 1.7 * risk);
  const image = new Int16Array(columns * rows * slices);
  const mask = new Uint8Array(image.length);
  let place = (stream.next() * 4294967296) >>> 0;
  for (let k = 0, i = 0; k < slices; k++) {
    const z = (k - (slices - 1) / 2) * slice;
    const z2 = (z / head.z) ** 2;
    for (let j = 0; j < rows; j++) {
      const y = (j - (rows - 1) / 2) * pixel;
      const y2 = (y / head.y) ** 2;
      for (let column = 0; column < columns; column++, i++) {
        const x = (column - (columns - 1) / 2) * pixel;
        const out = Math.sqrt((x / head.x) ** 2 + y2 + z2);
        place = (Math.imul(place, 1664525) + 1013904223) >>> 0;
        const speckle = noise[place >>> 16];
        if (out > 1) {
          image[i] = tissue.air + (out < 1.05 ? 900 : 0) + 8 * speckle;
          continue;
        }
        const inward = (1 - out) * head.x;
        let value = inward < 4 ? tissue.scalp : inward < 4 + skull ? tissue.bone : tissue.brain;
        if (value === tissue.brain) {
          const beside = Math.abs(x) - ventricle.apart;
          if ((beside / ventricle.x) ** 2 + (y / ventricle.y) ** 2 + (z / ventricle.z) ** 2 < 1) value = tissue.fluid;
          else {
            value += 2.5 * grain(x, y, z);
            const dx = (x - infarct.x) / infarct.flat[0];
            const dy = (y - infarct.y) / infarct.flat[1];
            const dz = (z - infarct.z) / infarct.flat[2];
            const distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
            if (distance < 1.4 * infarct.radius && distance < infarct.radius * (1 + 0.18 * outline(x, y, z))) {
              mask[i] = 1;
              value += -7 + depth * Math.min(0.6, patches(x, y, z));
            }
          }
        }
        image[i] = Math.round(value + 3.5 * speckle);
      }
    }
  }
  return { image, mask };
}

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { makeGeometry, makeMask, makeRegion, makeVolume, parseParams } from '@radloom/core';
import { useNativeCode } from '@radloom/executor-local';
import { readerForName, standardPlugin } from '@radloom/standard';

useNativeCode();

const context = { seed: [0, 0, 0, 0], at: {}, signal: new AbortController().signal, progress: () => {}, warn: () => {} };

/** One operation of a plugin, loaded, with its settings read. */
export async function operationOf(id, operation, settings = {}) {
  const plugin = await standardPlugin(id);
  const run = await plugin.operations[operation].load();
  const params = parseParams(plugin.params, settings);
  return (inputs) => run(inputs, params, context);
}

export const fileOf = (path) => ({ name: path, bytes: new Uint8Array(readFileSync(path)) });

export async function readVolume(file) {
  return (await (await operationOf(readerForName(file.name), 'read'))({ files: { type: 'files', files: [file] } })).volume;
}

/** Image and mask on a grid of 1 mm around the region, as the eleven images of the published setting have it. */
export async function resampledCase(imageFile, maskFile) {
  const image = await readVolume(imageFile);
  const { mask } = await (await operationOf('preprocess/mask', 'run', { deferChecks: true }))({ image, segmentation: await readVolume(maskFile) });
  return (await operationOf('preprocess/resample', 'run', { spacing: [1, 1, 1] }))({ volume: image, mask });
}

/** The same content in new objects: nothing computed about the old ones is found again. */
export function renewed({ volume, mask }) {
  const geometry = makeGeometry(volume.geometry);
  return { volume: makeVolume(geometry, volume.data.slice()), mask: makeMask(geometry, mask.data.slice()) };
}

export function renewedRegion(region) {
  const geometry = makeGeometry(region.geometry);
  const mask = makeMask(geometry, region.intensityMask.data.slice());
  const levels = { values: region.levels.values.slice(), count: region.levels.count };
  return makeRegion({ geometry, image: region.image.slice(), values: region.values.slice(), levels, intensityMask: mask, morphologyMask: mask });
}

/** A number from 0 to 1 that looks random. */
function noise(i) {
  let bits = Math.imul(i + 0x9e3779b9, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 8) / 2 ** 24;
}

/**
 * A made-up image of 256 x 256 x 128 voxels of 0.8 x 0.8 x 1 mm and a ball of about 184,000 voxels in it, as files: smooth shapes with
 * noise on them.
 */
export function madeUpFiles() {
  const size = [256, 256, 128];
  const image = new Int16Array(size[0] * size[1] * size[2]);
  const label = new Uint8Array(image.length);
  for (let z = 0, i = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      for (let x = 0; x < size[0]; x++, i++) {
        image[i] = 100 * Math.sin(x / 17) * Math.cos(y / 13) + 60 * Math.sin(z / 7) + 80 * (noise(i) + noise(i + 1) + noise(i + 256) - 1.5);
        label[i] = (0.8 * (x - 130)) ** 2 + (0.8 * (y - 120)) ** 2 + (z - 64) ** 2 <= 30.4 ** 2 ? 1 : 0;
      }
    }
  }
  return { image: nrrd(image, 'short', size), mask: nrrd(label, 'unsigned char', size) };
}

function nrrd(data, type, size) {
  const header = `NRRD0004\ntype: ${type}\ndimension: 3\nspace: left-posterior-superior\nsizes: ${size.join(' ')}\nspace directions: (0.8,0,0) (0,0.8,0) (0,0,1)\nendian: little\nencoding: gzip\nspace origin: (0,0,0)\n\n`;
  return Buffer.concat([Buffer.from(header), gzipSync(new Uint8Array(data.buffer))]);
}

/** A ball of about so many voxels whose levels, 1 to 32, change in patches. */
export function ball(voxels) {
  const radius = Math.cbrt((3 * voxels) / (4 * Math.PI));
  const side = 2 * Math.ceil(radius) + 1;
  const middle = (side - 1) / 2;
  const geometry = makeGeometry({ size: [side, side, side] });
  const inside = new Uint8Array(side ** 3);
  const levels = [];
  const image = new Float32Array(side ** 3);
  for (let z = 0, i = 0, level = 16; z < side; z++) {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++, i++) {
        if ((x - middle) ** 2 + (y - middle) ** 2 + (z - middle) ** 2 > radius ** 2) continue;
        inside[i] = 1;
        if (noise(3 * i) < 0.5) level = Math.min(32, Math.max(1, level + Math.round(8 * noise(3 * i + 1) - 4)));
        levels.push(level);
        image[i] = 25 * (level + noise(3 * i + 2));
      }
    }
  }
  const mask = makeMask(geometry, inside);
  const values = image.filter((_, i) => inside[i] === 1);
  return makeRegion({ geometry, image, values, levels: { values: Uint8Array.from(levels), count: 32 }, intensityMask: mask, morphologyMask: mask });
}

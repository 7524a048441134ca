import { makeGeometry, makeVolume, random } from '@radloom/core';
import { extract } from '@radloom/standard';

/** A small made-up head: smooth structure and noise, the same everywhere. */
function image() {
  const size = [24, 22, 12];
  const stream = random([5, 6, 7, 8]);
  const data = new Int16Array(size[0] * size[1] * size[2]);
  for (let z = 0, i = 0; z < size[2]; z++) for (let y = 0; y < size[1]; y++) for (let x = 0; x < size[0]; x++, i++) data[i] = Math.round(40 + 30 * Math.sin(x / 3) * Math.cos(y / 4) + 4 * z + 12 * stream.normal());
  return makeVolume(makeGeometry({ size, spacing: [0.9, 0.9, 2] }), data);
}

function mask(geometry) {
  const [nx, ny, nz] = geometry.size;
  const data = new Uint8Array(nx * ny * nz);
  for (let z = 0, i = 0; z < nz; z++) for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++, i++) data[i] = ((x - 12) / 8) ** 2 + ((y - 11) / 7) ** 2 + ((z - 6) / 4) ** 2 <= 1 ? 1 : 0;
  return makeVolume(geometry, data);
}

const params = `
imageType:
  Original: {}
  LoG: { sigma: [2.0] }
  Wavelet: {}
setting:
  binWidth: 10
  resampledPixelSpacing: [1, 1, 1]
`;

/** Every feature of the made-up case, by name. */
export async function features() {
  const volume = image();
  const { features: found } = await extract({ image: volume, mask: mask(volume.geometry), params });
  return Object.fromEntries(found.map(({ name, value }) => [name, value]));
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a case of the cohort is put through: 79 nodes. Two images a case, ten derived images, seven families, cheap models above them. */
const study = `title: Engine
cohort: { table: cohort.csv, image: image, mask: mask, outcome: { column: event, event: 1 } }
imaging:
  normalise: {}
  resegment: { range: [-100000, 100000] }
  filters: [original, { log: { sigma: [1.0] } }, wavelet]
  features: [shape, firstorder, glcm, glrlm, glszm, gldm, ngtdm]
selection: [zero-variance, { ranking: { keep: 5 } }]
split: { method: hold-out }
tuning: { folds: 2 }
models: { knn: { grid: { k: [5] } } }
`;

/** A 3D array as an NRRD file, 1 mm voxels, x fastest. */
function nrrd(size, type, values) {
  const header = `NRRD0004\ntype: ${type}\ndimension: 3\nspace: left-posterior-superior\nsizes: ${size.join(' ')}\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nendian: little\nencoding: raw\nspace origin: (0,0,0)\n\n`;
  return Buffer.concat([Buffer.from(header), Buffer.from(values.buffer)]);
}

/** Grey levels without structure, the same for the same number. */
function noise(length, seed) {
  let state = seed * 2654435761 + 1;
  return Int16Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 100 + (state >>> 24);
  });
}

/** A ball around the middle of the box. */
function ball([nx, ny, nz], radius) {
  const mask = new Uint8Array(nx * ny * nz);
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++, i++) mask[i] = Math.hypot(x - (nx - 1) / 2, y - (ny - 1) / 2, z - (nz - 1) / 2) <= radius ? 1 : 0;
  }
  return mask;
}

/**
 * Makes a study of `cases` scans in a folder: an image and a segmentation each, different for each case.
 * @returns paths of the study file and of every input file
 */
export function makeCohort(home, cases, { size = [8, 8, 6], radius = 2.5 } = {}) {
  const voxels = size[0] * size[1] * size[2];
  const mask = nrrd(size, 'uint8', ball(size, radius));
  const rows = ['id,image,mask,event'];
  const inputs = [];
  mkdirSync(join(home, 'scans'), { recursive: true });
  for (let n = 0; n < cases; n++) {
    const [image, segmentation] = [`scans/${n}.nrrd`, `scans/${n}-mask.nrrd`];
    writeFileSync(join(home, image), nrrd(size, 'int16', noise(voxels, n + 1)));
    writeFileSync(join(home, segmentation), mask);
    inputs.push(join(home, image), join(home, segmentation));
    rows.push(`C${n},${image},${segmentation},${n % 2}`);
  }
  writeFileSync(join(home, 'cohort.csv'), `${rows.join('\n')}\n`);
  writeFileSync(join(home, 'study.yaml'), study);
  return { study: join(home, 'study.yaml'), inputs };
}

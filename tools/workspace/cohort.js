// A cohort of tiny scans for tests and benches that need a study to run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const size = [8, 8, 6];
const voxels = size[0] * size[1] * size[2];

/** A NRRD file of the tiny grid: raw, little-endian, 1 mm. */
function nrrd(type, data) {
  const header = ['NRRD0004', `type: ${type}`, 'dimension: 3', 'space: left-posterior-superior', `sizes: ${size.join(' ')}`, 'space directions: (1,0,0) (0,1,0) (0,0,1)', 'endian: little', 'encoding: raw', 'space origin: (0,0,0)', '', ''];
  return Buffer.concat([Buffer.from(header.join('\n')), Buffer.from(data.buffer)]);
}

/** A box of 4 x 4 x 4 voxels in the middle. */
const mask = Uint8Array.from({ length: voxels }, (_, i) => {
  const [x, y, z] = [i % 8, Math.floor(i / 8) % 8, Math.floor(i / 64)];
  return x > 1 && x < 6 && y > 1 && y < 6 && z > 0 && z < 5 ? 1 : 0;
});

/** An image for each case, brighter where the event is; no two alike. */
const image = (n) => Int16Array.from({ length: voxels }, (_, i) => 100 + ((i * 37 + n * 11 + ((i * n) % 13)) % 50) + 20 * (n % 2));

/**
 * Writes `scans/`, `cohort.csv` (id, image, mask, event) and `radloom.study.yaml` into a folder.
 * @param {string} folder
 * @param {{ cases?: number, plugins?: string[], imaging?: string, selection?: string, models?: string }} options YAML of the parts of the study
 * @returns {string} path of the study file
 */
export function writeTinyStudy(folder, { cases = 12, plugins = [], imaging = '{ features: [firstorder] }', selection = '[zero-variance]', models = '{ knn: { grid: { k: [1] } } }' } = {}) {
  mkdirSync(join(folder, 'scans'), { recursive: true });
  const maskFile = nrrd('uint8', mask);
  const rows = ['id,image,mask,event'];
  for (let n = 0; n < cases; n++) {
    writeFileSync(join(folder, 'scans', `${n}.nrrd`), nrrd('int16', image(n)));
    writeFileSync(join(folder, 'scans', `${n}-mask.nrrd`), maskFile);
    rows.push(`C${n},scans/${n}.nrrd,scans/${n}-mask.nrrd,${n % 2}`);
  }
  writeFileSync(join(folder, 'cohort.csv'), `${rows.join('\n')}\n`);
  const study = join(folder, 'radloom.study.yaml');
  writeFileSync(study, `title: Tiny
plugins: ${JSON.stringify(plugins)}
cohort: { table: cohort.csv, image: image, mask: mask, outcome: { column: event, event: 1 } }
imaging: ${imaging}
selection: ${selection}
split: { method: hold-out }
tuning: { folds: 2 }
models: ${models}
`);
  return study;
}

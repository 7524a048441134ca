import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { random } from '@radloom/core';
import { clinicalRows, exclusions } from './clinical.js';
import { ctSlice } from './dicom-writer.js';
import { grid, makeHead } from './head.js';

const clinicalColumns = [
  'haemorrhagic_transformation', 'age', 'male', 'aspirin', 'clopidogrel', 'dual_antiplatelet', 'heparin', 'argatroban', 'sulodexide', 'hypertension', 'diabetes', 'coronary_disease',
  'atrial_fibrillation', 'cerebral_infarction', 'cerebral_haemorrhage', 'nihss',
];

/**
 * Writes a synthetic cohort of the shape of the published study: DICOM head CT, infarct masks, the clinical table with its published margins,
 * the exclusion log. Same seed, same bytes. Names and birth dates are made up and planted, in the table and in the DICOM headers, so that a
 * test can see that they go nowhere.
 *
 * The outcome is tied to the infarct's texture: its risk is normal about +0.75 with the event and -0.75 without, plus a little for atrial
 * fibrillation.
 *
 * @param {string} folder
 * @param {{ seed: number, cases?: number }} options at most 110 cases
 */
export async function makeCohort(folder, { seed, cases = 110 }) {
  mkdirSync(join(folder, 'masks'), { recursive: true });
  const rows = clinicalRows(seed, cases);
  const stream = random([seed >>> 0, 9, 9, 9]);
  const lines = [['id', 'image', 'mask', 'name', 'birth_date', ...clinicalColumns].join(',')];
  rows.forEach((row, i) => {
    const id = `HT-${String(i + 1).padStart(3, '0')}`;
    const risk = (row.haemorrhagic_transformation === 1 ? 0.75 : -0.75) + 0.3 * row.atrial_fibrillation + stream.normal();
    const { image, mask } = makeHead([seed >>> 0, i + 1, 77, 5], risk);
    const birthDate = `${2023 - row.age}-0${1 + (i % 9)}-1${i % 10}`;
    const patient = { id: `PLANTED-ID-${1000 + i}`, name: `PLANTED^PATIENT ${i + 1}`, birthDate, sex: row.male === 1 ? 'M' : 'F', manufacturer: i % 3 === 0 ? 'Maker A' : 'Maker B' };
    writeSeries(join(folder, 'ct', id), image, patient, `${seed} ${id}`);
    writeFileSync(join(folder, 'masks', `${id}.nrrd`), maskFile(mask));
    lines.push([id, `ct/${id}`, `masks/${id}.nrrd`, `"PLANTED, PATIENT ${i + 1}"`, birthDate, ...clinicalColumns.map((name) => row[name])].join(','));
  });
  writeFileSync(join(folder, 'cohort.csv'), `${lines.join('\n')}\n`);
  writeFileSync(join(folder, 'exclusions.csv'), `reason,count\n${exclusions.map(({ reason, count }) => `${reason},${count}`).join('\n')}\n`);
}

/** The centre of the first voxel. */
const origin = [-((grid.columns - 1) / 2) * grid.pixel, -((grid.rows - 1) / 2) * grid.pixel, 100];

function writeSeries(folder, image, patient, identity) {
  mkdirSync(folder, { recursive: true });
  const { columns, rows, slices, pixel, slice } = grid;
  for (let k = 0; k < slices; k++) {
    const file = ctSlice({
      pixels: image.subarray(k * rows * columns, (k + 1) * rows * columns),
      rows,
      columns,
      pixelSpacing: pixel,
      sliceThickness: slice,
      position: [origin[0], origin[1], origin[2] + k * slice],
      instance: k + 1,
      study: `study ${identity}`,
      series: `series ${identity}`,
      frame: `frame ${identity}`,
      patient,
    });
    writeFileSync(join(folder, `IM${String(k + 1).padStart(4, '0')}`), file);
  }
}

/** A mask as NRRD, gzip, on the grid of the series. */
function maskFile(mask) {
  const { columns, rows, slices, pixel, slice } = grid;
  const header = [
    'NRRD0004', 'type: uint8', 'dimension: 3', 'space: left-posterior-superior', `sizes: ${columns} ${rows} ${slices}`, `space directions: (${pixel},0,0) (0,${pixel},0) (0,0,${slice})`,
    'encoding: gzip', `space origin: (${origin.map((value) => value.toFixed(3)).join(',')})`, '', '',
  ].join('\n');
  return Buffer.concat([Buffer.from(header, 'latin1'), gzipSync(mask, { level: 1 })]);
}

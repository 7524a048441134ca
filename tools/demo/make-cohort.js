import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ctSeries } from './cohort/dicom.js';
import { makePatients, streamFor } from './cohort/patients.js';
import { exclusions } from './cohort/published.js';
import { makeScan } from './cohort/scan.js';
import { segmentationFile } from './cohort/segmentation.js';

/**
 * Writes a synthetic cohort of head CTs after acute stroke: DICOM series, segmentations, clinical table, exclusion log.
 *
 * @param {string} folder where to write; made if absent, files of the same names are replaced
 * @param {{ seed: number | string, cases?: number }} options the same seed gives the same bytes; `cases` takes the first so many of
 *   the 110 patients, for a quick look
 * @returns {Promise<{ table: string, exclusions: string, ids: string[] }>} paths of both tables and the patients' ids
 */
export async function makeCohort(folder, { seed, cases = 110 }) {
  const patients = makePatients(seed);
  if (!Number.isInteger(cases) || cases < 1 || cases > patients.length) throw new RangeError(`cases is ${cases}; the cohort has 1 to ${patients.length}.`);
  const chosen = patients.slice(0, cases);
  await mkdir(join(folder, 'masks'), { recursive: true });
  for (const patient of chosen) {
    const scan = makeScan(patient);
    const images = join(folder, patient.row.image);
    await mkdir(images, { recursive: true });
    await Promise.all(ctSeries(patient, scan).map(({ name, bytes }) => writeFile(join(images, name), bytes)));
    await writeFile(join(folder, patient.row.mask), segmentationFile(scan));
  }
  const table = join(folder, 'cohort.csv');
  await writeFile(table, csv(chosen.map(({ row }) => row)));
  const log = join(folder, 'exclusions.csv');
  await writeFile(log, csv(candidates(seed, patients)));
  return { table, exclusions: log, ids: chosen.map(({ id }) => id) };
}

/** Everybody who was looked at, in the order of their coming: the included with their id, the others with the reason. */
function candidates(seed, patients) {
  const included = patients.map(({ id }) => ({ id, reason: '' }));
  const excluded = exclusions.flatMap(({ reason, count }) => Array.from({ length: count }, () => ({ id: '', reason })));
  const all = [...included, ...excluded];
  return Array.from(streamFor(seed, 'candidates').permutation(all.length), (place, i) => ({ candidate: `C${String(i + 1).padStart(3, '0')}`, ...all[place] }));
}

function csv(rows) {
  return [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))].map((cells) => `${cells.join(',')}\n`).join('');
}

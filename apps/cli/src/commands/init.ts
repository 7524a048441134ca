import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RadloomError } from '@radloom/core';
import { pairScans } from '../scans.js';

const studyFile = 'radloom.study.yaml';
const tableFile = 'cohort.csv';

/** Looks for scans in a folder and writes a cohort table and a study file beside them; what is there already is never written over. */
export function init(folder: string): void {
  const home = resolve(folder);
  if (!existsSync(home) || !statSync(home).isDirectory()) throw new RadloomError({ code: 'folder-missing', what: `${folder} is no folder.`, fix: 'Name the folder that holds the scans.' });
  for (const name of [studyFile, tableFile]) {
    if (existsSync(join(home, name))) throw new RadloomError({ code: 'file-exists', what: `${join(folder, name)} exists already.`, fix: 'Move it away, or go on with it: radloom plan.' });
  }
  const found = pairScans(scansUnder(home));
  const paired = found.filter((one) => 'image' in one);
  if (paired.length === 0) {
    const why = found.slice(0, 5).map((one) => ('reason' in one ? `\n  ${one.id}: ${one.reason}` : ''));
    throw new RadloomError({
      code: 'no-pairs',
      what: `No image with a segmentation was found in ${folder}.${why.join('')}`,
      fix: 'Name files so that they tell: C01/ct.nii.gz and C01/mask.nii.gz, or images/C01.nrrd and masks/C01.nrrd.',
    });
  }
  writeFileSync(join(home, tableFile), ['id,image,mask,event', ...paired.map(({ id, image, mask }) => [id, image, mask, ''].map(field).join(','))].join('\n') + '\n', { flag: 'wx' });
  writeFileSync(join(home, studyFile), studyText(), { flag: 'wx' });
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  print(`${paired.length} ${paired.length === 1 ? 'case' : 'cases'} with image and segmentation: ${join(folder, tableFile)}`);
  for (const one of found) if ('reason' in one) print(`left out: ${one.id}: ${one.reason}`);
  print(`Study file: ${join(folder, studyFile)}`);
  print(`Next: fill in the column event (1 where it happened, 0 where not), then radloom run ${join(folder, studyFile)}`);
}

/** Image files, and folders that hold DICOM slices, at most four folders deep; hidden folders are not looked into. */
function scansUnder(home: string, below = '', depth = 0): string[] {
  const entries = readdirSync(join(home, below), { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  const path = (name: string): string => (below === '' ? name : `${below}/${name}`);
  if (below !== '' && entries.some((entry) => entry.isFile() && /\.dcm$/i.test(entry.name))) return [below];
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return depth < 4 ? scansUnder(home, path(entry.name), depth + 1) : [];
    return /\.(nii|nii\.gz|nrrd|nhdr)$/i.test(entry.name) ? [path(entry.name)] : [];
  });
}

/** A field of a CSV file, quoted where it must be. */
const field = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function studyText(): string {
  return `title: My study
cohort:
  table: ${tableFile}
  image: image
  mask: mask
  label: 1                  # which label of the segmentation is the region
  outcome: { column: event, event: 1 }
  clinical: []              # further columns of the table that models may use
imaging:
  resample: { spacing: [1, 1, 1] }      # mm
  discretise: { binWidth: 25 }
  filters: [original]       # add: log: { sigma: [1, 2, 3] }, wavelet
  features: [shape, firstorder, glcm, glrlm, glszm, gldm, ngtdm]
split: { method: hold-out }
selection: [zero-variance, near-zero-variance, correlation, lasso]
models: { random-forest: null, svm: null, knn: null, stacking: null }
`;
}

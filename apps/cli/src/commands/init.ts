import { existsSync, openSync, readdirSync, readFileSync, readSync, closeSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RadloomError } from '@radloom/core';
import { type ClinicalTable, findClinical } from '../clinical.js';
import { commonLabel } from '../labels.js';
import { type FoundCase, pairScans } from '../scans.js';
import { type CohortDraft, studyText, tableText } from '../study-draft.js';

const studyFile = 'radloom.study.yaml';

/** Looks for scans in a folder and writes a cohort table and a study file beside them; what is there already is never written over. */
export async function init(folder: string): Promise<void> {
  const home = resolve(folder);
  if (!existsSync(home) || !statSync(home).isDirectory()) throw new RadloomError({ code: 'folder-missing', what: `${folder} is no folder.`, fix: 'Name the folder that holds the scans.' });
  if (existsSync(join(home, studyFile))) throw new RadloomError({ code: 'file-exists', what: `${join(folder, studyFile)} exists already.`, fix: 'Move it away, or go on with it: radloom plan.' });
  const { cases, modalities, left } = oneShape(pairScans(scansUnder(home)));
  if (cases.length === 0) throw noPairs(folder, left);
  const tables = tablesIn(home);
  const clinical = findClinical(tables, cases.map(({ id }) => id));
  // A clinical table of the usual name stays as it is.
  const table = ['cohort.csv', 'radloom-cohort.csv'].find((name) => !existsSync(join(home, name)));
  if (table === undefined) throw new RadloomError({ code: 'file-exists', what: `${join(folder, 'radloom-cohort.csv')} exists already.`, fix: 'Move it away.' });
  const label = await commonLabel(cases.slice(0, 3).flatMap(({ pairs }) => Object.values(pairs).map(({ mask }) => join(home, mask))));
  const draft: CohortDraft = { table, cases, modalities, clinical, label };
  writeFileSync(join(home, table), tableText(draft), { flag: 'wx' });
  writeFileSync(join(home, studyFile), studyText(draft), { flag: 'wx' });
  tell(folder, draft, left, [...tables.keys()].filter((name) => name !== clinical?.file));
}

/** Cases with one image each, or with images by modality; which of several an unnamed image is cannot be told. */
function oneShape(found: readonly FoundCase[]): { readonly cases: CohortDraft['cases']; readonly modalities: readonly string[]; readonly left: readonly { readonly id: string; readonly reason: string }[] } {
  const paired = found.filter((one) => 'pairs' in one);
  const left = found.filter((one) => 'reason' in one);
  if (paired.every(({ pairs }) => Object.keys(pairs).length === 1)) return { cases: paired, modalities: [], left };
  const modalities = [...new Set(paired.flatMap(({ pairs }) => Object.keys(pairs)))].filter((name) => name !== '').sort();
  const unnamed = paired.filter(({ pairs }) => '' in pairs).map(({ id }) => ({ id, reason: `which of ${modalities.join(', ')} its image is cannot be told from the name` }));
  return { cases: paired.filter(({ pairs }) => !('' in pairs)), modalities, left: [...left, ...unnamed] };
}

function noPairs(folder: string, left: readonly { readonly id: string; readonly reason: string }[]): RadloomError {
  return new RadloomError({
    code: 'no-pairs',
    what: `No image with a segmentation was found in ${folder}.${left.slice(0, 5).map(({ id, reason }) => `\n  ${id}: ${reason}`).join('')}`,
    fix: 'Name files so that they tell: C01/ct.nii.gz and C01/mask.nii.gz, or images/C01.nrrd and masks/C01.nrrd.',
  });
}

function tell(folder: string, { table, cases, clinical, label }: CohortDraft, left: readonly { readonly id: string; readonly reason: string }[], unused: readonly string[]): void {
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  print(`${cases.length} ${cases.length === 1 ? 'case' : 'cases'} with image and segmentation: ${join(folder, table)}`);
  for (const { id, reason } of left) print(`left out: ${id}: ${reason}`);
  if (clinical !== undefined) tellClinical(clinical, cases.filter(({ id }) => clinical.row(id) === undefined).map(({ id }) => id));
  for (const name of unused) print(`not used: ${name}: no column of it names the cases, each once`);
  if (label !== undefined && label.seen.length > 1) print(`segmentations hold the labels ${label.seen.join(', ')}; the region is ${label.label}`);
  const study = join(folder, studyFile);
  print(`Study file: ${study}`);
  if (clinical?.outcome === undefined) print(`Next: fill in the column event (1 where it happened, 0 where not), then radloom run ${study}`);
  else print(`Next: look at the outcome, ${clinical.outcome.column} = ${clinical.outcome.event}, then radloom run ${study}`);
}

function tellClinical({ file, idColumn, columns, personal }: ClinicalTable, missing: readonly string[]): void {
  process.stdout.write(`${file}: ${columns.length} ${columns.length === 1 ? 'column' : 'columns'} taken over by ${idColumn}\n`);
  if (personal.length > 0) process.stdout.write(`left where they are: ${personal.join(', ')}\n`);
  if (missing.length > 0) process.stdout.write(`not in ${file}: ${missing.join(', ')}\n`);
}

/** Image files, and folders that hold DICOM slices, at most four folders deep; hidden folders are not looked into. */
function scansUnder(home: string, below = '', depth = 0): string[] {
  const entries = readdirSync(join(home, below), { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  const path = (name: string): string => (below === '' ? name : `${below}/${name}`);
  if (below !== '' && entries.some((entry) => entry.isFile() && isDicom(join(home, below, entry.name)))) return [below];
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return depth < 4 ? scansUnder(home, path(entry.name), depth + 1) : [];
    return /\.(nii|nii\.gz|nrrd|nhdr)$/i.test(entry.name) ? [path(entry.name)] : [];
  });
}

/** By its ending; without one, by the four letters that DICOM files have at 128. */
function isDicom(path: string): boolean {
  if (/\.(dcm|ima)$/i.test(path)) return true;
  if (/\.[a-z]+$/i.test(path)) return false;
  const head = new Uint8Array(132);
  const file = openSync(path, 'r');
  try {
    return readSync(file, head, 0, 132, 0) === 132 && String.fromCharCode(...head.subarray(128)) === 'DICM';
  } finally {
    closeSync(file);
  }
}

/** CSV files of the folder itself, by name. */
function tablesIn(home: string): Map<string, string> {
  const names = readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isFile() && /\.(csv|tsv)$/i.test(entry.name)).map(({ name }) => name);
  return new Map(names.sort().map((name) => [name, readFileSync(join(home, name), 'utf8')]));
}

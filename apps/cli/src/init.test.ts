import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findClinical } from './clinical.js';
import { pairScans } from './scans.js';
import { bin, nrrd, radloom, scan } from './testing/cohort.js';

describe('scans are paired by their names', () => {
  test.each([
    [['C01/ct.nii.gz', 'C01/mask.nii.gz'], 'C01', { ct: { image: 'C01/ct.nii.gz', mask: 'C01/mask.nii.gz' } }],
    [['images/C01.nrrd', 'masks/C01.nrrd'], 'C01', { '': { image: 'images/C01.nrrd', mask: 'masks/C01.nrrd' } }],
    [['sub-001_ct.nii', 'sub-001_seg.nii'], 'sub-001', { ct: { image: 'sub-001_ct.nii', mask: 'sub-001_seg.nii' } }],
    [['C01/C01_image.nrrd', 'C01/C01.seg.nrrd'], 'C01', { '': { image: 'C01/C01_image.nrrd', mask: 'C01/C01.seg.nrrd' } }],
    [['C01/dicom', 'C01/lesion.nii.gz'], 'C01', { '': { image: 'C01/dicom', mask: 'C01/lesion.nii.gz' } }],
    [
      ['S1/mr_t1_image.nii.gz', 'S1/mr_t1_mask.nii.gz', 'S1/pet_image.nii.gz', 'S1/pet_mask.nii.gz'], 'S1',
      { mrt1: { image: 'S1/mr_t1_image.nii.gz', mask: 'S1/mr_t1_mask.nii.gz' }, pet: { image: 'S1/pet_image.nii.gz', mask: 'S1/pet_mask.nii.gz' } },
    ],
  ])('%j', (scans, id, pairs) => expect(pairScans(scans)).toEqual([{ id, pairs }]));

  test('what cannot be paired says why', () => {
    expect(pairScans(['C01/ct.nii', 'C02/mask.nii', 'C03/a_ct.nii', 'C03/a_mr.nii', 'C03/a_mask.nii', 'C04/scan.nii', 'C04/mask.nii', 'C04/roi.nii'])).toEqual([
      { id: 'C01', reason: 'no segmentation beside C01/ct.nii' },
      { id: 'C02', reason: 'no image beside C02/mask.nii' },
      { id: 'C03-a', reason: 'several images: C03/a_ct.nii, C03/a_mr.nii; segmentations: C03/a_mask.nii' },
      { id: 'C04', reason: 'several segmentations: C04/mask.nii, C04/roi.nii' },
    ]);
  });
});

describe('a clinical table is found by its ids', () => {
  const ids = ['P001', 'P002', 'P003', 'P004'];
  const tables = (text: string) => new Map([['notes.csv', 'a,b\n1,2\n'], ['clinical.csv', text]]);

  test('whatever their case, zeros and separators; names and birth dates are left where they are', () => {
    const found = findClinical(tables('Patient;Surname;Birth date;Age;Relapse\np-1;A;1950-01-01;71;yes\np-2;B;1951-01-01;60;no\np-3;C;1952-01-01;55;no\n'), ids)!;
    expect(found).toMatchObject({ file: 'clinical.csv', idColumn: 'Patient', columns: ['Age', 'Relapse'], personal: ['Surname', 'Birth date'], outcome: { column: 'Relapse', event: 'yes' } });
    expect(found.row('P002')).toMatchObject({ Age: '60' });
    expect(found.row('P004')).toBeUndefined();
  });

  test('one that knows fewer than half of the cases is another study’s; one in which a case stands twice names none', () => {
    expect(findClinical(tables('id,age\nP001,3\nX2,4\nX3,5\n'), ids)).toBeUndefined();
    expect(findClinical(tables('id,age\nP001,3\nP001,4\nP002,5\nP003,6\n'), ids)).toBeUndefined();
  });
});

describe('radloom init', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'radloom-init-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('writes a table and a study file that run once the outcome is filled in', () => {
    for (let n = 10; n < 40; n++) {
      mkdirSync(join(folder, `C${n}`));
      const { image, mask } = scan(n, n % 2 === 1);
      writeFileSync(join(folder, `C${n}`, 'ct.nrrd'), nrrd(image));
      writeFileSync(join(folder, `C${n}`, 'mask.nrrd'), nrrd(mask));
    }
    mkdirSync(join(folder, 'C99'));
    writeFileSync(join(folder, 'C99', 'ct.nrrd'), nrrd(scan(1, true).image));
    const made = radloom(['init', folder]);
    expect(made.stderr).toBe('');
    expect(made.stdout).toContain('30 cases');
    expect(made.stdout).toContain('left out: C99: no segmentation beside C99/ct.nrrd');
    const table = readFileSync(join(folder, 'cohort.csv'), 'utf8');
    expect(table.split('\n')[1]).toBe('C10,C10/ct.nrrd,C10/mask.nrrd,');
    writeFileSync(join(folder, 'cohort.csv'), table.replaceAll(/^(C\d(\d).*),$/gm, (_, row: string, digit: string) => `${row},${Number(digit) % 2}`));
    const ran = radloom(['run', join(folder, 'radloom.study.yaml'), '--cache', join(folder, '.cache'), '--out', join(folder, 'out')]);
    expect(ran.status, ran.stderr).toBe(0);
  });

  test('writes over nothing', () => {
    const again = radloom(['init', folder]);
    expect(again.status).not.toBe(0);
    expect(again.stderr).toContain('exists already');
  });

  test('takes over a clinical table and the label of the segmentations, and leaves the table as it is', () => {
    const home = mkdtempSync(join(tmpdir(), 'radloom-init-clinical-'));
    const rows = ['Patient,Name,Age,Metastasis'];
    for (let n = 10; n < 40; n++) {
      const { image, mask } = scan(n, n % 2 === 1);
      mkdirSync(join(home, `C${n}`));
      writeFileSync(join(home, `C${n}`, 'ct.nrrd'), nrrd(image));
      writeFileSync(join(home, `C${n}`, 'mask.nrrd'), nrrd(mask.map((value) => 3 * value)));
      rows.push(`c-${n},Planted Name${n},${50 + (n % 7)},${n % 2 === 1 ? 'yes' : 'no'}`);
    }
    writeFileSync(join(home, 'cohort.csv'), `${rows.join('\n')}\n`);
    const made = radloom(['init', home]);
    expect(made.stderr).toBe('');
    expect(made.stdout).toContain('left where they are: Name');
    expect(made.stdout).toContain('Metastasis = yes');
    expect(readFileSync(join(home, 'cohort.csv'), 'utf8')).toBe(`${rows.join('\n')}\n`);
    const table = readFileSync(join(home, 'radloom-cohort.csv'), 'utf8');
    expect(table).not.toContain('Planted');
    expect(table.split('\n').slice(0, 2)).toEqual(['id,image,mask,Age,Metastasis', 'C10,C10/ct.nrrd,C10/mask.nrrd,53,no']);
    const ran = radloom(['run', join(home, 'radloom.study.yaml'), '--cache', join(home, '.cache'), '--out', join(home, 'out')]);
    expect(ran.status, ran.stderr).toBe(0);
    expect(ran.stdout + ran.stderr).toContain('30 of 30 complete');
    rmSync(home, { recursive: true });
  });

  test('several images a case become images by name', () => {
    const home = mkdtempSync(join(tmpdir(), 'radloom-init-images-'));
    for (const n of [1, 2]) {
      mkdirSync(join(home, `S${n}`));
      const { image, mask } = scan(n, true);
      for (const modality of ['pet', 'mr']) {
        writeFileSync(join(home, `S${n}`, `${modality}_image.nrrd`), nrrd(image));
        writeFileSync(join(home, `S${n}`, `${modality}_mask.nrrd`), nrrd(mask));
      }
    }
    expect(radloom(['init', home]).stderr).toBe('');
    expect(readFileSync(join(home, 'cohort.csv'), 'utf8').split('\n')[1]).toBe('S1,S1/mr_image.nrrd,S1/mr_mask.nrrd,S1/pet_image.nrrd,S1/pet_mask.nrrd,');
    const table = readFileSync(join(home, 'cohort.csv'), 'utf8').replace('pet_mask.nrrd,\nS2', 'pet_mask.nrrd,0\nS2').replace(/,\n$/, ',1\n');
    writeFileSync(join(home, 'cohort.csv'), table);
    const planned = radloom(['plan', join(home, 'radloom.study.yaml'), '--cache', join(home, '.cache')]);
    expect(planned.status, planned.stderr).toBe(0);
    rmSync(home, { recursive: true });
  });

  test('a folder without pairs says how files should be named', () => {
    const empty = mkdtempSync(join(tmpdir(), 'radloom-init-empty-'));
    const { status, stderr } = radloom(['init', empty]);
    rmSync(empty, { recursive: true });
    expect(status).not.toBe(0);
    expect(stderr).toContain('C01/ct.nii.gz');
  });
});

describe('radloom completion', () => {
  const offered = (...typed: string[]) =>
    spawnSync('bash', ['-c', `source <("${process.execPath}" "${bin}" completion bash); COMP_WORDS=(radloom ${typed.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${typed.length}; _radloom; printf '%s\\n' "\${COMPREPLY[@]}"`], { encoding: 'utf8', cwd: tmpdir() }).stdout.split('\n');

  test('of commands, of commands of a command, and of options, in bash', () => {
    expect(offered('ex')).toContain('extract');
    expect(offered('cache', 'g')).toContain('gc');
    expect(offered('run', 'x.yaml', '--re')).toContain('--retry-failed');
  });

  test.each(['zsh', 'fish'])('a script for %s', (shell) => expect(radloom(['completion', shell]).stdout).toContain('retry-failed'));

  test('an unknown shell is named', () => expect(radloom(['completion', 'tcsh']).stderr).toContain('tcsh'));
});

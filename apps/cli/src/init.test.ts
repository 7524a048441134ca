import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pairScans } from './scans.js';
import { bin, nrrd, radloom, scan } from './testing/cohort.js';

describe('scans are paired by their names', () => {
  test.each([
    [['C01/ct.nii.gz', 'C01/mask.nii.gz'], { id: 'C01', image: 'C01/ct.nii.gz', mask: 'C01/mask.nii.gz' }],
    [['images/C01.nrrd', 'masks/C01.nrrd'], { id: 'C01', image: 'images/C01.nrrd', mask: 'masks/C01.nrrd' }],
    [['sub-001_ct.nii', 'sub-001_seg.nii'], { id: 'sub-001', image: 'sub-001_ct.nii', mask: 'sub-001_seg.nii' }],
    [['C01/C01_image.nrrd', 'C01/C01.seg.nrrd'], { id: 'C01', image: 'C01/C01_image.nrrd', mask: 'C01/C01.seg.nrrd' }],
    [['C01/dicom', 'C01/lesion.nii.gz'], { id: 'C01', image: 'C01/dicom', mask: 'C01/lesion.nii.gz' }],
  ])('%j', (scans, expected) => expect(pairScans(scans)).toEqual([expected]));

  test('what cannot be paired says why', () => {
    expect(pairScans(['C01/ct.nii', 'C02/mask.nii', 'C03/a_ct.nii', 'C03/a_mr.nii', 'C03/a_mask.nii'])).toEqual([
      { id: 'C01', reason: 'no segmentation beside C01/ct.nii' },
      { id: 'C02', reason: 'no image beside C02/mask.nii' },
      { id: 'C03-a', reason: 'several images: C03/a_ct.nii, C03/a_mr.nii' },
    ]);
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

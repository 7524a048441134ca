import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTable } from './tables/read.js';
import { blocks, niftiFile, texture, volumeFile, workFolder } from './testing/regions.js';

const { folder, write, extract } = workFolder();
const params = (text: string) => {
  write('params.yaml', text);
  return extract('image.nrrd', 'mask.nrrd', '--params', 'params.yaml');
};

beforeAll(() => {
  write('image.nrrd', volumeFile(texture));
  write('mask.nrrd', volumeFile(blocks));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('one region', { timeout: 60_000 }, () => {
  test('the program goes by its bundle, and gives the same without it', () => {
    expect(existsSync(new URL('../dist/bundled/extract.cjs', import.meta.url))).toBe(true);
    const bundled = extract('image.nrrd', 'mask.nrrd');
    expect(bundled.stderr).toBe('');
    expect(bundled.stdout.split('\n')[0].split(',')).toHaveLength(2 + 22 + 107);
    // An option that the smaller bundle does not know goes through the larger one.
    expect(extract('image.nrrd', 'mask.nrrd', '--cache', 'cache').stdout).toBe(bundled.stdout);
    const packages = spawnSync(process.execPath, ['--input-type=module', '-e', `import(${JSON.stringify(new URL('../dist/cli.js', import.meta.url).href)}).then((cli) => cli.runCommandLine(['node', 'radloom', 'extract', 'image.nrrd', 'mask.nrrd']))`], { cwd: folder, encoding: 'utf8' });
    expect(packages.stdout).toBe(bundled.stdout);
    expect(extract('image.nrrd', 'mask.nrrd', '--cache', 'cache').stdout).toBe(bundled.stdout);
  });

  test('CSV, JSON, Parquet and XLSX hold the same values', async () => {
    for (const format of ['csv', 'json', 'parquet', 'xlsx']) expect(extract('image.nrrd', 'mask.nrrd', '--output', `f.${format}`).status).toBe(0);
    const { features } = JSON.parse(readFileSync(join(folder, 'f.json'), 'utf8')) as { features: Record<string, number> };
    expect(Object.keys(features)).toHaveLength(107);
    for (const format of ['csv', 'parquet', 'xlsx']) {
      const { columns, rows } = await readTable(join(folder, `f.${format}`));
      for (const [name, value] of Object.entries(features)) expect(Number(rows[0][columns.indexOf(name)]), `${format} ${name}`).toBe(value);
    }
  });

  test('sigma keeps its literal in the names, as Python prints it', () => {
    const { stdout } = params('imageType: {LoG: {sigma: [2, 2.0, 2.50, .5, 1.0e+0]}}\nfeatureClass: {firstorder: [Mean]}\nsetting: {additionalInfo: off}\n');
    expect(stdout.split('\n')[0]).toBe(`Image,Mask,${['2', '2-0', '2-5', '0-5', '1-0'].map((text) => `log-sigma-${text}-mm-3D_firstorder_Mean`).join(',')}`);
  });

  test('a value that is not defined is empty, and its reason stands beside the table and in JSON', () => {
    write('sigma.yaml', 'imageType: {Original: {}, LoG: {sigma: [40.0]}}\nfeatureClass: {firstorder: [Mean]}\n');
    const { status, stderr } = extract('image.nrrd', 'mask.nrrd', '--params', 'sigma.yaml', '--output', 'g.csv');
    expect(status).toBe(0);
    expect(stderr).toMatch(/no value for log-sigma-40-0-mm-3D_firstorder_Mean: The image of 18 x 16 x 10 voxels is too small/);
    expect(readFileSync(join(folder, 'g.reasons.csv'), 'utf8')).toMatch(/log-sigma-40-0-mm-3D_firstorder_Mean,filter-not-applicable,/);
    const json = JSON.parse(extract('image.nrrd', 'mask.nrrd', '--params', 'sigma.yaml', '--format', 'json').stdout) as { features: object; reasons: Record<string, { code: string }> };
    expect(json.features).toHaveProperty('log-sigma-40-0-mm-3D_firstorder_Mean', null);
    expect(json.reasons['log-sigma-40-0-mm-3D_firstorder_Mean'].code).toBe('filter-not-applicable');
  });
});

describe('what is refused says what, where, and the way out', { timeout: 60_000 }, () => {
  test.each([
    ['setting: {binWith: 25}', 'params.yaml:1:11, setting.binWith', 'Did you mean binWidth?'],
    ['imageType: {Orginal: {}}', 'params.yaml:1:13', 'Did you mean Original?'],
    ['featureClass: {glmc: }', 'params.yaml:1:16', 'Did you mean glcm?'],
    ['featureClass: {glcm: [Contrst]}', 'params.yaml:1:23', 'Did you mean Contrast?'],
    ['imageType: {Wavelet: {wavelet: coiff1}}', 'params.yaml:1:23', 'did you mean coif1'],
    ['setting: {interpolator: sitkBsplin}', 'params.yaml:1:11', 'did you mean sitkBSpline'],
    ['setting: {binWidth: -3}', 'params.yaml:1:11: ', 'setting.binWidth must be above 0'],
    ['setting: {label: 1.5}', 'params.yaml:1:11', 'setting.label must be a whole number'],
    ['setting: {binWidth: 1.0e-12}', 'image.nrrd: Intensities from', 'Use a larger binWidth'],
    ['setting: {binCount: 5000000}', 'image.nrrd: ', 'a smaller bin count'],
    ['setting: {label: 9}', 'mask.nrrd: Label 9 does not occur', 'Choose one of its labels: 1, 2'],
  ])('%s', (text, place, way) => {
    const { status, stderr, stdout } = params(text);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(place);
    expect(stderr).toContain(way);
  });

  const inside = (x: number, y: number, z: number) => x === 5 && y === 5 && z === 5;
  test.each([
    ['NaN inside the region', 'image', volumeFile((x, y, z) => (inside(x, y, z) ? NaN : inside(x - 1, y, z) ? Infinity : texture(x, y, z))), 'given.nrrd: The image has no finite value (NaN or infinity) at 2 of the ROI'],
    ['half labels', 'mask', volumeFile((x, y, z) => blocks(x, y, z) / 2), 'given.nrrd: The segmentation holds values that are no labels, such as 0.5'],
    ['one voxel', 'mask', volumeFile((x, y, z) => (inside(x, y, z) ? 1 : 0)), 'given.nrrd: The ROI is a single voxel'],
    ['one line', 'mask', volumeFile((x, y, z) => (y === 5 && z === 5 && x > 3 && x < 9 ? 1 : 0)), 'set minimumROIDimensions: 1'],
    ['nothing segmented', 'mask', volumeFile(() => 0), 'given.nrrd: Nothing is segmented'],
    ['another grid', 'mask', volumeFile(blocks, { origin: [0.4, 0, 0] }), 'farthest corner differs by 0.4 mm'],
    ['text that is no image', 'image', Buffer.from('not an image, and long enough to be taken for one by its length alone'), 'not'],
  ])('%s', (_, which, content, said) => {
    write('given.nrrd', content);
    const { status, stderr, stdout } = which === 'image' ? extract('given.nrrd', 'mask.nrrd') : extract('image.nrrd', 'given.nrrd');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(said);
  });

  test('a four-dimensional image names its axis and how to choose; the choice is taken', () => {
    write('four.nii', niftiFile(texture, 3));
    write('mask.nii', niftiFile(blocks));
    expect(extract('four.nii', 'mask.nii').stderr).toMatch(/four\.nii: This is a 4D image of 18 x 16 x 10 x 3: 3 volumes along axis 4\.\n.*--volume/);
    const mean = (...more: string[]) => (JSON.parse(extract('four.nii', 'mask.nii', '--format', 'json', ...more).stdout) as { features: Record<string, number> }).features.original_firstorder_Mean;
    expect(mean('--volume', '2') - mean('--volume', '0')).toBeCloseTo(2, 9);
    expect(extract('four.nii', 'mask.nii', '--volume', '3').stderr).toContain('Volumes are 0 … 2.');
  });

  test('NaN outside the region changes nothing in it', () => {
    write('given.nrrd', volumeFile((x, y, z) => (x === 0 && y === 0 ? NaN : texture(x, y, z))));
    const features = (image: string) => (JSON.parse(extract(image, 'mask.nrrd', '--format', 'json').stdout) as { features: object }).features;
    expect(features('given.nrrd')).toEqual(features('image.nrrd'));
  });

  test('a constant region and one slice are measured', () => {
    write('given.nrrd', volumeFile(() => 7));
    const flat = JSON.parse(extract('given.nrrd', 'mask.nrrd', '--format', 'json').stdout) as { features: Record<string, number> };
    expect(flat.features).toMatchObject({ original_firstorder_Variance: 0, original_glcm_MCC: 1, original_ngtdm_Coarseness: 1e6 });
    write('slice.nrrd', volumeFile((x, y, z) => (z === 4 ? blocks(x, y, z) : 0)));
    expect(extract('image.nrrd', 'slice.nrrd').status).toBe(0);
  });

  test('a file of another format, a missing one, and missing arguments', () => {
    write('image.mha', 'ObjectType = Image\n');
    expect(extract('image.mha', 'mask.nrrd').stderr).toMatch(/image\.mha is in no format that is read here\.\n {2}Images are \.nii/);
    expect(extract('nope.nrrd', 'mask.nrrd').stderr).toMatch(/nope\.nrrd does not exist\.\n {2}Check the spelling/);
    expect(extract('image.nrrd').stderr).toMatch(/The mask is missing/);
    expect(extract('image.nrrd', 'mask.nrrd', '--label', '0').stderr).toMatch(/whole number above 0/);
  });
});

import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { readTable } from './tables/read.js';
import { bin } from './testing/cohort.js';
import { blocks, texture, volumeFile, workFolder } from './testing/regions.js';

const { folder, write, extract } = workFolder();
const rows = [
  ['PatientID', '姓名', 'Image', 'Mask', 'Label'],
  ['P1', '张三', 'image.nrrd', 'mask.nrrd', ''],
  ['P2', '李四', 'image.nrrd', 'mask.nrrd', '2'],
  ['P3', '王五', 'nope.nrrd', 'mask.nrrd', '1'],
  ['P4', '赵六, 乙', 'image.nrrd', 'mask.nrrd', '7'],
  ['P5', '', 'image.nrrd', 'mask.nrrd', 'x'],
  ['P6', '', 'image.nrrd', '', ''],
];
const csv = rows.map((row) => row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')).join('\n');
const records = async (name: string) => {
  const { columns, rows: found } = await readTable(join(folder, name));
  return found.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i]])));
};

/** 张三, 李四, 王五, 赵六 and 乙, 姓名 in GB 18030. */
const gb18030: Readonly<Record<string, string>> = { 张: 'd5c5', 三: 'c8fd', 李: 'c0ee', 四: 'cbc4', 王: 'cdf5', 五: 'cee5', 赵: 'd5d4', 六: 'c1f9', 乙: 'd2d2', 姓: 'd0d5', 名: 'c3fb' };

beforeAll(async () => {
  write('image.nrrd', volumeFile(texture));
  write('mask.nrrd', volumeFile(blocks));
  write('params.yaml', 'featureClass: {shape: [VoxelVolume], firstorder: [Mean]}\n');
  write('utf8.csv', csv);
  write('bom.csv', `\uFEFF${csv}`);
  write('gb.csv', Buffer.concat([...csv].map((letter) => Buffer.from(gb18030[letter] ?? Buffer.from(letter).toString('hex'), 'hex'))));
  await writeXlsx(rows.map((row) => row.map((cell) => (cell === '' ? null : { value: cell, type: String }))) as never).toFile(join(folder, 'book.xlsx'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a table of cases', { timeout: 120_000 }, () => {
  test.each(['utf8.csv', 'bom.csv', 'gb.csv', 'book.xlsx'])('%s: every row comes back, in order, with what was kept and why it failed', async (table) => {
    const { status, stderr } = extract('--batch', table, '--params', 'params.yaml', '--keep', 'PatientID', '姓名', '--jobs', '1', '--output', 'out.csv');
    expect(status).toBe(3);
    expect(stderr).toMatch(/2 of 6 regions extracted, 4 failed/);
    const found = await records('out.csv');
    expect(found.map((row) => [row.PatientID, row.姓名, row.Label, row.status])).toEqual([
      ['P1', '张三', '1', 'ok'], ['P2', '李四', '2', 'ok'], ['P3', '王五', '1', 'failed'], ['P4', '赵六, 乙', '7', 'failed'], ['P5', '', '', 'failed'], ['P6', '', '1', 'failed'],
    ]);
    expect(found.map((row) => row.original_shape_VoxelVolume)).toEqual(['576', '288', '', '', '', '']);
    expect(found.slice(2).map((row) => row.reason)).toEqual(['nope.nrrd does not exist.', 'Label 7 does not occur in the segmentation.', 'Label is "x", and a whole number of at least 1 is needed.', 'The row has no Mask.']);
    for (const row of found.slice(2)) expect(row.fix).not.toBe('');
  });

  test('names that are not asked for stay where they are; one that is misspelt is refused', async () => {
    extract('--batch', 'utf8.csv', '--params', 'params.yaml', '--jobs', '1', '--output', 'out.csv');
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).not.toMatch(/张三|P1/);
    expect(extract('--batch', 'utf8.csv', '--keep', 'PatientId').stderr).toMatch(/no column PatientId\.\n {2}Did you mean PatientID\?/);
  });

  test('a column that is read and stands twice is refused', () => {
    write('twice.csv', 'Image,Mask,Image\nimage.nrrd,mask.nrrd,other.nrrd\n');
    expect(extract('--batch', 'twice.csv').stderr).toMatch(/twice\.csv.*Two columns are called Image\.\n {2}Give each column a name of its own\./);
  });

  test('the same columns whatever happens, in every format', async () => {
    write('failing.csv', 'Image,Mask\nnope.nrrd,mask.nrrd\n');
    const header = async (table: string, out: string) => {
      extract('--batch', table, '--params', 'params.yaml', '--jobs', '1', '--output', out);
      return (await readTable(join(folder, out))).columns;
    };
    write('fine.csv', 'Image,Mask\nimage.nrrd,mask.nrrd\n');
    const expected = await header('fine.csv', 'fine-out.csv');
    expect(expected.slice(0, 7)).toEqual(['Image', 'Mask', 'Label', 'ROI', 'status', 'reason', 'fix']);
    expect(expected.slice(-2)).toEqual(['original_shape_VoxelVolume', 'original_firstorder_Mean']);
    for (const out of ['failing.csv.csv', 'failing.xlsx', 'failing.parquet']) expect(await header('failing.csv', out)).toEqual(expected);
    extract('--batch', 'failing.csv', '--params', 'params.yaml', '--output', 'failing.json');
    expect(JSON.parse(readFileSync(join(folder, 'failing.json'), 'utf8'))).toMatchObject([{ status: 'failed', features: { original_shape_VoxelVolume: null, original_firstorder_Mean: null } }]);
  });

  test('several labels of one mask, all or these', async () => {
    expect(extract('image.nrrd', 'mask.nrrd', '--params', 'params.yaml', '--labels', 'all', '--output', 'out.csv').status).toBe(0);
    expect((await records('out.csv')).map((row) => [row.Label, row.original_shape_VoxelVolume])).toEqual([['1', '576'], ['2', '288']]);
    expect(extract('image.nrrd', 'mask.nrrd', '--params', 'params.yaml', '--labels', '2,5', '--output', 'out.csv').status).toBe(3);
    expect((await records('out.csv')).map((row) => [row.Label, row.status])).toEqual([['2', 'ok'], ['5', 'failed']]);
  });

  test('stopped in the middle and started again, it goes on from what the cache holds, to the same bytes', async () => {
    write('many.csv', ['Image,Mask', ...Array.from({ length: 8 }, (_, i) => `image-${i}.nrrd,mask.nrrd`)].join('\n'));
    for (let i = 0; i < 8; i++) write(`image-${i}.nrrd`, volumeFile((x, y, z) => texture(x, y, z) + i * (x % 3)));
    const args = ['--batch', 'many.csv', '--jobs', '1', '--output', 'resumed.csv', '--cache', 'cache'];
    await new Promise((stopped) => {
      const child = spawn(process.execPath, [bin, 'extract', ...args], { cwd: folder });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (/done \(2 of/.test(said)) child.kill('SIGKILL');
      });
      child.on('close', stopped);
    });
    const again = extract(...args);
    expect(again.status).toBe(0);
    const left = Number(/plan \w+: 8 cases, (\d+) to do/.exec(again.stderr)?.[1]);
    expect(left).toBeLessThan(8);
    expect(extract(...args).stderr).toMatch(/8 cases, 0 to do/);
    extract('--batch', 'many.csv', '--jobs', '2', '--output', 'fresh.csv');
    expect(readFileSync(join(folder, 'resumed.csv'), 'utf8')).toBe(readFileSync(join(folder, 'fresh.csv'), 'utf8'));
  });
});

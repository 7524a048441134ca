import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chineseFont, latinFont } from './fonts.js';
import { MadeFiles } from './made-files.js';
import { openPictures } from './pictures.js';
import { xlsxOf } from './tables/xlsx.js';

const folder = mkdtempSync(join(tmpdir(), 'radloom-made-'));
afterAll(() => rmSync(folder, { recursive: true }));

const drawing = (text: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 440 100" width="440" height="100" font-family="Arial, sans-serif" font-size="12"><text x="10" y="40" font-weight="600">${text}</text></svg>`;

describe('files that a run made', () => {
  test('are not made again of the same, and removed when no longer made', async () => {
    let made = 0;
    const runOnce = async (names: readonly string[], source: string) => {
      const files = new MadeFiles(folder);
      for (const name of names) await files.make(name, source, () => `${++made}`);
      files.close();
      return files.written;
    };
    expect(await runOnce(['figures/a.svg', 'figures/b.svg'], 'x')).toBe(2);
    expect(await runOnce(['figures/a.svg', 'figures/b.svg'], 'x')).toBe(0);
    expect(await runOnce(['figures/a.svg', 'figures/b.svg'], 'y')).toBe(2);
    writeFileSync(join(folder, 'figures', 'own.svg'), 'mine');
    expect(await runOnce(['figures/a.svg'], 'y')).toBe(0);
    expect([existsSync(join(folder, 'figures', 'b.svg')), readFileSync(join(folder, 'figures', 'own.svg'), 'utf8')]).toEqual([false, 'mine']);
    rmSync(join(folder, 'figures', 'a.svg'));
    expect(await runOnce(['figures/a.svg'], 'y')).toBe(1);
  });

  test('a file that was being written when the run was stopped is made again, of whatever', async () => {
    const home = join(folder, 'stopped');
    mkdirSync(home);
    const runOnce = async (source: string, lines: Iterable<string>) => {
      const files = new MadeFiles(home);
      await files.make('features.csv', source, () => lines);
      files.close();
      return readFileSync(join(home, 'features.csv'), 'utf8');
    };
    expect(await runOnce('x', ['a\n', 'b\n'])).toBe('a\nb\n');
    const broken = function* (): Iterable<string> {
      yield 'half';
      throw new Error('stopped');
    };
    await expect(runOnce('y', broken())).rejects.toThrow('stopped');
    expect(await runOnce('x', ['a\n', 'b\n'])).toBe('a\nb\n');
  });

  test('a list that leads elsewhere, or that is no list, removes nothing', () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(folder, 'keep.txt'), '');
    for (const list of ['{ "../keep.txt": "x", "a/../../keep.txt": "x" }', 'no list']) {
      writeFileSync(join(other, '.made.json'), list);
      new MadeFiles(other).close();
      expect(existsSync(join(folder, 'keep.txt'))).toBe(true);
    }
  });
});

describe('pictures', () => {
  test('have 300 pixels an inch, and text in the fonts that are named', async () => {
    const pictures = (await openPictures())!;
    const png = pictures.png(drawing('Training set'))!;
    const view = new DataView(png.buffer, png.byteOffset);
    // 440 CSS pixels are 440/96 inch.
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([1375, 313]);
    expect(Buffer.from(png.subarray(37, 41)).toString('latin1')).toBe('pHYs');
    expect(view.getUint32(41)).toBe(11811);
    expect([...pictures.fonts]).toEqual([latinFont()!.name]);
    expect(Buffer.from(png).equals(Buffer.from(pictures.png(drawing(''))!))).toBe(false);
  });

  test.skipIf(chineseFont() === undefined)('Chinese text is drawn in a Chinese font: two characters differ', async () => {
    const pictures = (await openPictures())!;
    const [one, two] = ['训练集', '测试集'].map((text) => Buffer.from(pictures.png(drawing(text))!));
    expect(one.equals(two)).toBe(false);
    expect([...pictures.fonts]).toContain(chineseFont()!.name);
    expect(pictures.fontMissing).toBe(false);
  });
});

test('a workbook of the same table has the same bytes at any time', async () => {
  const table = { columns: [{ name: 'AUC', kind: 'number' as const }], rows: [[0.5], [null]] };
  const first = await xlsxOf(table);
  await new Promise((resolve) => setTimeout(resolve, 2100)); // the format counts time in steps of two seconds
  expect(Buffer.from(await xlsxOf(table)).equals(Buffer.from(first))).toBe(true);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeModules } from './index.js';

let folder;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'radloom-modules-'));
  mkdirSync(join(folder, 'dist', 'deep'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'p', version: '2.0.0', exports: { '.': { default: './dist/main.js' } } }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const describeFiles = async (files) => {
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, 'dist', name), code);
  return describeModules(folder);
};

describe('describeModules', () => {
  test('names, entry, imports with the names taken, dynamic imports and what is passed on', async () => {
    const found = await describeFiles({
      'main.js': "import a, { b as c } from './deep/one.js';\nimport * as all from 'library';\nexport { d } from './deep/two.js';\nexport * from './deep/one.js';\nexport const load = () => import('./deep/two.js');\n",
      'deep/one.js': 'export default 1;\nexport const b = 2;\n',
      'deep/two.js': "import '../main.js';\nexport const d = 3;\n",
    });
    expect(found).toMatchObject({ format: 2, name: 'p', version: '2.0.0', entry: 'main.js' });
    expect(found.modules['main.js']).toMatchObject({
      imports: [{ from: 'deep/one.js', names: [['default', 'a'], ['b', 'c']] }, { from: 'library', names: '*' }],
      passes: [{ from: 'deep/two.js', names: [['d', 'd']] }, { from: 'deep/one.js', names: '*' }],
      dynamic: ['deep/two.js'],
      exports: ['d', 'load'],
    });
    expect(found.modules['deep/two.js'].imports).toEqual([{ from: 'main.js', names: '*' }]);
  });

  const digest = async (code) => (await describeFiles({ 'main.js': code })).modules['main.js'].digest;

  test('comments and white space change nothing; code and the text of a string do', async () => {
    const before = await digest("export const f = (a) => a + 'x  y';\n");
    expect(await digest("// why\nexport const f = (a) =>\n  a /* plus */ + 'x  y';\n")).toBe(before);
    expect(await digest("export const f = (a) => a + 'x y';\n")).not.toBe(before);
    expect(await digest("export const f = (a) => a - 'x  y';\n")).not.toBe(before);
  });
});

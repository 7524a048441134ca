import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compiled } from './compiled.js';

const folder = mkdtempSync(join(tmpdir(), 'radloom-compiled-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'code.cjs');
const kept = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.compiled'));

test('a file gives its exports, finds modules beside it and of Node, and keeps what was compiled once', async () => {
  writeFileSync(file, "const { join } = require('node:path'); exports.place = () => join(__dirname, 'x'); exports.later = () => importOutside('node:os');");
  const first = compiled<{ place(): string; later(): Promise<{ EOL: string }> }>(file, 'a');
  expect(first.exports.place()).toBe(join(folder, 'x'));
  expect((await first.exports.later()).EOL).toBeTypeOf('string');
  expect(kept()).toEqual([]);
  first.keep();
  expect(kept()).toHaveLength(1);
  const again = compiled<{ place(): string }>(file, 'a');
  expect(again.exports.place()).toBe(join(folder, 'x'));
});

test('what was kept counts for its id alone; what is damaged is compiled anew and kept again', () => {
  writeFileSync(file, 'exports.n = 1;');
  compiled(file, 'b').keep();
  writeFileSync(file, 'exports.n = 2;');
  expect(compiled<{ n: number }>(file, 'c').exports.n).toBe(2);
  const [name] = kept().filter((each) => each.includes('.b-'));
  writeFileSync(join(folder, name), 'not what V8 wrote');
  const found = compiled<{ n: number }>(file, 'b');
  expect(found.exports.n).toBe(2);
  found.keep();
  expect(compiled<{ n: number }>(file, 'b').exports.n).toBe(2);
});

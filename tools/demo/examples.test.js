import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples', 'stroke-ht');
const lines = (file) => readFileSync(join(folder, file), 'utf8').split('\n').filter((line) => !line.startsWith('#'));

test('the study as published differs from the honest one where it says, and nowhere else', () => {
  const [honest, published] = [lines('radloom.study.yaml'), lines('as-published.study.yaml')];
  const only = (a, b) => a.filter((line) => !b.includes(line));
  expect(only(honest, published).map((line) => line.trim().split(/[ :]/)[0].replace('-', ''))).toEqual(['title', 'nested', '', '']);
  expect(only(published, honest).slice(1).every((line) => line.includes('as-published: true'))).toBe(true);
  expect(published).toHaveLength(honest.length - 1);
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * A made-up table like one of radiomics: columns in blocks of ten that share half their variance, three of which carry the outcome.
 *
 * @returns `x` column-major, `y` 0 or 1 per row
 */
export function madeUpTable(n, p) {
  let state = 2463534242;
  const uniform = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const x = new Float64Array(n * p);
  let shared = new Float64Array(n);
  for (let j = 0; j < p; j++) {
    if (j % 10 === 0) shared = shared.map(normal);
    for (let i = 0; i < n; i++) x[j * n + i] = Math.SQRT1_2 * (shared[i] + normal());
  }
  const y = Uint8Array.from({ length: n }, (_, i) => Number(uniform() < 1 / (1 + Math.exp(-(x[i] + x[20 * n + i] - x[40 * n + i])))));
  return { x, y, n, p };
}

/** The table on which R was timed, where the reference data are beside the project; otherwise a made-up one of its size. */
export function referenceTable(name, n, p) {
  const folder = process.env.RADLOOM_CONFORMANCE ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'conformance');
  const file = join(folder, 'stats', 'data', `${name}.csv.gz`);
  if (!existsSync(file)) return { ...madeUpTable(n, p), made: true };
  const [head, ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n').map((line) => line.split(','));
  const places = head.flatMap((column, c) => (/^"?y(cont)?"?$/.test(column) ? [] : [c]));
  const x = new Float64Array(lines.length * places.length);
  places.forEach((c, j) => lines.forEach((cells, i) => (x[j * lines.length + i] = Number(cells[c]))));
  const outcome = head.findIndex((column) => /^"?y"?$/.test(column));
  return { x, y: Uint8Array.from(lines, (cells) => Number(cells[outcome])), n: lines.length, p: places.length };
}

/** Ten folds, dealt in turn within each outcome. */
export function dealtFolds(y, count) {
  const next = [0, 0];
  return Int32Array.from(y, (value) => next[value]++ % count);
}

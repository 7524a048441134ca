import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** The folder of reference data: RADLOOM_CONFORMANCE, or `shared/conformance` beside the project; undefined when there is none. */
export function referenceFolder() {
  const given = process.env.RADLOOM_CONFORMANCE;
  const beside = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'shared', 'conformance');
  return [given, beside].find((folder) => folder !== undefined && folder !== '' && existsSync(folder));
}

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

export const readText = (path) => (path.endsWith('.gz') ? gunzipSync(readFileSync(path)).toString('utf8') : readFileSync(path, 'utf8'));

/** File names in a folder that end in `ending`, sorted. */
export const filesIn = (folder, ending) => readdirSync(folder).filter((name) => name.endsWith(ending)).sort();

/** One file, or every file of a folder, as readers take them. */
export function inputFiles(path) {
  if (!statSync(path).isDirectory()) return [{ name: path.slice(path.lastIndexOf('/') + 1), bytes: readFileSync(path) }];
  return readdirSync(path).sort().map((name) => ({ name, bytes: readFileSync(join(path, name)) }));
}

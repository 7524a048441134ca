import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RadloomError } from '@radloom/core';
import type { Registry } from '@radloom/engine';
import { loadPlugins } from '@radloom/executor-local';
import { readerForName, standardPlugins } from '@radloom/standard';
import { namedPlugins, type PyRadiomicsParams, readParams, type Resolved, type Study, type StudyHost } from '@radloom/study';

/** Standard plugins that every study needs, whatever it names. */
const always = ['preprocess/mask', 'preprocess/resample', 'preprocess/normalise', 'preprocess/resegment', 'preprocess/discretise', 'transform/assemble', 'splitter/k-fold', 'evaluation/tuning', 'report/html', 'reader/nifti', 'reader/nrrd', 'reader/dicom'];

/**
 * The plugins that a study needs: those of the standard set that it names (found from this program), and its own (found from the study file).
 * A name may belong to several kinds; all are loaded.
 */
export async function studyRegistry(studyFile: string, study: Study, params: PyRadiomicsParams | undefined): Promise<Registry> {
  const here = fileURLToPath(import.meta.url);
  const names = new Set(namedPlugins(study));
  const ids = new Set([...always, ...[...(params?.settings.images ?? []), ...(params?.settings.families ?? [])].flatMap(({ plugin }) => (plugin === null ? [] : [plugin]))]);
  for (const id of Object.keys(standardPlugins)) if (names.has(id.slice(id.indexOf('/') + 1))) ids.add(id);
  return loadPlugins(
    [...[...ids].map((id) => ({ name: standardPlugins[id].package, from: here })), ...study.plugins.map((name) => ({ name, from: resolve(studyFile) }))],
    Object.keys(standardPlugins),
  );
}

/** `NAME=value` pairs over the environment. */
export function variables(pairs: readonly string[]): Record<string, string | undefined> {
  const set = Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new RadloomError({ code: 'bad-variable', what: `--set ${pair} is not NAME=value.`, fix: 'Write --set DATA=/path/to/data.' });
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  return { ...process.env, ...set };
}

/** The parameter files that a study names; they name plugins too. */
export function namedParams(studyFile: string, study: Study): PyRadiomicsParams | undefined {
  const path = study.imaging.params;
  if (path === undefined) return undefined;
  const place = isAbsolute(path) ? path : join(dirname(studyFile), path);
  return readParams(readText(place), place);
}

/** A study's files on this machine. */
export function studyHost(studyFile: string, registry: Registry, pairs: readonly string[]): StudyHost {
  return {
    text: async (path) => readText(path),
    beside: (base, path) => (isAbsolute(path) ? path : join(dirname(base), path)),
    resolve: async (path, base) => resolveInput(isAbsolute(path) ? path : join(dirname(base), path)),
    find: (id) => registry.get(id).plugin,
    variables: variables(pairs),
    versions: Object.fromEntries([...new Map(registry.all().map((entry) => [entry.packageName, entry.version]))].sort(([a], [b]) => (a < b ? -1 : 1))),
    reproduce: `radloom run ${basename(studyFile)}`,
  };
}

/** Text of a file. @throws `file-missing`, `file-unreadable` */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const absent = (error as { code?: string }).code === 'ENOENT';
    throw new RadloomError({
      code: absent ? 'file-missing' : 'file-unreadable',
      what: absent ? 'The file does not exist.' : 'The file cannot be read.',
      where: { file: path },
      fix: absent ? 'Check the spelling, and that the path is right as seen from this folder.' : 'Check the permissions.',
      deterministic: false,
      cause: error,
    });
  }
}

/** Files and the reader for them. */
export type ResolvedFiles = Exclude<Resolved, { failure: unknown }>;

/** The files behind a path: one file, a detached header with its data, or every file of a folder as a DICOM series. Messages name no folder. */
export function resolveInput(path: string): ResolvedFiles | Extract<Resolved, { failure: unknown }> {
  const name = basename(path);
  if (!existsSync(path)) return { failure: { code: 'file-missing', message: `${name} does not exist.`, fix: 'Correct the path in the cohort table; it is seen from the folder of the table.' } };
  if (statSync(path).isDirectory()) {
    const names = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry) => entry.name).sort();
    if (names.length === 0) return { failure: { code: 'folder-empty', message: `The folder ${name} holds no files.`, fix: 'A DICOM series needs its slices in the folder.' } };
    return { reader: 'reader/dicom', files: names.map((file) => ({ name: file, locator: resolve(path, file) })) };
  }
  const files = [path, ...besides(path)].map((file) => ({ name: basename(file), locator: resolve(file) }));
  return { reader: readerForName(name), files };
}

/** Data files of a detached header: `x.hdr` with `x.img`, `x.nhdr` with the file that its header names. */
function besides(path: string): string[] {
  const lower = path.toLowerCase();
  if (lower.endsWith('.hdr')) return [`${path.slice(0, -4)}.img`, `${path.slice(0, -4)}.img.gz`].filter((file) => existsSync(file)).slice(0, 1);
  if (!lower.endsWith('.nhdr')) return [];
  const data = /^data ?file:\s*(.+)$/im.exec(readFileSync(path, 'latin1'))?.[1].trim();
  return data === undefined || !existsSync(join(dirname(path), data)) ? [] : [join(dirname(path), data)];
}

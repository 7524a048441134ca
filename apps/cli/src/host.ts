import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { RadloomError } from '@radloom/core';
import type { Registry } from '@radloom/engine';
import { loadPlugins } from '@radloom/executor-local';
import { standardPlugins } from '@radloom/standard';
import { namedPlugins, type PyRadiomicsParams, readParams, type Study, type StudyHost } from '@radloom/study';
import { resolveInput } from './commands/extract-inputs.js';
import { readText } from './read-file.js';
import { standardRequests } from './standard-requests.js';
import { readTextTable } from './tables/text-table.js';


/** Standard plugins that every study needs, whatever it names. */
const always = ['preprocess/mask', 'preprocess/resample', 'preprocess/normalise', 'preprocess/resegment', 'preprocess/discretise', 'preprocess/overview', 'transform/assemble', 'splitter/k-fold', 'evaluation/tuning', 'report/html', 'reader/nifti', 'reader/nrrd', 'reader/dicom'];

/**
 * The plugins that a study needs: those of the standard set that it names (found from this program), and its own (found from the study file).
 * A name may belong to several kinds; all are loaded.
 */
export async function studyRegistry(studyFile: string, study: Study, params: PyRadiomicsParams | undefined): Promise<Registry> {
  const names = new Set(namedPlugins(study));
  const ids = new Set([...always, ...[...(params?.settings.images ?? []), ...(params?.settings.families ?? [])].flatMap(({ plugin }) => (plugin === null ? [] : [plugin]))]);
  for (const id of Object.keys(standardPlugins)) if (names.has(id.slice(id.indexOf('/') + 1))) ids.add(id);
  return loadPlugins(
    [...standardRequests(ids), ...study.plugins.map((name) => ({ name, from: resolve(studyFile) }))],
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
    table: readTextTable,
    beside: (base, path) => (isAbsolute(path) ? path : join(dirname(base), path)),
    resolve: (path, base) => resolveInput(isAbsolute(path) ? path : join(dirname(base), path)),
    find: (id) => registry.get(id).plugin,
    variables: variables(pairs),
    versions: Object.fromEntries([...new Map(registry.all().map((entry) => [entry.packageName, entry.version]))].sort(([a], [b]) => (a < b ? -1 : 1))),
    // Which variables were given is part of the command; their values are places on one machine.
    reproduce: [`radloom run ${basename(studyFile)}`, ...pairs.map((pair) => `--set ${pair.slice(0, pair.indexOf('='))}=…`)].join(' '),
  };
}

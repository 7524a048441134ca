import { type Digest, digestOf, type Failure, RadloomError } from '@radloom/core';
import type { InputFiles } from './executor.js';
import type { FileRef, Workflow } from './workflow.js';

/** The files of a case's sources, identified; or what is wrong with them. */
export interface CaseInputs {
  readonly id: string;
  readonly sources: Readonly<Record<string, CaseSource>>;
  /** Digest of everything above: the name of the case's record. */
  readonly digest: Digest;
}

export type CaseSource = { readonly digest: Digest; readonly size: number; readonly files: readonly FileRef[] } | { readonly failure: Failure };

export async function identifyCase(id: string, workflow: Workflow, files: InputFiles): Promise<CaseInputs> {
  const sources: Record<string, CaseSource> = {};
  for (const [name, found] of Object.entries(workflow.sources)) {
    if (found.kind !== 'files') continue;
    const entry = found.cases[id];
    if (entry === undefined) sources[name] = { failure: { code: 'input-missing', message: `The case has no ${name}.`, step: name } };
    else if ('failure' in entry) sources[name] = { failure: { step: name, ...entry.failure } };
    else sources[name] = await identifySource(name, entry.files, files);
  }
  return { id, sources, digest: digestOf(Object.entries(sources).map(([name, entry]) => [name, 'failure' in entry ? entry.failure.code : entry.digest])) };
}

async function identifySource(name: string, refs: readonly FileRef[], files: InputFiles): Promise<CaseSource> {
  try {
    const identified = await Promise.all(refs.map((file) => files.identify(file)));
    // The ending decides which reader is meant; the rest of a name, and its folder, decide nothing.
    const digest = digestOf(refs.map((file, i) => [ending(file.name), identified[i].digest]));
    return { digest, size: identified.reduce((sum, { size }) => sum + size, 0), files: refs };
  } catch (error) {
    return { failure: { code: 'input-unreadable', message: error instanceof RadloomError ? error.what : `A file of ${name} cannot be read.`, step: name } };
  }
}

function ending(name: string): string {
  const at = name.indexOf('.');
  return at < 0 ? '' : name.slice(at).toLowerCase();
}

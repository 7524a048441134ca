import { type Digest, digestOf, type Failure, RadloomError } from '@radloom/core';
import type { FileContent, InputFiles } from './executor.js';
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
    else sources[name] = remembered(entry.files, files) ?? (await identifySource(name, entry.files, files));
  }
  return { id, sources, digest: digestOf(Object.entries(sources).map(([name, entry]) => [name, 'failure' in entry ? entry.failure.code : entry.digest])) };
}

/** Files that are all remembered need no waiting: thousands of cases are planned in which nothing changed. */
function remembered(refs: readonly FileRef[], files: InputFiles): CaseSource | undefined {
  const found: FileContent[] = [];
  for (const ref of refs) {
    const content = files.remembered?.(ref);
    if (content === undefined) return undefined;
    found.push(content);
  }
  return sourceOf(refs, found);
}

async function identifySource(name: string, refs: readonly FileRef[], files: InputFiles): Promise<CaseSource> {
  try {
    return sourceOf(refs, await Promise.all(refs.map((file) => files.identify(file))));
  } catch (error) {
    return { failure: { code: 'input-unreadable', message: error instanceof RadloomError ? error.what : `A file of ${name} cannot be read.`, step: name } };
  }
}

function sourceOf(refs: readonly FileRef[], contents: readonly FileContent[]): CaseSource {
  // The ending decides which reader is meant; the rest of a name, and its folder, decide nothing.
  const digest = digestOf(refs.map((file, i) => [ending(file.name), contents[i].digest]));
  return { digest, size: contents.reduce((sum, { size }) => sum + size, 0), files: refs };
}

function ending(name: string): string {
  const at = name.indexOf('.');
  return at < 0 ? '' : name.slice(at).toLowerCase();
}

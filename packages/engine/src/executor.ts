import type { Digest } from '@radloom/core';
import type { NodeResult, Unit, UnitResult } from './unit.js';
import type { FileRef } from './workflow.js';

/** Where units run. */
export interface Executor {
  /** Units it works on at once. */
  readonly concurrency: number;
  run(unit: Unit, options: { readonly signal: AbortSignal; readonly onNode?: (index: number, result: NodeResult) => void }): Promise<UnitResult>;
  close(): Promise<void>;
}

/** How the engine learns what an input file holds without reading it every time. */
export interface InputFiles {
  /** Content digest and size; the digest may be remembered from an earlier look at the unchanged file. */
  identify(file: FileRef): Promise<FileContent>;
  /** The same where it is remembered, without waiting. */
  remembered?(file: FileRef): FileContent | undefined;
}

export interface FileContent {
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
}

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { threadId } from 'node:worker_threads';

/**
 * A CommonJS file, with what an earlier run compiled of it where there is something: short commands spend a third of their time on compiling.
 * Compiled code lies beside the file, as other languages keep theirs; another Node, or another file, does without it.
 * What the file imports at run time, it imports through `importOutside`, from where this module lies.
 *
 * @param id names the file's content and what is done with it
 */
export function compiled<M>(file: string, id: string): { readonly exports: M; keep(): void } {
  const kept = `${file}.${id}-${process.version}-${process.arch}.compiled`;
  const cachedData = readIfThere(kept);
  const source = `(function (exports, require, module, __filename, __dirname, importOutside) {${readFileSync(file, 'utf8')}\n})`;
  const script = new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
  const module = { exports: {} as M };
  const run = script.runInThisContext() as (exports: M, require: NodeJS.Require, module: { exports: M }, filename: string, folder: string, importOutside: (specifier: string) => Promise<unknown>) => void;
  run(module.exports, createRequire(file), module, file, dirname(file), (specifier) => import(specifier));
  const keep = (): void => {
    if (cachedData !== undefined && script.cachedDataRejected !== true) return;
    const unfinished = `${kept}.${process.pid}-${threadId}`;
    try {
      writeFileSync(unfinished, script.createCachedData());
      renameSync(unfinished, kept);
    } catch {
      // A program that lies where it may not write starts a little later each time.
    }
  };
  return { exports: module.exports, keep };
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

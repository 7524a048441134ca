import { isRadloomError } from '@radloom/core';

/** Prints what went wrong on standard error and sets the exit status. */
export function fail(error: unknown, debug: boolean): void {
  const commander = error as { code?: string; exitCode?: number } | null;
  if (typeof commander?.code === 'string' && commander.code.startsWith('commander.')) {
    // Help and parse errors are already printed.
    process.exitCode = commander.exitCode === 0 ? 0 : 2;
    return;
  }
  process.exitCode = 1;
  if ((error as { name?: string } | null)?.name === 'AbortError') {
    process.stderr.write('Stopped. What was finished is kept; the same command goes on from here.\n');
    process.exitCode = 130;
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`radloom: ${message}\n`);
  if (debug && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  else if (!isRadloomError(error)) process.stderr.write('  This was not expected. Run again with --debug to see where it happened.\n');
}

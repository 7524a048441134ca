/** The first interrupt lets the work in hand finish, the second stops at once. `note` is said of that work: `, which is not kept …`. */
export function stopOnInterrupt(note = ''): { readonly signal: AbortSignal; done(): void } {
  const stop = new AbortController();
  const interrupted = (): void => {
    if (stop.signal.aborted) process.exit(130);
    process.stderr.write(`\nStopping after the work in hand${note}; once more to stop at once.\n`);
    stop.abort();
  };
  process.on('SIGINT', interrupted);
  return { signal: stop.signal, done: () => void process.off('SIGINT', interrupted) };
}

import { bundled } from './bundled.js';
import type { runCommandLine } from './cli.js';
import type { extractQuickly } from './commands/extract-quickly.js';
import { version } from './version.js';

// A reader that has seen enough (`| head`) closes the pipe: that ends the command, quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

// Only what a command needs is loaded: asking for the version loads nothing, extracting one region no command line.
const [first, ...rest] = process.argv.slice(2);
if (first === '--version' || first === '-V') process.stdout.write(`${version()}\n`);
else if (first !== 'extract' || !(await extractedQuickly(rest))) {
  const found = bundled<{ runCommandLine: typeof runCommandLine }>('cli', /^[a-z-]+$/.test(first ?? '') ? first : 'help');
  await (found?.exports ?? (await import('./cli.js'))).runCommandLine(process.argv);
  if (!process.exitCode) found?.keep();
}

async function extractedQuickly(args: readonly string[]): Promise<boolean> {
  const { quickArguments } = await import('./quick.js');
  const given = quickArguments(args);
  const found = given === undefined ? undefined : bundled<{ extractQuickly: typeof extractQuickly }>('extract', 'extract');
  if (given === undefined || found === undefined) return false;
  const { image, mask, ...options } = given;
  await found.exports.extractQuickly(image, mask, { ...options, version: version() });
  if (!process.exitCode) found.keep();
  return true;
}

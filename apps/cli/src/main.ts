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
  const { runCommandLine } = await import('./cli.js');
  await runCommandLine(process.argv);
}

async function extractedQuickly(args: readonly string[]): Promise<boolean> {
  const { bundledExtraction, quickArguments } = await import('./quick.js');
  const given = quickArguments(args);
  const extract = given === undefined ? undefined : await bundledExtraction();
  if (given === undefined || extract === undefined) return false;
  const { image, mask, ...options } = given;
  await extract(image, mask, { ...options, version: version() });
  return true;
}

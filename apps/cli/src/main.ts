import { readFileSync } from 'node:fs';

// A reader that has seen enough (`| head`) closes the pipe: that ends the command, quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

// Only what a command needs is loaded: asking for the version loads nothing.
const [first] = process.argv.slice(2);
if (first === '--version' || first === '-V') {
  process.stdout.write(`${(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version}\n`);
} else {
  const { runCommandLine } = await import('./cli.js');
  await runCommandLine(process.argv);
}

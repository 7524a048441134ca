import { readFileSync } from 'node:fs';

// Only what a command needs is loaded: asking for the version loads nothing.
const [first] = process.argv.slice(2);
if (first === '--version' || first === '-V') {
  process.stdout.write(`${(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version}\n`);
} else {
  const { runCommandLine } = await import('./cli.js');
  await runCommandLine(process.argv);
}

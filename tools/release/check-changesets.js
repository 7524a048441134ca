// Fails when a package that users get was changed and no changeset says so: `node tools/release/check-changesets.js [--base=REV]`.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkChangesets } from './changesets.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const base = process.argv.find((arg) => arg.startsWith('--base='))?.slice(7) ?? 'main';
const { changed, missing } = checkChangesets(root, base);
if (missing.length > 0) {
  process.stderr.write(`Changed since ${base} without a changeset: ${missing.join(', ')}\nRun npx changeset: it asks which packages and how much, and writes the file.\n`);
  process.exitCode = 1;
} else process.stdout.write(changed.length === 0 ? `No public package differs from ${base}.\n` : `A changeset names every changed package: ${changed.join(', ')}\n`);

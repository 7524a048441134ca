import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { extractQuickly } from './commands/extract-quickly.js';
import type { Format } from './tables/table.js';

interface Arguments {
  readonly image: string;
  readonly mask: string;
  readonly params?: string;
  readonly label?: number;
  readonly format?: Format;
  readonly output?: string;
}

/** `extract IMAGE MASK` with these options and no other; anything else is for the command line proper. */
export function quickArguments(args: readonly string[]): Arguments | undefined {
  const given: Record<string, string> = {};
  const files: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (!arg.startsWith('-')) files.push(arg);
    else if (['--params', '--label', '--format', '--output'].includes(arg) && i + 1 < args.length && given[arg] === undefined) given[arg] = args[++i];
    else return undefined;
  }
  const { '--params': params, '--label': label, '--format': format, '--output': output } = given;
  if (files.length !== 2 || (label !== undefined && !/^[1-9]\d*$/.test(label)) || (format !== undefined && !['csv', 'json'].includes(format))) return undefined;
  return { image: files[0], mask: files[1], ...(params === undefined ? {} : { params }), ...(label === undefined ? {} : { label: Number(label) }), ...(format === undefined ? {} : { format: format as Format }), ...(output === undefined ? {} : { output }) };
}

/** The bundled extraction, as long as the installed packages are those that it was made of; undefined otherwise. */
export async function bundledExtraction(): Promise<typeof extractQuickly | undefined> {
  const here = dirname(fileURLToPath(import.meta.url));
  try {
    const packages = JSON.parse(readFileSync(join(here, 'bundled', 'packages.json'), 'utf8')) as [name: string, digest: string][];
    // Packages that the standard set brings lie where it sees them, which may not be where this program does.
    const standard = dirname(packageFile('@radloom/standard', here));
    for (const [name, digest] of packages) if (createHash('sha256').update(readFileSync(packageFile(name, standard))).digest('hex') !== digest) return undefined;
  } catch {
    return undefined;
  }
  const url = new URL('./bundled/extract-quickly.js', import.meta.url).href;
  return ((await import(url)) as { extractQuickly: typeof extractQuickly }).extractQuickly;
}

/** A package's list of modules, as a folder sees the package. */
function packageFile(name: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    try {
      return realpathSync(join(folder, 'node_modules', name, 'dist', 'modules.json'));
    } catch (error) {
      if (folder === dirname(folder)) throw error;
    }
  }
}

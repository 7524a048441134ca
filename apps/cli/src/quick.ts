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

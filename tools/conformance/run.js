// Compares the packages with reference data: `npm run conformance -- [SUITE …] [--shift N]`.
import { createHash } from 'node:crypto';
import { useNativeDigest } from '@radloom/core';
import { referenceFolder } from './reference.js';
import { suites } from './suites/index.js';
import { Tally } from './tally.js';

useNativeDigest((bytes) => createHash('sha256').update(bytes).digest('hex'));

const args = process.argv.slice(2);
const shiftAt = args.indexOf('--shift');
const shift = shiftAt < 0 ? 0 : Number(args[shiftAt + 1]);
const names = args.filter((arg, i) => !arg.startsWith('--') && (shiftAt < 0 || i !== shiftAt + 1));
const folder = referenceFolder();
if (folder === undefined) {
  process.stdout.write('SKIPPED: no reference data. Put the folder beside the project as ../shared/conformance, or set RADLOOM_CONFORMANCE.\n');
  process.stdout.write(`SKIPPED suites: ${Object.keys(suites).join(', ')}\n0 passed, 0 failed, ${Object.keys(suites).length} skipped\n`);
  process.exit(0);
}
const chosen = names.length === 0 ? Object.keys(suites) : Object.keys(suites).filter((name) => names.some((wanted) => name === wanted || name.startsWith(`${wanted}/`)));
if (chosen.length === 0) {
  process.stderr.write(`There is no suite ${names.join(', ')}. Suites: ${Object.keys(suites).join(', ')}\n`);
  process.exit(2);
}
const tally = new Tally({ shift });
for (const name of chosen) {
  const started = performance.now();
  await (await suites[name]())(tally, folder);
  process.stdout.write(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}
tally.print(undefined, { failures: Number(process.env.RADLOOM_FAILURES ?? 5) });
process.exitCode = tally.totals.failed > 0 ? 1 : 0;

// The main job on embedded data: makes the synthetic stroke cohort once, runs the study, says where the report is.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCohort } from './make-cohort.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const home = join(root, 'out', 'demo');
const cohort = join(home, 'cohort');
const finished = join(cohort, '.finished');
if (!existsSync(finished)) {
  const started = performance.now();
  process.stderr.write('Making the synthetic cohort (110 patients) …\n');
  await makeCohort(cohort, { seed: 20231124, cases: 110 });
  writeFileSync(finished, '');
  process.stderr.write(`Made in ${((performance.now() - started) / 1000).toFixed(1)} s: ${relative(process.cwd(), cohort)}\n`);
}
const study = join('examples', 'stroke-ht', 'radloom.study.yaml');
const args = [join(root, 'apps', 'cli', 'bin', 'radloom.js'), 'run', study, '--set', `DATA=${cohort}`, '--cache', join('out', 'demo', 'cache'), '--out', join('out', 'demo', 'results')];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;

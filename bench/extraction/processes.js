import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { yardstick } from '../yardstick.js';
import { median } from '../timing.js';

const program = fileURLToPath(new URL('../../apps/cli/bin/radloom.js', import.meta.url));
const usage = fileURLToPath(new URL('./report-usage.cjs', import.meta.url));

/**
 * Whole processes from their start to their end, all of them in turn, a yardstick between each two.
 *
 * @param commands arguments of `radloom` by name; without arguments a bare Node
 * @returns        by name: medians of CPU and wall milliseconds, the largest memory in MiB; and the yardstick's median
 */
export function processes(commands, runs) {
  const folder = mkdtempSync(join(tmpdir(), 'radloom-bench-'));
  const report = join(folder, 'usage.json');
  const found = new Map([...commands.keys()].map((name) => [name, []]));
  const yardsticks = [];
  for (let i = 0; i < 3; i++) yardstick(); // the first compile
  for (let run = 0; run < runs; run++) {
    for (const [name, args] of commands) {
      const started = performance.now();
      const { status, stderr } = spawnSync(process.execPath, ['--require', usage, ...(args === undefined ? ['-e', '0'] : [program, ...args])], { env: { ...process.env, RADLOOM_BENCH_USAGE: report } });
      const wall = performance.now() - started;
      if (status !== 0) throw new Error(`${name}: ${stderr}`);
      found.get(name).push({ wall, ...JSON.parse(readFileSync(report, 'utf8')) });
      yardsticks.push(yardstick());
    }
  }
  rmSync(folder, { recursive: true });
  const of = (rounds) => ({ cpu: median(rounds.map(({ cpu }) => cpu)), wall: median(rounds.map(({ wall }) => wall)), peak: Math.max(...rounds.map(({ peak }) => peak)) });
  return { yardstick: median(yardsticks), programs: new Map([...found].map(([name, rounds]) => [name, of(rounds)])) };
}

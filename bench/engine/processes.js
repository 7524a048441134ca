import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from '../timing.js';

const usage = fileURLToPath(new URL('usage.js', import.meta.url));

/** A Node process from its start to its end: wall seconds, CPU seconds of all its threads, its largest resident set in MiB, and what it printed. */
export function timed(args) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, ['--import', usage, ...args], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
    let text = '';
    let used = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stdio[3].on('data', (chunk) => (used += chunk));
    child.on('error', reject);
    child.on('close', (status) => {
      const seconds = (performance.now() - started) / 1000;
      if (status !== 0) reject(new Error(`${args.join(' ')} ended with ${status}`));
      else resolve({ seconds, ...JSON.parse(used), text });
    });
  });
}

/** The same several times: medians of times, the largest memory. */
export async function medianOf(args, runs) {
  const all = [];
  for (let i = 0; i < runs; i++) all.push(await timed(args));
  return { seconds: median(all.map(({ seconds }) => seconds)), cpu: median(all.map(({ cpu }) => cpu)), peak: Math.max(...all.map(({ peak }) => peak)), text: all[0].text };
}

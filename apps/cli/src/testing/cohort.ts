import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { random } from '@radloom/core';

const size = [18, 17, 12] as const;

/** A NRRD file: raw little-endian int16 or uint8, 1 x 1 x 2 mm. */
export function nrrd(data: Int16Array | Uint8Array, { spacing = [1, 1, 2] as readonly number[], origin = [0, 0, 0] as readonly number[] } = {}): Uint8Array {
  const type = data instanceof Int16Array ? 'int16' : 'uint8';
  const header = [
    'NRRD0004', `type: ${type}`, 'dimension: 3', 'space: left-posterior-superior', `sizes: ${size.join(' ')}`,
    `space directions: (${spacing[0]},0,0) (0,${spacing[1]},0) (0,0,${spacing[2]})`, 'endian: little', 'encoding: raw', `space origin: (${origin.join(',')})`, '', '',
  ].join('\n');
  return Buffer.concat([Buffer.from(header, 'latin1'), Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
}

/** An image whose texture and brightness follow the outcome, and an ellipsoid in its middle; the same on every call. */
export function scan(index: number, event: boolean): { image: Int16Array; mask: Uint8Array } {
  const [nx, ny, nz] = size;
  const stream = random([index + 1, 2, 3, 4]);
  const image = new Int16Array(nx * ny * nz);
  const mask = new Uint8Array(nx * ny * nz);
  const radius = 4.5 + 1.5 * stream.next();
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        image[i] = Math.round(100 + (event ? 14 : 0) * Math.sin(x) * Math.cos(y) + 10 * stream.normal());
        mask[i] = ((x - 9) / radius) ** 2 + ((y - 8) / radius) ** 2 + ((z - 6) / 4) ** 2 <= 1 ? 1 : 0;
      }
    }
  }
  return { image, mask };
}

export interface TestCohort {
  readonly folder: string;
  readonly study: string;
  /** Writes a file of the cohort. */
  write(name: string, content: string | Uint8Array): void;
}

/** A cohort of small scans with a study file, in a temporary folder. */
export function testCohort({ cases = 24, study = studyText() } = {}): TestCohort {
  const folder = mkdtempSync(join(tmpdir(), 'radloom-study-'));
  mkdirSync(join(folder, 'scans'));
  const write = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);
  const stream = random([8, 8, 8, 8]);
  const rows = ['id,image,mask,event,age,name,birth_date'];
  for (let i = 0; i < cases; i++) {
    const id = `C${String(i + 1).padStart(2, '0')}`;
    const event = i % 2 === 1;
    const { image, mask } = scan(i, event);
    write(`scans/${id}.nrrd`, nrrd(image));
    write(`scans/${id}-mask.nrrd`, nrrd(mask));
    rows.push(`${id},scans/${id}.nrrd,scans/${id}-mask.nrrd,${event ? 1 : 0},${50 + Math.floor(30 * stream.next())},Planted Name${i},19${40 + i}-03-0${1 + (i % 9)}`);
  }
  write('cohort.csv', `${rows.join('\n')}\n`);
  write('radloom.study.yaml', study);
  return { folder, study: join(folder, 'radloom.study.yaml'), write };
}

export function studyText({ features = '[shape, firstorder, glcm]', extra = '', language = 'en', mtry = '[1, 2]', filters = '[original]' } = {}): string {
  return `title: Test study
seed: 7
cohort:
  table: cohort.csv
  image: image
  mask: mask
  outcome: { column: event, event: 1 }
  clinical: [age]
imaging:
  discretise: { binWidth: 10 }
  filters: ${filters}
  features: ${features}
split: { method: hold-out }
selection:
  - zero-variance
  - near-zero-variance
  - correlation: { threshold: 0.9 }
  - lasso: { folds: 4, rule: lambda.min }
tuning: { folds: 3 }
models:
  random-forest: { settings: { trees: 40 }, grid: { mtry: ${mtry} } }
  knn: { grid: { k: [3, 5] } }
  svm: { grid: { cost: [1] } }
  stacking:
evaluation:
  - discrimination: { bootstrap: 200 }
report: { language: ${language} }
${extra}`;
}

export const bin = fileURLToPath(new URL('../../bin/radloom.js', import.meta.url));

/** Runs the built command line. */
export function radloom(args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', maxBuffer: 1 << 28, cwd: options.cwd, env: { ...process.env, ...options.env } });
}

/** The result line of `radloom run --json`. */
export function resultOf(stdout: string): { counts: Record<string, number>; failedCases: Record<string, { code: string; message: string; fix?: string; step: string }[]>; planId: string; report: string | null; testSetOpenings: number | null } {
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

/** The steps that a run executed, sorted, one for each node. */
export function executedSteps(stdout: string): string[] {
  return stdout.trim().split('\n').map((line) => JSON.parse(line)).filter((event) => event.type === 'node' && event.state === 'executed').map((event) => `${event.step}${event.at.case === undefined ? '' : `@${event.at.case}`}`).sort();
}

import { mkdirSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeModules } from '@radloom/modules';

const core = new URL('../../../../packages/core/dist/index.js', import.meta.url).href;

/** What each probe computes; every call writes a line to a file outside the cache, which is what really ran. */
const probes = {
  'probe-filter': {
    helper: 'defineFilter',
    manifest: `params: z.strictObject({ factor: z.number().default(2) }), outputs: () => ['probe'],`,
    work: `export const apply = (volume, { factor }) => (trace('probe-filter'), { probe: makeVolume(volume.geometry, Float64Array.from(volume.data, (value) => times(value, factor))) });`,
    kernel: `export const times = (value, factor) => value * factor;`,
    uses: 'times',
  },
  'probe-family': {
    helper: 'defineFeatureFamily',
    manifest: `params: z.strictObject({ shift: z.number().default(0) }), features: [{ name: 'Mean', unit: 'intensity', summary: 'mean', source: 'definition' }],`,
    work: `export const extract = (region, { shift }) => (trace('probe-family'), { Mean: mean(region.values) + shift });`,
    kernel: `export const mean = (values) => { let sum = 0; for (const value of values) sum += value; return sum / values.length; };`,
    uses: 'mean',
  },
  'second-family': {
    helper: 'defineFeatureFamily',
    manifest: `params: z.strictObject({}), features: [{ name: 'Largest', unit: 'intensity', summary: 'largest', source: 'definition' }],`,
    work: `export const extract = (region) => (trace('second-family'), { Largest: largest(region.values) });`,
    kernel: `export const largest = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);`,
    uses: 'largest',
  },
  'probe-selector': {
    helper: 'defineSelector',
    manifest: `params: z.strictObject({}),`,
    work: `export const select = (table) => (trace('probe-selector'), { selected: predictors(table) });`,
    kernel: `export const predictors = (table) => table.columns.filter((column) => column.kind === 'numeric' && column.name !== table.outcome.column).map((column) => column.name);`,
    uses: 'predictors',
  },
  'probe-classifier': {
    helper: 'defineClassifier',
    manifest: `params: z.strictObject({ weight: z.number().default(1) }),`,
    work: `export const fit = ({ x, y, rows }, { weight }) => (trace('probe-classifier'), { state: { p: rate(y), weight, centre: x.reduce((a, b) => a + b, 0) / rows } });
export const predict = (model, x, rows) => Float64Array.from({ length: rows }, (_, row) => {
  let sum = 0;
  for (let i = row; i < x.length; i += rows) sum += x[i];
  return 1 / (1 + Math.exp((-model.state.weight * (sum - model.state.centre)) / 100));
});`,
    kernel: `export const rate = (y) => y.reduce((a, b) => a + b, 0) / y.length;`,
    uses: 'rate',
  },
} as const;

export type ProbeName = keyof typeof probes;

/** Plugin packages beside a study, as a team of its own would keep them. */
export class Probes {
  readonly traceFile: string;

  constructor(private readonly folder: string) {
    this.traceFile = join(folder, 'trace.txt');
  }

  /** Writes and "builds" every probe. */
  async build(): Promise<void> {
    for (const name of Object.keys(probes) as ProbeName[]) await this.write(name);
  }

  async write(name: ProbeName, { summary = 'Counts its calls', kernel = probes[name].kernel as string } = {}): Promise<void> {
    const { helper, manifest, work, uses } = probes[name];
    const home = join(this.folder, 'plugins', name);
    mkdirSync(join(home, 'dist'), { recursive: true });
    writeFileSync(join(home, 'package.json'), JSON.stringify({ name, version: '1.0.0', type: 'module', exports: { '.': { default: './dist/index.js' }, './package.json': './package.json' } }));
    writeFileSync(join(home, 'dist', 'index.js'), `import { ${helper} } from '${core}';\nimport { z } from 'zod';\nexport default ${helper}({ name: '${name}', summary: '${summary}', ${manifest} load: () => import('./work.js') });\n`.replace("'zod'", JSON.stringify(zod)));
    writeFileSync(join(home, 'dist', 'work.js'), `import { makeVolume } from '${core}';\nimport { ${uses} } from './kernel.js';\nimport { trace } from './trace.js';\n${work}\n`);
    writeFileSync(join(home, 'dist', 'kernel.js'), `${kernel}\n`);
    writeFileSync(join(home, 'dist', 'trace.js'), `import { appendFileSync } from 'node:fs';\nexport const trace = (name) => appendFileSync(${JSON.stringify(this.traceFile)}, name + '\\n');\n`);
    writeFileSync(join(home, 'dist', 'modules.json'), JSON.stringify(await describeModules(home)));
  }

  /** What really ran since the last look: calls by probe. */
  calls(): Record<string, number> {
    const lines = existsSync(this.traceFile) ? readFileSync(this.traceFile, 'utf8').trim().split('\n').filter((line) => line !== '') : [];
    rmSync(this.traceFile, { force: true });
    const counts: Record<string, number> = {};
    for (const line of lines) counts[line] = (counts[line] ?? 0) + 1;
    return counts;
  }
}

const zod = new URL('../../../../node_modules/zod/index.js', import.meta.url).href;

export const probeKernels = Object.fromEntries(Object.entries(probes).map(([name, probe]) => [name, probe.kernel])) as Record<ProbeName, string>;

export interface ProbeStudy {
  readonly factor?: number;
  readonly families?: readonly string[];
  readonly weights?: readonly number[];
  readonly language?: string;
  readonly seed?: number;
}

/** read -> probe-filter -> region -> families; probe-selector; probe-classifier tuned over its weights; report. */
export function probeStudyText({ factor = 2, families = ['probe-family'], weights = [1, 2], language = 'en', seed = 3 }: ProbeStudy = {}): string {
  return `title: Probe study
seed: ${seed}
plugins: [./plugins/probe-filter, ./plugins/probe-family, ./plugins/second-family, ./plugins/probe-selector, ./plugins/probe-classifier]
cohort:
  table: cohort.csv
  image: image
  mask: mask
  outcome: { column: event, event: 1 }
  clinical: [age]
imaging:
  filters: [ { probe-filter: { factor: ${factor} } } ]
  features: [${families.join(', ')}]
selection: [probe-selector]
split: { method: hold-out }
tuning: { folds: 3 }
models:
  probe-classifier: { grid: { weight: [${weights.join(', ')}] } }
evaluation:
  - discrimination: { bootstrap: 100 }
report: { language: ${language} }
`;
}

import { type Inputs, makeGeometry, makeTable, makeVolume, type Model, type Params, type Plugin, type Table, takeRows } from '@radloom/core';
import { type Called, call } from './calls.js';
import { exampleRegion } from './examples.js';
import { outputProblems } from './outputs.js';
import type { Example, Problem } from './problem.js';

type Hard = readonly (readonly [what: string, inputs: Inputs])[];

const flat = (size: readonly [number, number, number], value = 7): Float64Array => new Float64Array(size[0] * size[1] * size[2]).fill(value);
const ramp = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => 1 + i);

/** Regions as cohorts have them sooner or later. */
const regions = (): Hard => [
  ['a region of one voxel', { region: exampleRegion({ size: [1, 1, 1], values: flat([1, 1, 1]) }) }],
  ['a region of two voxels', { region: exampleRegion({ size: [2, 1, 1], values: ramp(2) }) }],
  ['a flat region', { region: exampleRegion({ size: [3, 3, 3], values: flat([3, 3, 3]), levels: new Uint8Array(27).fill(1) }) }],
  ['a region along one line', { region: exampleRegion({ size: [1, 5, 1], values: ramp(5) }) }],
  ['a region of zeros', { region: exampleRegion({ size: [3, 3, 2], values: flat([3, 3, 2], 0), levels: new Uint8Array(18).fill(1) }) }],
  ['a region with a voxel that is no number', { region: exampleRegion({ size: [3, 2, 1], values: Float64Array.of(1, 2, NaN, 4, 5, 6), levels: [1, 2, 1, 4, 5, 6] }) }],
  ['a region of voxels that do not touch', { region: exampleRegion({ size: [5, 1, 1], values: ramp(5), mask: Uint8Array.of(1, 0, 0, 0, 1) }) }],
];

const volumes = (): Hard => [
  ['an image of one voxel', { volume: makeVolume(makeGeometry({ size: [1, 1, 1] }), Int16Array.of(7)) }],
  ['a flat image', { volume: makeVolume(makeGeometry({ size: [5, 4, 3] }), new Float32Array(60).fill(7)) }],
  ['an image of zeros', { volume: makeVolume(makeGeometry({ size: [4, 4, 4] }), new Int16Array(64)) }],
  ['an image of one slice', { volume: makeVolume(makeGeometry({ size: [6, 5, 1] }), Int16Array.from(ramp(30))) }],
];

/** Eight rows: one column that tells, one that is constant, one with a value missing. */
function hardTable(columns: readonly ('telling' | 'constant' | 'missing')[], role: Table['partition']['role'] = 'training'): Table {
  const values = { telling: [1, 2, 1, 3, 0, 4, 1, 2], constant: [5, 5, 5, 5, 5, 5, 5, 5], missing: [1, NaN, 3, 4, 2, 6, 7, 8] };
  return makeTable({
    role,
    rows: Array.from({ length: 8 }, (_, i) => ({ id: `row-${i + 1}` })),
    outcome: { column: 'outcome', event: '1' },
    columns: [{ kind: 'numeric', name: 'outcome', values: Float64Array.from({ length: 8 }, (_, i) => i % 2) }, ...columns.map((name) => ({ kind: 'numeric' as const, name, values: Float64Array.from(values[name]) }))],
  });
}

const tables = (): Hard => [
  ['a table with a constant column', { table: hardTable(['telling', 'constant']) }],
  ['a table whose columns are all constant', { table: hardTable(['constant']) }],
  ['a table with a value missing', { table: hardTable(['telling', 'missing']) }],
  ['a table without predictors', { table: hardTable([]) }],
];

const hard: Readonly<Record<string, () => Hard>> = { 'features extract': regions, 'filter apply': volumes, 'transform fit': tables, 'selector fit': tables, 'classifier fit': tables };

/** Inputs at the edge: a plugin may refuse them with a RadloomError or give reasons, and nothing else. */
export async function hardProblems(plugin: Plugin, example: Example, settings: Params): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [what, inputs] of hard[`${plugin.kind} ${example.operation}`]?.() ?? []) {
    const named = (found: readonly Problem[]): Problem[] => found.map(({ check, text }) => ({ check, text: `${what}: ${text}` }));
    const found = await call(plugin, example, inputs, settings);
    problems.push(...named(judged(plugin, example.operation, inputs, found, settings)));
    if ('outputs' in found && plugin.kind !== 'filter' && example.operation === 'fit') problems.push(...named(await appliedProblems(plugin, settings, found.outputs.model as Model, inputs.table as Table)));
  }
  return problems;
}

/** What was learned from a hard table is applied to it, and to one of its rows. */
async function appliedProblems(plugin: Plugin, settings: Params, model: Model, table: Table): Promise<Problem[]> {
  const operation = plugin.kind === 'classifier' ? 'predict' : 'apply';
  const problems: Problem[] = [];
  for (const rows of [table, takeRows(table, [0], table.partition.role)]) {
    const inputs = { model, table: rows };
    problems.push(...judged(plugin, operation, inputs, await call(plugin, { operation }, inputs, settings), settings));
  }
  return problems;
}

function judged(plugin: Plugin, operation: string, inputs: Inputs, found: Called, settings: Params): Problem[] {
  if ('refused' in found) return [];
  return 'problem' in found ? [found.problem] : outputProblems(plugin, operation, inputs, found.outputs, settings);
}

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  digestPort, type FeatureInfo, type FeatureVector, type Gathered, type Inputs, isPlugin, isRadloomError, kinds, type Model, outputPorts, type Outputs, type Params, paramsJsonSchema, parseParams, type Plugin, type PortValue,
  type Table, takeRows,
} from '@radloom/core';
import type { ModulesFile } from '@radloom/modules';
import { testContext } from './examples.js';

/** One call of an operation that must work. */
export interface Example {
  readonly operation: string;
  /** Fresh inputs on every call. */
  inputs(): Inputs | Promise<Inputs>;
  readonly params?: Readonly<Record<string, unknown>>;
  /** The element that a scattering operation is run for. */
  readonly at?: Readonly<Record<string, string>>;
}

export interface ContractOptions {
  /** `import.meta.url` of the test in the package's `src`. */
  readonly from: string;
  readonly examples: readonly Example[];
}

/** The promises of the contract, by name. */
export type CheckName =
  | 'manifest' | 'settings' | 'examples' | 'built-code' | 'bare-error' | 'chance' | 'clock' | 'input-changed' | 'output-missing' | 'not-repeatable' | 'order-dependent' | 'feature-names' | 'nan-without-reason' | 'learns-in-apply';

export interface Problem {
  readonly check: CheckName;
  readonly text: string;
}

/** What a plugin's manifest, settings and built code break of the contract. */
export function staticProblems(plugin: Plugin, { from, examples }: ContractOptions): Problem[] {
  return [...manifestProblems(plugin), ...settingsProblems(plugin), ...exampleProblems(plugin, examples), ...builtProblems(fileURLToPath(new URL('..', from)))];
}

/** What one call of an operation breaks of the contract. */
export async function exampleRunProblems(plugin: Plugin, example: Example): Promise<Problem[]> {
  const spec = plugin.operations[example.operation];
  if (spec === undefined) return [{ check: 'examples', text: `there is no operation ${example.operation}` }];
  const settings = parseParams(plugin.params, example.params);
  const inputs = await example.inputs();
  const before = digests(inputs);
  const first = await call(plugin, example, inputs, settings);
  if ('problem' in first) return [first.problem];
  const problems: Problem[] = [];
  if (JSON.stringify(digests(inputs)) !== JSON.stringify(before)) problems.push({ check: 'input-changed', text: 'the operation changed its input' });
  const ports = outputPorts(spec, settings);
  for (const port of Object.keys(ports)) if (first.outputs[port] === undefined) problems.push({ check: 'output-missing', text: `the output ${port} is missing` });
  for (const port of Object.keys(first.outputs)) if (ports[port] === undefined) problems.push({ check: 'output-missing', text: `the output ${port} is not in the manifest` });
  if (problems.some((problem) => problem.check === 'output-missing')) return problems;
  const again = await call(plugin, example, await example.inputs(), settings);
  if ('problem' in again) return [...problems, { check: 'not-repeatable', text: `the second call failed: ${again.problem.text}` }];
  const digestsOf = (outputs: Outputs): string[] => Object.entries(ports).map(([port, { type }]) => digestPort(type, outputs[port]));
  if (digestsOf(first.outputs).join() !== digestsOf(again.outputs).join()) problems.push({ check: 'not-repeatable', text: 'two calls with the same inputs give different bytes' });
  problems.push(...(await orderProblems(plugin, example, settings, digestsOf, first.outputs)));
  if (plugin.kind === 'features') problems.push(...featureProblems(plugin, first.outputs.features as FeatureVector, settings));
  if ((plugin.kind === 'transform' || plugin.kind === 'selector') && example.operation === 'apply') problems.push(...(await applyProblems(plugin, example, settings, first.outputs.table as Table)));
  return problems;
}

function manifestProblems(plugin: Plugin): Problem[] {
  const problems: string[] = [];
  if (!isPlugin(plugin)) return [{ check: 'manifest', text: 'the default export is no plugin' }];
  if (!kinds.includes(plugin.kind)) problems.push(`there is no kind ${plugin.kind}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(plugin.name)) problems.push(`${plugin.name} is no name of lower-case words joined by hyphens`);
  if (plugin.summary.length <= 10) problems.push('the summary says too little');
  if (Object.keys(plugin.operations).length === 0) problems.push('there is no operation');
  return problems.map((text) => ({ check: 'manifest', text }));
}

function settingsProblems(plugin: Plugin): Problem[] {
  try {
    paramsJsonSchema(plugin.params);
    parseParams(plugin.params, {});
  } catch (error) {
    return [{ check: 'settings', text: `a setting has no default, or the schema cannot be exported: ${String(error)}` }];
  }
  try {
    parseParams(plugin.params, { 'no-such-setting': 1 });
    return [{ check: 'settings', text: 'an unknown setting is accepted: use z.strictObject' }];
  } catch (error) {
    return isRadloomError(error) && error.message.includes('no-such-setting') ? [] : [{ check: 'settings', text: 'an unknown setting is refused without its name' }];
  }
}

function exampleProblems(plugin: Plugin, examples: readonly Example[]): Problem[] {
  const shown = new Set(examples.map((example) => example.operation));
  return Object.keys(plugin.operations).filter((operation) => !shown.has(operation)).map((operation) => ({ check: 'examples', text: `the operation ${operation} has no example` }));
}

/** `node:` imports in the package's own built modules. */
function builtProblems(folder: string): Problem[] {
  const path = `${folder}/dist/modules.json`;
  if (!existsSync(path)) return [{ check: 'built-code', text: 'dist/modules.json is missing: build the package first' }];
  const { modules } = JSON.parse(readFileSync(path, 'utf8')) as ModulesFile;
  return Object.entries(modules).flatMap(([file, { imports, dynamic, passes }]) =>
    [...imports.map((taken) => taken.from), ...dynamic, ...passes.map((taken) => taken.from)].filter((name) => name.startsWith('node:')).map((name): Problem => ({ check: 'built-code', text: `${file} imports ${name}: a plugin runs in browsers too` })),
  );
}

/** Runs an operation with chance and clock turned into errors; what it throws becomes a named problem. */
async function call(plugin: Plugin, example: Example, inputs: Inputs, settings: Params): Promise<{ readonly outputs: Outputs } | { readonly problem: Problem }> {
  let touched: CheckName | undefined;
  const watch = (check: CheckName) => (): never => {
    touched = check;
    throw new Error(`A plugin must not use the ${check}: use ctx.seed.`);
  };
  const { random } = Math;
  const { now } = Date;
  const operation = await plugin.operations[example.operation].load();
  Math.random = watch('chance');
  Date.now = watch('clock');
  try {
    return { outputs: await operation(inputs, settings, testContext(undefined, example.at)) };
  } catch (error) {
    if (touched !== undefined) return { problem: { check: touched, text: touched === 'chance' ? 'it uses Math.random: use ctx.seed' : 'it uses Date.now: a result must not depend on when it was made' } };
    if (isRadloomError(error) && error.code === 'nan-without-reason') return { problem: { check: 'nan-without-reason', text: error.what } };
    if (isRadloomError(error) && (error.code === 'feature-missing' || error.code === 'feature-unknown')) return { problem: { check: 'feature-names', text: error.what } };
    if (isRadloomError(error)) throw error;
    return { problem: { check: 'bare-error', text: `it threw an error that is no RadloomError: ${String(error)}` } };
  } finally {
    Math.random = random;
    Date.now = now;
  }
}

/** Entries of a `many` port come in any order. */
async function orderProblems(plugin: Plugin, example: Example, settings: Params, digestsOf: (outputs: Outputs) => string[], first: Outputs): Promise<Problem[]> {
  const inputs = await example.inputs();
  if (!Object.values(inputs).some((value) => Array.isArray(value) && value.length > 1)) return [];
  const reversed = Object.fromEntries(Object.entries(inputs).map(([port, value]) => [port, Array.isArray(value) ? [...(value as readonly Gathered[])].reverse() : value]));
  // An ensemble names its members; a report lists in the order given. Only tables and features must not care.
  const found = await call(plugin, example, reversed, settings);
  if ('problem' in found) return [{ check: 'order-dependent', text: `with its gathered inputs in another order it fails: ${found.problem.text}` }];
  const free = Object.values(outputPorts(plugin.operations[example.operation], settings)).every(({ type }) => type === 'table' || type === 'features');
  return free && digestsOf(found.outputs).join() !== digestsOf(first).join() ? [{ check: 'order-dependent', text: 'its output depends on the order of its gathered inputs' }] : [];
}

function featureProblems(plugin: Plugin, vector: FeatureVector, settings: Params): Problem[] {
  const problems: Problem[] = [];
  const listed = new Set((plugin.about.features as readonly FeatureInfo[]).map((feature) => feature.name));
  if (vector.names.join() !== (settings.include as readonly string[]).join()) problems.push({ check: 'feature-names', text: `it gives ${vector.names.join(', ')} where ${(settings.include as readonly string[]).join(', ')} were asked for` });
  for (const name of vector.names) if (!listed.has(name)) problems.push({ check: 'feature-names', text: `${name} is not in the manifest` });
  vector.names.forEach((name, i) => {
    if (Number.isNaN(vector.values[i]) && vector.reasons[name] === undefined) problems.push({ check: 'nan-without-reason', text: `${name} is not a number and has no reason` });
  });
  return problems;
}

/** What is applied to a row must not depend on the other rows: half of the table must come out as it does in the whole. */
async function applyProblems(plugin: Plugin, example: Example, settings: Params, whole: Table): Promise<Problem[]> {
  const inputs = (await example.inputs()) as { readonly model: Model; readonly table: Table };
  if (inputs.table.rows.length < 2) return [];
  const half = takeRows(inputs.table, inputs.table.rows.map((_, i) => i).filter((i) => i % 2 === 0), inputs.table.partition.role, inputs.table.partition.fold);
  const found = await call(plugin, example, { ...inputs, table: half }, settings);
  if ('problem' in found) return [{ check: 'learns-in-apply', text: `on half of the rows it fails: ${found.problem.text}` }];
  const expected = takeRows(whole, whole.rows.map((_, i) => i).filter((i) => i % 2 === 0), whole.partition.role, whole.partition.fold);
  const [a, b] = [found.outputs.table as Table, expected].map((table) => digestPort('table', { ...table, reasons: [] }));
  return a === b ? [] : [{ check: 'learns-in-apply', text: 'a row comes out differently when other rows are left out: what is learned belongs in fit' }];
}

function digests(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([port, value]) => {
      if (value === undefined) return [port, 'none'];
      if (Array.isArray(value)) return [port, value.map((entry: { value?: PortValue }) => (entry.value === undefined ? 'none' : digestPort(entry.value.type, entry.value))).join()];
      const single = value as PortValue;
      return [port, digestPort(single.type, single)];
    }),
  );
}

import { digestPort, type FeatureVector, type Gathered, type Inputs, outputPorts, type Outputs, type Params, parseParams, type Plugin, type Predictions, type Table } from '@radloom/core';
import { call, unwatchedCall } from './calls.js';
import { hardProblems } from './hard.js';
import { staticProblems } from './manifest.js';
import { digests, outputProblems } from './outputs.js';
import type { ContractOptions, Example, Problem } from './problem.js';
import { rowProblems } from './rows.js';
import { learns, varied, withOtherRows } from './variation.js';

/** Everything that a plugin breaks of the contract, by name. */
export async function contractProblems(plugin: Plugin, options: ContractOptions): Promise<Problem[]> {
  const problems = staticProblems(plugin, options);
  if (problems.some(({ check }) => check === 'manifest')) return problems;
  for (const example of options.examples) problems.push(...(await exampleProblems(plugin, example)));
  return problems;
}

/** What the calls of one operation break of the contract. */
export async function exampleProblems(plugin: Plugin, example: Example): Promise<Problem[]> {
  if (plugin.operations[example.operation] === undefined) return [{ check: 'examples', text: `there is no operation ${example.operation}` }];
  const settings = parseParams(plugin.params, example.params);
  const inputs = await example.inputs();
  const before = digests(inputs);
  const first = await unwatchedCall(plugin, example, inputs, settings);
  if ('problem' in first) return [first.problem];
  if ('refused' in first) return [{ check: 'examples', text: `the example of ${example.operation} is refused: ${first.refused.message}` }];
  const problems = outputProblems(plugin, example.operation, inputs, first.outputs, settings);
  if (digests(inputs) !== before) problems.push({ check: 'input-changed', text: 'the operation changed its input' });
  if (problems.some(({ check }) => check === 'output-missing')) return problems;
  const { outputs } = first;
  const again = await call(plugin, example, await example.inputs(), settings);
  if ('problem' in again) return [...problems, again.problem];
  if ('refused' in again || bytesOf(plugin, example, settings, again.outputs) !== bytesOf(plugin, example, settings, outputs)) return [...problems, { check: 'not-repeatable', text: 'two calls with the same inputs differ' }];
  problems.push(...(await memoryProblems(plugin, example, settings, outputs)));
  problems.push(...(await gatheredProblems(plugin, example, settings, outputs)));
  if (plugin.kind === 'features') problems.push(...(await includeProblems(plugin, example, settings, outputs.features as FeatureVector)));
  problems.push(...(await rowProblems(plugin, example, settings, (outputs.table ?? outputs.predictions) as Table | Predictions)));
  problems.push(...(await hardProblems(plugin, example, settings)));
  return problems;
}

/** The bytes of every output, in the manifest's order. */
function bytesOf(plugin: Plugin, example: Example, settings: Params, outputs: Outputs): string {
  return Object.entries(outputPorts(plugin.operations[example.operation], settings)).map(([port, { type }]) => digestPort(type, outputs[port])).join();
}

/** Other inputs give another output, and after them the first give what they gave before. */
async function memoryProblems(plugin: Plugin, example: Example, settings: Params, first: Outputs): Promise<Problem[]> {
  const learning = learns(plugin.kind, example.operation);
  const others = learning ? withOtherRows(await example.inputs()) : varied(await example.inputs());
  if (others === undefined || (!learning && !['filter', 'features'].includes(plugin.kind))) return [];
  const bytes = async (inputs: Inputs): Promise<string | undefined> => {
    const found = await call(plugin, example, inputs, settings);
    return 'outputs' in found ? bytesOf(plugin, example, settings, found.outputs) : undefined;
  };
  const expected = bytesOf(plugin, example, settings, first);
  // Other rows may well be refused, and may teach the same: what matters is that they are forgotten.
  const otherwise = await bytes(others);
  if (!learning && otherwise === expected) return [{ check: 'remembers-calls', text: 'with other inputs the output stays the same, as if it were that of the call before' }];
  return (await bytes(await example.inputs())) === expected ? [] : [{ check: 'remembers-calls', text: 'after a call with other inputs the output differs' }];
}

/** Entries of a `many` port come in any order. */
async function gatheredProblems(plugin: Plugin, example: Example, settings: Params, first: Outputs): Promise<Problem[]> {
  const inputs = await example.inputs();
  if (!Object.values(inputs).some((value) => Array.isArray(value) && value.length > 1)) return [];
  const reversed = Object.fromEntries(Object.entries(inputs).map(([port, value]) => [port, Array.isArray(value) ? [...(value as readonly Gathered[])].reverse() : value]));
  const found = await call(plugin, example, reversed, settings);
  if (!('outputs' in found)) return [{ check: 'order-dependent', text: `with its gathered inputs in another order it fails: ${'problem' in found ? found.problem.text : found.refused.message}` }];
  // An ensemble names its members; a report lists in the order given. Only tables and features must not care.
  const free = Object.values(outputPorts(plugin.operations[example.operation], settings)).every(({ type }) => type === 'table' || type === 'features');
  return free && bytesOf(plugin, example, settings, found.outputs) !== bytesOf(plugin, example, settings, first) ? [{ check: 'order-dependent', text: 'its output depends on the order of its gathered inputs' }] : [];
}

/** A feature has one value, whatever else is asked for and in which order. */
async function includeProblems(plugin: Plugin, example: Example, settings: Params, all: FeatureVector): Promise<Problem[]> {
  const include = [...all.names].reverse().filter((_, i) => i % 2 === 0);
  const found = await call(plugin, example, await example.inputs(), { ...settings, include });
  if ('problem' in found) return [{ ...found.problem, text: `asked for ${include.join(', ')} alone: ${found.problem.text}` }];
  if ('refused' in found) return [{ check: 'feature-names', text: `asked for ${include.join(', ')} alone it refuses: ${found.refused.what}` }];
  const { names, values } = found.outputs.features as FeatureVector;
  const other = names.find((name, i) => !Object.is(values[i], all.values[all.names.indexOf(name)]));
  return other === undefined ? [] : [{ check: 'feature-names', text: `${other} has another value when fewer features are asked for` }];
}

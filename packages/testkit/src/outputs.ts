import { digestPort, type FeatureInfo, type FeatureVector, type Inputs, type Metrics, outputPorts, type Outputs, type Params, type Plugin, type PortValue, type Predictions, type Table } from '@radloom/core';
import type { Problem } from './problem.js';

/** One digest a port, for values, lists and what is not there. */
export function digests(inputs: Inputs): string {
  const single = (value: PortValue | undefined): string => (value === undefined ? 'none' : digestPort(value.type, value));
  return Object.entries(inputs).map(([port, value]) => `${port} ${Array.isArray(value) ? value.map((entry: { value?: PortValue }) => single(entry.value)).join() : single(value as PortValue | undefined)}`).join('\n');
}

/** What one result breaks on its own: outputs beside the manifest, and numbers that are not there without a reason. */
export function outputProblems(plugin: Plugin, operation: string, inputs: Inputs, outputs: Outputs, settings: Params): Problem[] {
  const ports = outputPorts(plugin.operations[operation], settings);
  const missing = Object.keys(ports).filter((port) => outputs[port] === undefined).map((port): Problem => ({ check: 'output-missing', text: `the output ${port} is missing` }));
  const beyond = Object.keys(outputs).filter((port) => ports[port] === undefined).map((port): Problem => ({ check: 'output-missing', text: `the output ${port} is not in the manifest` }));
  if (missing.length + beyond.length > 0) return [...missing, ...beyond];
  return Object.values(outputs).flatMap((value) => {
    if (value.type === 'features') return featureProblems(plugin, value, settings);
    if (value.type === 'table') return tableProblems(value, inputs.table as Table | undefined);
    if (value.type === 'predictions') return predictionProblems(value);
    if (value.type === 'metrics') return metricProblems(value);
    return [];
  });
}

const unexplained = (text: string): Problem => ({ check: 'nan-without-reason', text });

function featureProblems(plugin: Plugin, vector: FeatureVector, settings: Params): Problem[] {
  const problems: Problem[] = [];
  const asked = settings.include as readonly string[] | undefined;
  const listed = new Set((plugin.about.features as readonly FeatureInfo[] | undefined)?.map((feature) => feature.name));
  if (asked !== undefined && vector.names.join() !== asked.join()) problems.push({ check: 'feature-names', text: `it gives ${vector.names.join(', ')} where ${asked.join(', ')} were asked for` });
  for (const name of vector.names) if (listed.size > 0 && !listed.has(name)) problems.push({ check: 'feature-names', text: `${name} is not in the manifest` });
  vector.names.forEach((name, i) => {
    if (Number.isNaN(vector.values[i]) && vector.reasons[name] === undefined) problems.push(unexplained(`${name} is not a number and has no reason`));
  });
  return problems;
}

/** A value that was there may not be missing afterwards without a word. */
function tableProblems(table: Table, before: Table | undefined): Problem[] {
  const explained = new Set(table.reasons.map(([row, name]) => `${row}\n${name}`));
  const at = new Map(before?.rows.map((row, i) => [row.id, i]));
  return table.columns.flatMap((column) => {
    const own = before?.columns.find(({ name }) => name === column.name);
    if (column.kind !== 'numeric' || own?.kind !== 'numeric') return [];
    const lost = table.rows.find((row, i) => Number.isNaN(column.values[i]) && Number.isFinite(own.values[at.get(row.id) ?? -1]) && !explained.has(`${row.id}\n${column.name}`));
    return lost === undefined ? [] : [unexplained(`${column.name} of ${lost.id} was a number and is none`)];
  });
}

function predictionProblems({ rows, probability }: Predictions): Problem[] {
  const at = probability.findIndex((value) => !(value >= 0 && value <= 1));
  return at < 0 ? [] : [unexplained(`the probability of ${rows[at]} is ${probability[at]}`)];
}

function metricProblems({ entries }: Metrics): Problem[] {
  return entries.flatMap(({ model, metrics }) => metrics.filter(({ value, reason }) => Number.isNaN(value) && reason === undefined).map(({ name }) => unexplained(`${name} of ${model} is not a number and has no reason`)));
}

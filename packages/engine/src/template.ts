import { nearestName, type OperationSpec, outputPorts, type Params, parseParams, type Port, type Ports, RadloomError } from '@radloom/core';
import { DirectedGraph } from 'graphology';
import { hasCycle, topologicalSort } from 'graphology-dag';
import type { RegisteredPlugin, Registry } from './registry.js';
import type { Ref, Step, Workflow } from './workflow.js';

/** Whose rows an edge carries, as far as the graph alone tells. */
export type Role = 'training' | 'test' | 'all' | 'none';

/** A step, resolved: its plugin found, its settings checked, its ports and dimensions known. */
export interface TemplateStep {
  readonly step: Step;
  readonly entry: RegisteredPlugin;
  readonly spec: OperationSpec;
  readonly params: Params;
  /** Cases that differ in plugin or settings. */
  readonly overrides: ReadonlyMap<string, Variant>;
  readonly outputs: Ports;
  readonly dimensions: readonly string[];
  /** Per input port, its ends in order. */
  readonly inputs: readonly { readonly port: string; readonly spec: Port; readonly refs: readonly Ref[] }[];
  readonly tainted: boolean;
}

/** Which plugin does a step, at which settings. */
export interface Variant {
  readonly entry: RegisteredPlugin;
  readonly params: Params;
}

/** The step's plugin and settings for one case. */
export function variantOf(step: TemplateStep, id: string | undefined): Variant {
  return (id === undefined ? undefined : step.overrides.get(id)) ?? step;
}

/** The workflow as a checked graph: one vertex a step, in an order in which each step follows what it needs. */
export interface Template {
  readonly workflow: Workflow;
  readonly graph: DirectedGraph;
  readonly steps: readonly TemplateStep[];
  readonly byId: ReadonlyMap<string, TemplateStep>;
}

/**
 * Checks a workflow and resolves it against the plugins at hand.
 *
 * @throws one error naming the step: `unknown-plugin`, `unknown-operation`, `unknown-step`, `unknown-source`, `unknown-port`, `port-type`, `missing-input`,
 *         `workflow-cycle`, `learning-rows`, or a problem with a step's settings
 */
export function makeTemplate(workflow: Workflow, registry: Registry): Template {
  const graph = new DirectedGraph();
  const steps = new Map<string, Step>();
  for (const step of workflow.steps) {
    if (steps.has(step.id)) throw new RadloomError({ code: 'step-duplicate', what: `Two steps are called ${step.id}.`, where: { step: step.id } });
    steps.set(step.id, step);
    graph.addNode(step.id);
  }
  for (const step of workflow.steps) {
    for (const ref of Object.values(step.inputs).flat()) {
      if (ref.step === undefined) continue;
      if (!steps.has(ref.step)) throw unknown('step', ref.step, steps.keys(), step.id);
      graph.mergeEdge(ref.step, step.id);
    }
  }
  if (hasCycle(graph)) {
    throw new RadloomError({ code: 'workflow-cycle', what: `The steps form a circle: ${circle(graph).join(' -> ')}.`, fix: 'A step cannot use what follows from its own output.' });
  }
  const resolved = new Map<string, TemplateStep>();
  const roles = new Map<string, Role>();
  for (const id of topologicalSort(graph)) resolved.set(id, resolveStep(steps.get(id)!, workflow, registry, resolved, roles));
  // Steps keep the order in which they were written, as far as their needs allow: depth first, so that a case's images are finished one by one.
  const order: TemplateStep[] = [];
  const placed = new Set<string>();
  const place = (id: string): void => {
    if (placed.has(id)) return;
    placed.add(id);
    const current = resolved.get(id)!;
    for (const { refs } of current.inputs) for (const ref of refs) if (ref.step !== undefined) place(ref.step);
    order.push(current);
  };
  for (const step of workflow.steps) if (graph.outDegree(step.id) === 0) place(step.id);
  for (const step of workflow.steps) place(step.id);
  return { workflow, graph, steps: order, byId: resolved };
}

function resolveStep(step: Step, workflow: Workflow, registry: Registry, resolved: ReadonlyMap<string, TemplateStep>, roles: Map<string, Role>): TemplateStep {
  const where = { step: step.id };
  const entry = registry.get(step.plugin, step.id);
  const spec = entry.plugin.operations[step.operation];
  if (spec === undefined) throw unknown('operation', step.operation, Object.keys(entry.plugin.operations), step.id);
  const params = parseParams(entry.plugin.params, step.params, where);
  const overrides = new Map(
    Object.entries(step.overrides ?? {}).map(([id, own]) => {
      const other = own.plugin === undefined ? entry : registry.get(own.plugin, step.id);
      const shared = own.plugin === undefined ? step.params : {};
      return [id, { entry: other, params: parseParams(other.plugin.params, { ...shared, ...own.params }, { ...where, case: id }) }] as const;
    }),
  );
  const outputs = outputPorts(spec, params);
  const dimensions = new Set<string>();
  if (spec.scatter !== undefined) dimensions.add(step.scatter ?? spec.scatter);
  const extra = Object.keys(step.inputs).find((port) => spec.inputs[port] === undefined);
  if (extra !== undefined) throw unknown('port', extra, Object.keys(spec.inputs), step.id);
  let tainted = step.asPublished === true;
  const inputs = Object.entries(spec.inputs).map(([port, portSpec]) => {
    const given = step.inputs[port];
    const refs = given === undefined ? [] : Array.isArray(given) ? (given as readonly Ref[]) : [given as Ref];
    if (refs.length === 0 && portSpec.optional !== true && portSpec.many !== true) {
      throw new RadloomError({ code: 'missing-input', what: `Nothing is connected to the input ${port} (${portSpec.type}) of ${step.plugin}.`, where });
    }
    if (portSpec.many !== true && (refs.length > 1 || (refs[0]?.gather?.length ?? 0) > 0)) {
      throw new RadloomError({ code: 'port-single', what: `The input ${port} of ${step.plugin} takes one value, several are connected.`, where });
    }
    for (const ref of refs) {
      const end = upperEnd(ref, workflow, resolved, step.id);
      if (end.type !== portSpec.type) {
        throw new RadloomError({ code: 'port-type', what: `The input ${port} of ${step.plugin} takes a ${portSpec.type}; ${ref.step ?? ref.source} gives a ${end.type}.`, where });
      }
      const gathered = new Set(ref.gather);
      for (const dimension of end.dimensions) if (!gathered.has(dimension)) dimensions.add(dimension);
      if (end.tainted) tainted = true;
      if (portSpec.partition === 'training' || portSpec.partition === 'test') {
        const role = roleOf(ref, roles);
        if (role !== portSpec.partition && role !== 'none' && step.asPublished !== true) {
          throw new RadloomError({
            code: 'learning-rows',
            what: portSpec.partition === 'training' ? `${step.plugin} learns, and would be given ${role === 'all' ? 'all rows' : 'test rows'} by ${ref.step}.` : `${step.plugin} needs test rows and would be given ${role} rows by ${ref.step}.`,
            where,
            fix: 'Connect it to the training side of a split. To repeat a published analysis that did otherwise, say as-published: true on the step.',
          });
        }
      }
    }
    return { port, spec: portSpec, refs };
  });
  for (const [output, port] of Object.entries(outputs)) roles.set(`${step.id}\n${output}`, outputRole(port, step, roles));
  return { step, entry, spec, params, overrides, outputs, dimensions: Object.keys(workflow.dimensions).filter((name) => dimensions.has(name)), inputs, tainted };
}

/** Dimensions that divide all rows. Those of tuning divide training rows, which stay training rows together. */
const divisions = new Set(['fold', 'nested']);

function roleOf(ref: Ref, roles: ReadonlyMap<string, Role>): Role {
  if (ref.step === undefined) return 'all';
  const role = roles.get(`${ref.step}\n${ref.output}`) ?? 'none';
  // All folds together are all rows, whatever each of them was.
  return ref.gather?.some((dimension) => divisions.has(dimension)) === true && role === 'training' ? 'all' : role;
}

function outputRole(port: Port, step: Step, roles: ReadonlyMap<string, Role>): Role {
  if (port.partition === undefined) return port.type === 'table' ? 'all' : 'none';
  if (typeof port.partition === 'string') return port.partition === 'any' ? 'all' : port.partition;
  const given = step.inputs[port.partition.from];
  const found = new Set((Array.isArray(given) ? (given as readonly Ref[]) : given === undefined ? [] : [given as Ref]).map((ref) => roleOf(ref, roles)));
  return found.size === 1 ? [...found][0] : 'all';
}

function upperEnd(ref: Ref, workflow: Workflow, resolved: ReadonlyMap<string, TemplateStep>, step: string): { type: string; dimensions: readonly string[]; tainted: boolean } {
  if (ref.step !== undefined) {
    const upper = resolved.get(ref.step)!;
    const port = upper.outputs[ref.output ?? ''];
    if (port === undefined) throw unknown('port', `${ref.step}.${ref.output}`, Object.keys(upper.outputs).map((name) => `${ref.step}.${name}`), step);
    return { type: port.type, dimensions: upper.dimensions, tainted: upper.tainted };
  }
  const found = workflow.sources[ref.source ?? ''];
  if (found === undefined) throw unknown('source', ref.source ?? '', Object.keys(workflow.sources), step);
  return found.kind === 'files' ? { type: 'files', dimensions: ['case'], tainted: false } : { type: found.type, dimensions: [], tainted: false };
}

function unknown(what: 'step' | 'operation' | 'port' | 'source', name: string, valid: Iterable<string>, step: string): RadloomError {
  const near = nearestName(name, valid);
  return new RadloomError({ code: `unknown-${what}`, what: `There is no ${what} ${name}.`, where: { step }, ...(near === undefined ? {} : { fix: `Did you mean ${near}?` }) });
}

/** One circle of the graph, its first step repeated at the end. */
function circle(graph: DirectedGraph): string[] {
  const path: string[] = [];
  const done = new Set<string>();
  const visit = (id: string): string[] | undefined => {
    const at = path.indexOf(id);
    if (at >= 0) return [...path.slice(at), id];
    if (done.has(id)) return undefined;
    path.push(id);
    for (const next of graph.outNeighbors(id)) {
      const found = visit(next);
      if (found !== undefined) return found;
    }
    path.pop();
    done.add(id);
    return undefined;
  };
  for (const id of graph.nodes()) {
    const found = visit(id);
    if (found !== undefined) return found;
  }
  return [];
}

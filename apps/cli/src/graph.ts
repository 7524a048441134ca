export type GraphFormat = 'html' | 'mermaid' | 'dot' | 'json';

export interface GraphStep {
  readonly id: string;
  readonly plugin: string;
  readonly operation: string;
  readonly dimensions: readonly string[];
  /** Steps and sources that it takes from. */
  readonly from: readonly string[];
  readonly counts: { readonly cached: number; readonly execute: number; readonly failed: number };
  /** Time of its nodes in the last run, where they ran. */
  readonly milliseconds?: number;
}

export interface WorkflowGraph {
  readonly title: string;
  readonly planId: string;
  readonly cases: number;
  readonly steps: readonly GraphStep[];
}

type State = 'cached' | 'to run' | 'failed';

function stateOf({ counts }: GraphStep): State {
  return counts.failed > 0 ? 'failed' : counts.execute > 0 ? 'to run' : 'cached';
}

function countsText({ counts, dimensions }: GraphStep): string {
  const unit = dimensions.includes('case') ? 'cases' : 'nodes';
  const parts = [counts.cached > 0 && `${counts.cached} cached`, counts.execute > 0 && `${counts.execute} to run`, counts.failed > 0 && `${counts.failed} failed`].filter((part) => part !== false);
  return parts.length === 0 ? 'not needed' : `${parts.join(', ')} ${unit}`;
}

/** A workflow as text in one of four forms. */
export function drawGraph(graph: WorkflowGraph, format: GraphFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ ...graph, steps: graph.steps.map((step) => ({ ...step, state: stateOf(step) })) }, null, 2)}\n`;
    case 'mermaid':
      return mermaid(graph);
    case 'dot':
      return dot(graph);
    default:
      return html(graph);
  }
}

/** Steps and the sources they name, each with a short name that every format accepts. */
function shortNames(graph: WorkflowGraph): Map<string, string> {
  const all = new Set([...graph.steps.flatMap((step) => step.from), ...graph.steps.map((step) => step.id)]);
  return new Map([...all].map((id, i) => [id, `n${i}`]));
}

function mermaid(graph: WorkflowGraph): string {
  const names = shortNames(graph);
  const label = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;
  const steps = graph.steps.map((step) => `  ${names.get(step.id)}[${label(`${step.id}<br/>${countsText(step)}`)}]:::${stateOf(step).replace(' ', '')}`);
  const sources = [...names].filter(([id]) => !graph.steps.some((step) => step.id === id)).map(([id, name]) => `  ${name}[(${label(id)})]`);
  const edges = graph.steps.flatMap((step) => step.from.map((id) => `  ${names.get(id)} --> ${names.get(step.id)}`));
  return `flowchart LR\n${[...sources, ...steps, ...edges].join('\n')}\n  classDef cached fill:#e7f2e4,stroke:#4c7a3f\n  classDef torun fill:#fff3d6,stroke:#a06a00,stroke-dasharray:4\n  classDef failed fill:#fbe3e0,stroke:#a3261b,stroke-width:3px\n`;
}

function dot(graph: WorkflowGraph): string {
  const names = shortNames(graph);
  const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const style = { cached: 'fillcolor="#e7f2e4"', 'to run': 'fillcolor="#fff3d6", style="filled,dashed"', failed: 'fillcolor="#fbe3e0", penwidth=3' };
  const steps = graph.steps.map((step) => `  ${names.get(step.id)} [label=${quote(`${step.id}\n${countsText(step)}`).replaceAll('\n', '\\n')}, ${style[stateOf(step)]}];`);
  const sources = [...names].filter(([id]) => !graph.steps.some((step) => step.id === id)).map(([id, name]) => `  ${name} [label=${quote(id)}, shape=cylinder];`);
  const edges = graph.steps.flatMap((step) => step.from.map((id) => `  ${names.get(id)} -> ${names.get(step.id)};`));
  return `digraph radloom {\n  rankdir=LR;\n  node [shape=box, style=filled, fontname="sans-serif"];\n${[...sources, ...steps, ...edges].join('\n')}\n}\n`;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const box = { width: 210, height: 44, across: 260, down: 58 };

/** Column of each step: one more than the last of those it takes from. */
function layers(graph: WorkflowGraph): Map<string, number> {
  const layer = new Map<string, number>();
  for (const step of graph.steps) {
    for (const id of step.from) if (!layer.has(id)) layer.set(id, 0);
    layer.set(step.id, Math.max(0, ...step.from.map((id) => (layer.get(id) ?? 0) + 1)));
  }
  return layer;
}

/** One file, no network: boxes in columns, edges as curves, states by colour, border and word. */
function html(graph: WorkflowGraph): string {
  const layer = layers(graph);
  const rows = new Map<number, number>();
  const place = new Map<string, { x: number; y: number }>();
  for (const [id, column] of layer) {
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    place.set(id, { x: 20 + column * box.across, y: 20 + row * box.down });
  }
  const width = 40 + (Math.max(...layer.values()) + 1) * box.across;
  const height = 40 + Math.max(...rows.values()) * box.down;
  const edges = graph.steps.flatMap((step) =>
    step.from.map((id) => {
      const a = place.get(id)!;
      const b = place.get(step.id)!;
      const [x1, y1, x2, y2] = [a.x + box.width, a.y + box.height / 2, b.x, b.y + box.height / 2];
      return `<path d="M${x1} ${y1}C${x1 + 30} ${y1} ${x2 - 30} ${y2} ${x2} ${y2}"/>`;
    }),
  );
  const steps = new Map(graph.steps.map((step) => [step.id, step]));
  const boxes = [...place].map(([id, { x, y }]) => {
    const step = steps.get(id);
    const state = step === undefined ? 'source' : stateOf(step).replace(' ', '-');
    const detail = step === undefined ? 'input' : `${countsText(step)}${step.milliseconds === undefined || step.milliseconds === 0 ? '' : ` · ${(step.milliseconds / 1000).toFixed(1)} s`}`;
    const title = step === undefined ? id : `${id}: ${step.plugin} ${step.operation}`;
    return `<g class="${state}"><title>${escape(title)}</title><rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6"/><text x="${x + 10}" y="${y + 18}">${escape(id.length > 30 ? `${id.slice(0, 29)}…` : id)}</text><text class="detail" x="${x + 10}" y="${y + 34}">${escape(detail)}</text></g>`;
  });
  const total = (pick: (step: GraphStep) => number): number => graph.steps.reduce((sum, step) => sum + pick(step), 0);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(graph.title)}: workflow</title><link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; --ink: #1c2321; --soft: #5c6663; --paper: #fbfbf9; --line: #9aa5a1; --cached: #e7f2e4; --cached-line: #4c7a3f; --run: #fff3d6; --run-line: #a06a00; --bad: #fbe3e0; --bad-line: #a3261b; --source: #e8edf5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecea; --soft: #a9b3af; --paper: #16191a; --line: #5f6a67; --cached: #22331f; --cached-line: #8fc07f; --run: #3a2f14; --run-line: #e0b04a; --bad: #43201d; --bad-line: #ef8a80; --source: #222a36; } }
body { margin: 0; font: 14px/1.4 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { padding: 20px; } h1 { font-size: 18px; margin: 0 0 4px; } p { margin: 0; color: var(--soft); }
main { overflow: auto; } text { fill: var(--ink); font-size: 12.5px; } .detail { fill: var(--soft); font-size: 11px; }
path { fill: none; stroke: var(--line); stroke-width: 1; } rect { stroke-width: 1.2; }
.cached rect { fill: var(--cached); stroke: var(--cached-line); } .to-run rect { fill: var(--run); stroke: var(--run-line); stroke-dasharray: 5 3; } .failed rect { fill: var(--bad); stroke: var(--bad-line); stroke-width: 3; } .source rect { fill: var(--source); stroke: var(--line); }
</style></head>
<body><header><h1>${escape(graph.title)}</h1><p>${graph.cases} cases · ${graph.steps.length} steps · ${total((step) => step.counts.cached)} nodes cached, up to ${total((step) => step.counts.execute)} to run, ${total((step) => step.counts.failed)} failed · plan ${graph.planId.slice(0, 12)}</p></header>
<main><svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="Workflow of ${escape(graph.title)}">${edges.join('')}${boxes.join('')}</svg></main></body></html>
`;
}

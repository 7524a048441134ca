import { RadloomError } from '@radloom/core';
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Parsed } from './check.js';

/**
 * Reads YAML (or JSON, which is YAML).
 *
 * @param literals keys whose numbers are kept as written: `2.0` is a name in `log-sigma-2-0-mm-3D`, and a number would lose its zero
 * @throws `yaml-unreadable` with file, line and column
 */
export function parseYaml(text: string, file: string, literals: ReadonlySet<string> = new Set()): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new RadloomError({ code: 'yaml-unreadable', what: `${problem.message.split('\n')[0]}`, where: { file, line, column: col }, fix: 'Check indentation, colons and quotes on this line.' });
  }
  return { file, value: plain(document.contents as Node | null, literals, false), place: (path) => ({ file, ...placeOf(document, lines, path) }) };
}

function plain(node: Node | null, literals: ReadonlySet<string>, literal: boolean): unknown {
  if (isMap(node)) {
    return Object.fromEntries(node.items.map((pair) => {
      const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
      return [key, plain(pair.value as Node | null, literals, literals.has(key))];
    }));
  }
  if (isSeq(node)) return node.items.map((item) => plain(item as Node, literals, literal));
  if (isScalar(node)) return literal && typeof node.value === 'number' ? (node.source ?? node.value) : node.value;
  return null;
}

function placeOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): { line?: number; column?: number } {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as Node | undefined;
    // A key says more than its value's first character.
    const parent = length > 0 ? (document.getIn(path.slice(0, length - 1), true) as Node | undefined) : undefined;
    const key = isMap(parent) ? parent.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(path[length - 1]))?.key : undefined;
    const range = (isScalar(key) ? key : node)?.range;
    if (range !== undefined && range !== null) {
      const { line, col } = lines.linePos(range[0]);
      return { line, column: col };
    }
  }
  return {};
}

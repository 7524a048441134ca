import { RadloomError } from '@radloom/core';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Parsed } from './check.js';

/** More references than any file needs that a person wrote; some files of a few lines would unfold to more than memory holds. */
const mostReferences = 1000;

/**
 * Reads YAML (or JSON, which is YAML); references to anchors stand for what they name, and `<<` merges it into a map.
 *
 * @param literals keys whose numbers are kept as written: `2.0` is a name in `log-sigma-2-0-mm-3D`, and a number would lose its zero
 * @throws `yaml-unreadable` with file, line and column
 */
export function parseYaml(text: string, file: string, literals: ReadonlySet<string> = new Set()): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const refuse = (offset: number, what: string, fix: string): RadloomError => {
    const { line, col } = lines.linePos(offset);
    return new RadloomError({ code: 'yaml-unreadable', what, where: { file, line, column: col }, fix });
  };
  const [problem] = document.errors;
  if (problem !== undefined) {
    const [what, fix] = explained(problem, text);
    throw refuse(problem.pos[0], what, fix);
  }
  let references = 0;
  const open = new Set<Node>();
  const target = (node: Node): Node => {
    if (!isAlias(node)) return node;
    const found = node.resolve(document);
    const problem = found === undefined ? 'no anchor before it' : open.has(found) ? 'itself' : ++references > mostReferences ? 'too much' : undefined;
    if (found === undefined || problem !== undefined) throw refuse(node.range![0], `The reference *${node.source} leads to ${problem}.`, 'Write out what it stands for.');
    return found;
  };
  const reader = { literals, target, open };
  return { file, value: plain(document.contents as Node | null, reader, false), place: (path) => ({ file, ...placeOf(document, lines, path) }) };
}

/** What is wrong and the way out, for mistakes that are common. */
function explained({ code, message, pos }: Document['errors'][number], text: string): [what: string, fix: string] {
  if (code === 'MULTIPLE_DOCS') return ['The file holds several documents, separated by ---.', 'Keep one of them here, and give each other a file of its own.'];
  if (code === 'DUPLICATE_KEY') return [`${/^[^\s:]+/.exec(text.slice(pos[0]))?.[0] ?? 'A key'} stands here for the second time.`, 'Keep one of the two.'];
  if (code === 'TAB_AS_INDENT') return ['This line is indented by a tab.', 'Indent by blanks.'];
  return [message.split('\n')[0], 'Check indentation, colons and quotes on this line.'];
}

interface Reader {
  readonly literals: ReadonlySet<string>;
  /** The node, or what a reference stands for. */
  target(node: Node): Node;
  /** Nodes that are being read: a reference to one of them has no end. */
  readonly open: Set<Node>;
}

function plain(given: Node | null, reader: Reader, literal: boolean): unknown {
  const node = given === null ? null : reader.target(given);
  if (node === null) return null;
  reader.open.add(node);
  const value = unfolded(node, reader, literal);
  reader.open.delete(node);
  return value;
}

function unfolded(node: Node, reader: Reader, literal: boolean): unknown {
  if (isMap(node)) {
    const own = node.items.filter((pair) => !isMerge(pair)).map((pair) => {
      const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
      return [key, plain(pair.value as Node | null, reader, reader.literals.has(key))] as const;
    });
    const merged = node.items.filter(isMerge).flatMap((pair) => [plain(pair.value as Node, reader, false)].flat().toReversed());
    return Object.assign({}, ...merged, Object.fromEntries(own)) as unknown;
  }
  if (isSeq(node)) return node.items.map((item) => plain(item as Node, reader, literal));
  if (isScalar(node)) return literal && typeof node.value === 'number' ? (node.source ?? node.value) : node.value;
  return null;
}

/** `<<` in front of a reference, a map, or a list of them. */
function isMerge({ key, value }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN' && (isAlias(value) || isMap(value) || isSeq(value));
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

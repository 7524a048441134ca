import { basename } from 'node:path';
import { columns } from '../columns.js';
import { readTable } from '../tables/read.js';
import { type Comparison, compareTables, type Group } from './diff-compare.js';
import { explain, type Explanation } from './diff-explain.js';
import { featureTable } from './diff-table.js';

export interface DiffOptions {
  readonly tolerance: number;
  readonly absolute: number;
  readonly key?: readonly string[];
  readonly common?: boolean;
  readonly format: 'text' | 'json';
}

/** Compares two feature tables. Exit status 1 when something differs beyond the tolerance. */
export async function diff(a: string, b: string, options: DiffOptions): Promise<void> {
  const { tolerance, absolute, key = [], common = false, format } = options;
  const [tableA, tableB] = [featureTable(await readTable(a), a, key), featureTable(await readTable(b), b, key)];
  const comparison = compareTables(tableA, tableB, { relative: tolerance, absolute });
  const differing = comparison.pairs.filter((pair) => pair.differs).length;
  const alone = [comparison.onlyInA, comparison.onlyInB].some((only) => only.rows.length + only.features.length > 0);
  const explanations = differing === 0 ? [] : explain(comparison);
  const same = differing === 0 && comparison.pairs.length > 0 && (common || !alone);
  process.stdout.write(format === 'json' ? `${JSON.stringify(asData(comparison, explanations, { a, b, tolerance, absolute, differing, same }), null, 2)}\n` : asText(comparison, explanations, { a, b, tolerance, differing }));
  process.exitCode = same ? 0 : 1;
}

function asData(comparison: Comparison, explanations: readonly Explanation[], facts: Record<string, unknown>): Record<string, unknown> {
  const { rows, pairs, groups, onlyInA, onlyInB, byOrder } = comparison;
  const worst = (group: Group) => (group.worst === undefined ? null : { feature: group.worst.feature.name, row: group.worst.row, a: finite(group.worst.a), b: finite(group.worst.b) });
  return { ...facts, rows, values: pairs.length, matchedByOrder: byOrder, groups: groups.map((group) => ({ ...group, worst: worst(group) })), onlyInA, onlyInB, explanations };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function asText(comparison: Comparison, explanations: readonly Explanation[], { a, b, tolerance, differing }: { a: string; b: string; tolerance: number; differing: number }): string {
  const { rows, pairs, groups, onlyInA, onlyInB, byOrder } = comparison;
  const lines = [`${rows} ${rows === 1 ? 'row' : 'rows'}${byOrder ? ' (matched by their order: no name occurs in both)' : ''}, ${pairs.length} values compared, ${differing} differ by more than ${tolerance} relative`];
  const shown = groups.filter((group) => group.differing > 0);
  if (shown.length > 0) {
    const where = ({ worst }: Group) => (worst === undefined ? '' : `${worst.feature.feature} (${worst.row}): ${worst.a} and ${worst.b}`);
    const table = shown.map((group) => [group.image || '-', group.family, `${group.differing} of ${group.values}`, String(group.missing || '-'), relative(group.median), relative(group.max), where(group)]);
    lines.push('', columns([['image', 'family', 'differing', 'missing', 'median', 'largest', 'where'], ...table], new Set([2, 3, 4, 5])));
  }
  for (const [file, only] of [[a, onlyInA], [b, onlyInB]] as const) {
    if (only.rows.length > 0) lines.push('', `Rows only in ${basename(file)}: ${listed(only.rows)}`);
    if (only.features.length > 0) lines.push('', `Features only in ${basename(file)}: ${listed(only.features)}`);
  }
  if (explanations.length > 0) lines.push('', 'Likely:', ...explanations.map(({ text }) => `  ${text}`));
  else if (differing > 0) lines.push('', 'No pattern of settings is recognised in these differences.');
  return `${lines.join('\n')}\n`;
}

function relative(value: number | null): string {
  return value === null ? '-' : value.toExponential(1);
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, 8).join(', ')}${names.length > 8 ? `, and ${names.length - 8} more` : ''}`;
}

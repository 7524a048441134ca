import type { Variable } from '@radloom/study';

const longest = 6;

/** How the columns of the cohort were understood, a line each, for people to check. */
export function variableLines(variables: readonly Variable[]): string[] {
  const rows = variables.map(({ name, type, declared, known, missing, unit, levels = [], spellings = [] }) => {
    const shown = `${levels.slice(0, longest).join(', ')}${levels.length > longest ? ` and ${levels.length - longest} more` : ''}`;
    const notes = [unit ?? '', levels.length > 0 ? `: ${shown}` : '', spellings.length > 0 ? ` (${spellings.join(', ')})` : ''].join('');
    return [name, `${type}${notes.startsWith(':') ? notes : notes === '' ? '' : ` in ${notes}`}`, declared ? 'declared' : 'inferred', `${known} known${missing > 0 ? `, ${missing} missing` : ''}`];
  });
  const header = ['column', 'read as', '', 'cells'];
  const widths = header.map((title, c) => Math.max(title.length, ...rows.map((row) => places(row[c]))));
  return [header, ...rows].map((row) => row.map((cell, c) => cell + ' '.repeat(widths[c] - places(cell))).join('  ').trimEnd());
}

/** Places a text takes on a terminal: two for a sign of East Asian scripts. */
function places(text: string): number {
  return [...text].reduce((sum, sign) => sum + (/[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/.test(sign) ? 2 : 1), 0);
}

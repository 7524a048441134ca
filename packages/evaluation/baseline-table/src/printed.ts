import type { GroupValues, Variable } from './variable.js';

const columns = (groups: readonly { readonly label: string; readonly rows: number }[], rows: number): string[] => ['Variable', `All (n = ${rows})`, ...groups.map(({ label, rows: own }) => `${label} (n = ${own})`), 'P', 'SMD', 'Test', 'Missing'];

const testNames = { welch: 'Welch t', student: 'Student t', 'mann-whitney': 'Mann-Whitney', pearson: 'chi-square', yates: 'chi-square (Yates)', fisher: 'Fisher exact' } as const;

/** The table as text. A variable of 0 and 1 is one line, with the rows of 1; other categories have a line of their own each. */
export function printed(variables: readonly Variable[], groups: readonly { readonly label: string; readonly rows: number }[], rows: number, decimals: number): { columns: string[]; rows: string[][] } {
  return { columns: columns(groups, rows), rows: variables.flatMap((variable) => linesOf(variable, decimals)) };
}

function linesOf(variable: Variable, decimals: number): string[][] {
  const { name, shown, levels, all, event, other, reason, missing } = variable;
  const groups = [all, event, other];
  const tested = [p(variable.pValue), Number.isNaN(variable.smd) ? '' : fixed(variable.smd, 3), reason === undefined ? testNames[variable.test] : `none: ${reason}`, String(missing)];
  if (shown === 'mean') return [[`${name}, mean ± SD`, ...groups.map(({ known, mean, sd }) => (known === 0 ? '' : `${fixed(mean!, decimals)} ± ${fixed(sd!, decimals)}`)), ...tested]];
  if (shown === 'median') return [[`${name}, median [P25, P75]`, ...groups.map(({ known, median, lowerQuartile, upperQuartile }) => (known === 0 ? '' : `${fixed(median!, decimals)} [${fixed(lowerQuartile!, decimals)}, ${fixed(upperQuartile!, decimals)}]`)), ...tested]];
  if (levels.every((level) => level === '0' || level === '1')) return [[`${name}, n (%)`, ...groups.map((group) => share(group, levels.indexOf('1'))), ...tested]];
  return [[`${name}, n (%)`, '', '', '', ...tested], ...levels.map((level, at) => [`  ${level}`, ...groups.map((group) => share(group, at)), '', '', '', ''])];
}

/** Rows of a level, and their part of the rows with a value. */
function share({ counts = [], known }: GroupValues, level: number): string {
  const count = counts[level] ?? 0;
  return known === 0 ? '' : `${count} (${fixed((100 * count) / known, 1)})`;
}

function p(value: number): string {
  if (Number.isNaN(value)) return '';
  return value < 0.001 ? '<0.001' : fixed(value, 3);
}

/** Rounded half up as it is read: 0.725 is 0.73, whatever its binary digits. */
export function fixed(value: number, decimals: number): string {
  const size = Math.abs(value);
  if (size < 1e-6 || size >= 1e12) return value.toFixed(decimals);
  const rounded = Math.round(Number(`${Number(size.toPrecision(15))}e${decimals}`));
  return `${value < 0 && rounded !== 0 ? '-' : ''}${Number(`${rounded}e-${decimals}`).toFixed(decimals)}`;
}

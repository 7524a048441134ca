import { type Column, RadloomError } from '@radloom/core';
import { dateOf, flagOf, missingWords, numberOf, percentOf, plainCell, sexOf } from './cells.js';

/** How a column of the cohort is read. */
export const variableTypes = ['number', 'flag', 'category', 'date'] as const;
export type VariableType = (typeof variableTypes)[number];

/** A column as it was understood, for people to check. */
export interface Variable {
  readonly name: string;
  readonly type: VariableType;
  /** True where the study says so, false where the cells do. */
  readonly declared: boolean;
  readonly known: number;
  readonly missing: number;
  /** Of numbers with a percent sign, and of dates. */
  readonly unit?: '%' | 'days since 1970-01-01';
  /** Of categories. */
  readonly levels?: readonly string[];
  /** Spellings that were taken for another: `left -> Left`. */
  readonly spellings?: readonly string[];
}

/** Cells of one column, each with the row it came from. */
export interface VariableCells {
  readonly name: string;
  readonly cells: readonly { readonly text: string; readonly id: string; readonly line: number }[];
  readonly file: string;
}

export interface ReadVariable {
  readonly column: Column;
  readonly variable: Variable;
  /** The text by which the column knows a value written elsewhere (`是` is 1); undefined for what no row could hold. */
  canonical(text: string): string | undefined;
}

type Known = { readonly text: string; readonly id: string; readonly line: number; readonly row: number };

/**
 * A column by stated rules. A declared type is kept to: a cell that it cannot read is an error. Without one, the first that reads every cell:
 * flag (words of yes and no, 1 and 0), number, date, category; where more than half are numbers or dates, the others are errors.
 *
 * @param missing further words for a missing value
 * @throws `cell-unreadable` naming case, line and column; `column-empty` when no row has a value
 */
export function readVariable({ name, cells, file }: VariableCells, declared: VariableType | undefined, missing: readonly string[] = []): ReadVariable {
  const none = new Set([...missingWords, ...missing.map((word) => plainCell(word).toLowerCase())]);
  const known = cells.map((cell, row): Known => ({ ...cell, text: plainCell(cell.text), row })).filter(({ text }) => !none.has(text.toLowerCase()));
  if (known.length === 0) throw new RadloomError({ code: 'column-empty', what: `No row has a value in ${name}.`, where: { file, field: name }, fix: 'Fill the column in, or leave it out of the study.' });
  const type = declared ?? inferred(known);
  const shared = { name, declared: declared !== undefined, known: known.length, missing: cells.length - known.length };
  if (type === 'category') return category(known, cells.length, shared, declared !== undefined);
  const percent = type === 'number' && known.some(({ text }) => percentOf(text) !== undefined);
  const read = { number: percent ? percentOf : numberOf, flag: declared === undefined ? flagOf : (text: string) => flagOf(text) ?? maleOf(text), date: dateOf }[type];
  const values = new Float64Array(cells.length).fill(NaN);
  for (const cell of known) {
    const value = read(cell.text);
    if (value === undefined) throw unreadable(cell, name, file, type, percent);
    values[cell.row] = value;
  }
  const unit = type === 'date' ? { unit: 'days since 1970-01-01' as const } : percent ? { unit: '%' as const } : {};
  return {
    column: { kind: 'numeric', name, values },
    variable: { ...shared, type, ...unit },
    canonical: (text) => {
      const value = read(plainCell(text)) ?? numberOf(plainCell(text));
      return value === undefined ? undefined : String(value);
    },
  };
}

/** A sex declared as a flag: 1 for male. */
function maleOf(text: string): 1 | 0 | undefined {
  const sex = sexOf(text);
  return sex === undefined ? undefined : sex === 'male' ? 1 : 0;
}

/** The type that the cells suggest. */
function inferred(known: readonly Known[]): VariableType {
  const share = (reads: (text: string) => unknown): number => known.filter(({ text }) => reads(text) !== undefined).length / known.length;
  if (share(flagOf) === 1) return 'flag';
  if (share((text) => numberOf(text) ?? percentOf(text)) > 0.5) return 'number';
  return share(dateOf) > 0.5 ? 'date' : 'category';
}

/** Categories by their text; spellings that differ in case alone, or as words for a sex, are one, called as most rows write it. */
function category(known: readonly Known[], rows: number, shared: Omit<Variable, 'type'>, declared: boolean): ReadVariable {
  const sexes = known.every(({ text }) => sexOf(text) !== undefined);
  const key = (text: string): string => (sexes ? sexOf(text)! : numberOf(text) === undefined ? text.toLowerCase() : String(numberOf(text)));
  const spelled = new Map<string, Map<string, number>>();
  for (const { text } of known) {
    const spellings = spelled.get(key(text)) ?? new Map<string, number>();
    spelled.set(key(text), spellings.set(text, (spellings.get(text) ?? 0) + 1));
  }
  const several = [...spelled.values()].some((spellings) => spellings.size > 1);
  // Male and female where both languages, or words and letters, stand in one column.
  const called = new Map([...spelled].map(([own, spellings]) => [own, sexes && several ? own : [...spellings].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0][0]]));
  const levels = [...called.values()].sort();
  const codes = new Int32Array(rows).fill(-1);
  for (const { text, row } of known) codes[row] = levels.indexOf(called.get(key(text))!);
  const spellings = [...spelled].flatMap(([own, found]) => [...found.keys()].filter((text) => text !== called.get(own)).map((text) => `${text} -> ${called.get(own)}`)).sort();
  return {
    column: { kind: 'categorical', name: shared.name, levels, codes },
    variable: { ...shared, declared, type: 'category', levels, ...(spellings.length === 0 ? {} : { spellings }) },
    canonical: (text) => {
      const plain = plainCell(text);
      return called.get(sexes ? (sexOf(plain) ?? plain) : key(plain));
    },
  };
}

const wanted = { number: 'a number', flag: 'yes or no (1, 0, 是, 否, 有, 无 …)', date: 'a date' } as const;

function unreadable({ text, id, line }: Known, name: string, file: string, type: 'number' | 'flag' | 'date', percent: boolean): RadloomError {
  return new RadloomError({ code: 'cell-unreadable', what: `Case ${id} has "${text}" in ${name}, where ${wanted[type]}${percent ? ' with a percent sign' : ''} is needed.`, where: { file, line, field: name }, fix: wayOut(text, type, percent), data: { text, type } });
}

function wayOut(text: string, type: 'number' | 'flag' | 'date', percent: boolean): string {
  if (percent && numberOf(text) !== undefined) return `Other cells have a percent sign, so ${text} may mean ${text}% or ${Number(text) * 100}%: write the sign in all cells or in none.`;
  if (type === 'number' && /^[+-]?\d+,\d+/.test(text)) return 'Write the decimal sign as a point, and thousands without a sign.';
  if (type === 'number' && /^[<>≤≥]/.test(text)) return 'A value beyond a limit of detection is no number: decide on one (the limit, half of it), or leave the cell empty.';
  if (type === 'number' && /inf|∞|e\d{3,}/i.test(text)) return 'An infinite value cannot be used: correct it, or leave the cell empty.';
  if (type === 'date') return 'Write dates year first: 2024-03-05, 2024/3/5 or 2024年3月5日.';
  return `Correct the cell, or leave it empty; if ${type === 'number' ? 'the column holds categories' : 'it has more than two values'}, declare it under cohort: types as category.`;
}

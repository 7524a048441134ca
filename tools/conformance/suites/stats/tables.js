import Papa from 'papaparse';
import { readText } from '../../reference.js';

/**
 * Columns of a CSV file: numbers (NA is NaN), or words (NA is undefined) when one entry is not a number.
 * @typedef {{ names: string[], rows: number, numbers: (name: string) => Float64Array, words: (name: string) => (string | undefined)[], isNumeric: (name: string) => boolean }} Columns
 */

/** The last table read: cases that follow each other share the big ones. */
let last;

/** @returns {Columns} */
export function readTable(path) {
  if (last?.path !== path) last = { path, table: columnsOf(readText(path)) };
  return last.table;
}

function columnsOf(text) {
  const { data: [names, ...rows] } = Papa.parse(text, { skipEmptyLines: true });
  const columns = new Map(names.map((name, c) => [name, rows.map((row) => (row[c] === 'NA' || row[c] === '' ? undefined : row[c]))]));
  const words = (name) => {
    const found = columns.get(name);
    if (found === undefined) throw new Error(`The table has no column ${name}: ${names.slice(0, 5).join(', ')} …`);
    return found;
  };
  const isNumeric = (name) => words(name).every((value) => value === undefined || Number.isFinite(Number(value)));
  return { names, rows: rows.length, words, isNumeric, numbers: (name) => Float64Array.from(words(name), (value) => (value === undefined ? NaN : Number(value))) };
}

/** Columns one after the other: row r of column c at `c * rows + r`. */
export function columnMajor(table, names) {
  const values = new Float64Array(table.rows * names.length);
  names.forEach((name, c) => values.set(table.numbers(name), c * table.rows));
  return values;
}

/** @returns the place of the first column that has the same values as the one at a place */
export function firstEqual(columns) {
  const places = new Map();
  const keys = columns.map((values) => values.slice(0, 8).join());
  keys.forEach((key, c) => places.set(key, [...(places.get(key) ?? []), c]));
  return (c) => places.get(keys[c]).find((other) => columns[other].every((value, i) => value === columns[c][i]));
}

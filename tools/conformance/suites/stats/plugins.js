import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeTable, parseParams } from '@radloom/core';
import { standardPlugin } from '@radloom/standard';

/** @returns the outputs of one operation of a standard plugin */
export async function operate(id, operation, inputs, settings = {}, seed = [1, 2, 3, 4]) {
  const plugin = await standardPlugin(id);
  const context = { seed, at: {}, signal: new AbortController().signal, progress: () => {}, warn: () => {} };
  return (await plugin.operations[operation].load())(inputs, parseParams(plugin.params, settings), context);
}

/** A built file of a plugin's package, for what its operations do not give out. */
export function builtFile(packageName, file) {
  const home = createRequire(import.meta.url).resolve(`${packageName}/package.json`).slice(0, -'package.json'.length);
  return import(pathToFileURL(join(home, 'dist', file)).href);
}

/**
 * A table of the references as plugins take it.
 * @param {import('./tables.js').Columns} data
 * @param {{ names: string[], outcome?: string, role?: 'training' | 'test' | 'all', rows?: number[] }} choice columns and rows; default all rows
 */
export function tableOf(data, { names, outcome, role = 'training', rows = Array.from({ length: data.rows }, (_, i) => i) }) {
  const column = (name) => {
    if (data.isNumeric(name)) {
      const values = data.numbers(name);
      return { kind: 'numeric', name, values: Float64Array.from(rows, (r) => values[r]) };
    }
    const words = data.words(name);
    const levels = [...new Set(words.filter((word) => word !== undefined))].sort();
    return { kind: 'categorical', name, levels, codes: Int32Array.from(rows, (r) => levels.indexOf(words[r])) };
  };
  const columns = [...names, ...(outcome === undefined ? [] : [outcome])].map(column);
  return makeTable({ rows: rows.map((r) => ({ id: String(r) })), columns, role, ...(outcome === undefined ? {} : { outcome: { column: outcome, event: '1' } }) });
}

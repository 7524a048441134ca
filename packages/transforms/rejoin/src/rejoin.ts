import { type Column, makeTable, RadloomError, type Table } from '@radloom/core';

export interface Sides {
  readonly training: Table;
  readonly test: Table;
}

/**
 * Training rows, then test rows, with the columns of the training side.
 *
 * @throws `sides-differ` when the test side lacks a column or has it in another form
 */
export function rejoin({ training, test }: Sides): { table: Table } {
  const columns = training.columns.map((own): Column => {
    const other = test.columns.find(({ name }) => name === own.name);
    if (own.kind === 'numeric' && other?.kind === 'numeric') return { ...own, values: Float64Array.from([...own.values, ...other.values]) };
    if (own.kind === 'categorical' && other?.kind === 'categorical') {
      const levels = [...new Set([...own.levels, ...other.levels])];
      const codes = (column: typeof own) => Array.from(column.codes, (code) => (code < 0 ? -1 : levels.indexOf(column.levels[code])));
      return { ...own, levels, codes: Int32Array.from([...codes(own), ...codes(other)]) };
    }
    throw new RadloomError({ code: 'sides-differ', what: `Column ${own.name} is ${other === undefined ? 'not on the test side' : 'of another kind on the test side'}: both sides must have gone the same way.`, where: { field: own.name } });
  });
  const table = makeTable({ rows: [...training.rows, ...test.rows], columns, outcome: training.outcome, role: 'all', fold: training.partition.fold, failures: training.failures, reasons: [...training.reasons, ...test.reasons] });
  return { table };
}

import { from, type Ref, source, type Source, type Step } from '@radloom/engine';
import type { ColumnGroup, ExtractionGraph } from './extraction.js';

/**
 * The steps that measure a second reader's segmentations, less those that the first reading has already (reading the image, filters that do not
 * depend on the mask), and its columns under the names of the first.
 *
 * @param second the graph of the second segmentations, with step ids of its own
 */
export function secondReading(first: ExtractionGraph, second: ExtractionGraph): ExtractionGraph {
  const signature = ({ id: _id, ...step }: Step): string => JSON.stringify(step);
  const known = new Map(first.steps.map((step) => [signature(step), step.id]));
  const same = new Map<string, string>();
  const steps: Step[] = [];
  for (const step of second.steps) {
    const moved = (ref: Ref): Ref => (ref.step === undefined ? ref : { ...ref, step: same.get(ref.step) ?? ref.step });
    const own = { ...step, inputs: Object.fromEntries(Object.entries(step.inputs).map(([port, refs]) => [port, Array.isArray(refs) ? refs.map(moved) : moved(refs as Ref)])) };
    const earlier = known.get(signature(own));
    if (earlier === undefined) steps.push(own);
    else same.set(step.id, earlier);
  }
  return { steps, columns: second.columns.map((column, i): ColumnGroup => ({ ...column, prefix: first.columns[i].prefix })) };
}

/** The table of the second reading: the cases that have one, the same columns, no outcome. */
export function secondTable(columns: readonly ColumnGroup[]): { step: Step; table: Ref } {
  const step: Step = {
    id: 'second-reader',
    plugin: 'transform/assemble',
    operation: 'run',
    params: { columns: columns.map(({ step: id, prefix, features }) => ({ input: id, prefix, features })) },
    inputs: { features: columns.map(({ step: id, output }) => from(id, output, { gather: ['case'] })), clinical: source('second-cases') },
  };
  return { step, table: from(step.id, 'table') };
}

/** Files of one column, case by case; the most usual reader, and the cases that need another one. */
export interface ColumnFiles {
  readonly cases: Extract<Source, { kind: 'files' }>['cases'];
  readonly reader: string;
  readonly others: Step['overrides'];
}

/**
 * A second reader's files with the first's in the place of those that are not there: a case without a second reading is no failure. It is
 * measured twice alike, and is not a row of the second table.
 */
export function filledFrom(second: ColumnFiles, first: ColumnFiles): ColumnFiles {
  const readerOf = (files: ColumnFiles, id: string): string => files.others?.[id]?.plugin ?? files.reader;
  const cases: Record<string, ColumnFiles['cases'][string]> = {};
  const others: Record<string, { plugin: string }> = {};
  for (const [id, own] of Object.entries(second.cases)) {
    const absent = 'failure' in own && own.failure.code === 'input-missing';
    cases[id] = absent ? first.cases[id] : own;
    const reader = readerOf(absent ? first : second, id);
    if (reader !== second.reader) others[id] = { plugin: reader };
  }
  return { cases, reader: second.reader, others };
}

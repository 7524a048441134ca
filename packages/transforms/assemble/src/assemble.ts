import { type Column, type Digest, type Failure, type FeatureVector, type Gathered, makeTable, type Outcome, type Plain, type Reason, type RowSource, type Table } from '@radloom/core';
import { clinicalColumn } from './clinical.js';

export interface AssembleSettings {
  readonly columns: readonly { readonly input: string; readonly prefix: string; readonly features: readonly string[] }[];
  readonly outcome: Outcome | null;
  readonly clinicalColumns: readonly string[];
  readonly undefinedCodes: readonly string[];
}

export interface AssembleInputs {
  /** One entry for each step and case. */
  readonly features: readonly Gathered<FeatureVector>[];
  readonly clinical?: Table;
  /** `{ groups }`: digests of files with the cases that have them in common. */
  readonly shared?: Plain;
}

/**
 * One row a case, in the clinical table's order, or by id without one. The columns are fixed by the settings. A case that cannot be a row,
 * because a step failed or its outcome is missing, is listed with its first cause; a value that is not defined keeps its reason.
 */
export function assemble({ features, clinical, shared }: AssembleInputs, settings: AssembleSettings): { table: Table } {
  const byCase = new Map<string, Map<string, Gathered<FeatureVector>>>();
  for (const entry of features) {
    const own = byCase.get(entry.at.case) ?? new Map<string, Gathered<FeatureVector>>();
    byCase.set(entry.at.case, own.set(entry.name, entry));
  }
  const sources: readonly RowSource[] = clinical?.rows ?? [...byCase.keys()].sort().map((id) => ({ id }));
  const failures: { id: string; failure: Failure }[] = [];
  const kept: { source: RowSource; position: number }[] = [];
  sources.forEach((source, position) => {
    const failure = caseFailure(byCase.get(source.id) ?? new Map(), settings) ?? missingOutcome(clinical, position, settings);
    if (failure === undefined) kept.push({ source, position });
    else failures.push({ id: source.id, failure });
  });
  const listed = new Set(sources.map((source) => source.id));
  for (const id of [...byCase.keys()].sort()) {
    if (!listed.has(id)) failures.push({ id, failure: { code: 'clinical-missing', message: `The clinical table has no row for case ${id}.`, fix: 'Add it, or leave the case out of the cohort.' } });
  }
  const reasons: (readonly [string, string, Reason])[] = [];
  const columns: Column[] = [];
  const positions = kept.map((row) => row.position);
  if (clinical !== undefined) {
    const names = [...(settings.outcome === null ? [] : [settings.outcome.column]), ...settings.clinicalColumns];
    for (const name of new Set(names)) columns.push(clinicalColumn(clinical, name, positions, name === settings.outcome?.column));
  }
  for (const { input, prefix, features: names } of settings.columns) {
    const vectors = kept.map(({ source }) => byCase.get(source.id)?.get(input));
    names.forEach((name, f) => {
      const values = new Float64Array(kept.length);
      vectors.forEach((entry, row) => {
        const vector = entry?.value;
        const at = vector === undefined ? -1 : vector.names[f] === name ? f : vector.names.indexOf(name);
        values[row] = at < 0 ? NaN : vector!.values[at];
        if (!Number.isNaN(values[row])) return;
        const reason = vector?.reasons[name] ?? { code: entry?.failure?.code ?? 'not-computed', text: entry?.failure?.message ?? 'The step did not give this feature.' };
        reasons.push([kept[row].source.id, prefix + name, reason]);
      });
      columns.push({ kind: 'numeric', name: prefix + name, values });
    });
  }
  const outcome = settings.outcome === null || clinical === undefined ? undefined : settings.outcome;
  return { table: makeTable({ rows: kept.map((row) => withInputs(row.source, shared)), columns, outcome, failures, reasons }) };
}

/** A row with the digests of files that other cases have too; one that shares nothing stays as it is. */
function withInputs(source: RowSource, shared: Plain | undefined): RowSource {
  const { groups = [] } = (shared?.value ?? {}) as { readonly groups?: readonly (readonly [Digest, readonly string[]])[] };
  const inputs = groups.filter(([, ids]) => ids.includes(source.id)).map(([digest]) => digest);
  return inputs.length === 0 ? source : { ...source, inputs };
}

/** The first cause why a case cannot be a row: a step's own failure before one that was only skipped. */
function caseFailure(entries: ReadonlyMap<string, Gathered<FeatureVector>>, { columns, undefinedCodes }: AssembleSettings): Failure | undefined {
  const failures: Failure[] = [];
  for (const { input } of columns) {
    const entry = entries.get(input);
    if (entry === undefined) failures.push({ code: 'not-computed', message: `Nothing was computed by ${input}.`, step: input });
    else if (entry.value === undefined && !undefinedCodes.includes(entry.failure?.code ?? '')) failures.push(entry.failure ?? { code: 'not-computed', message: `Nothing was computed by ${input}.`, step: input });
  }
  return failures.find((failure) => failure.code !== 'skipped' && failure.code !== 'not-computed') ?? failures[0];
}

function missingOutcome(clinical: Table | undefined, position: number, { outcome }: AssembleSettings): Failure | undefined {
  if (clinical === undefined || outcome === null) return undefined;
  const column = clinicalColumn(clinical, outcome.column, [position], true);
  const missing = column.kind === 'numeric' ? Number.isNaN(column.values[0]) : column.codes[0] < 0;
  return missing ? { code: 'outcome-missing', message: `The outcome ${outcome.column} is missing.`, fix: 'Fill it in in the cohort table, or leave the case out.' } : undefined;
}

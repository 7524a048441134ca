import { type Cohort, readCohort } from '@radloom/study';

/** A clinical table that belongs to the cases found. */
export interface ClinicalTable {
  readonly file: string;
  readonly idColumn: string;
  /** Columns beside the id that may stand in a cohort table. */
  readonly columns: readonly string[];
  /** Columns that name or date a person and are left where they are. */
  readonly personal: readonly string[];
  /** The cells of a case; undefined where the table has no such row. */
  row(id: string): Readonly<Record<string, string>> | undefined;
  /** The column that looks like an outcome, and its value that looks like the event. */
  readonly outcome?: { readonly column: string; readonly event: string };
}

const personal = /name|surname|birth|\bdob\b|address|phone|e-?mail|\bmrn\b|\bssn\b|accession|insurance/i;
const outcomes = /event|outcome|status|class|target|recurren|relapse|metasta|death|dead|died|surviv|malign|progress|transformation|response/i;
const yes = ['1', 'yes', 'y', 'true', 'positive', 'event', 'dead', 'malignant'];

/** Ids are the same whatever their case, separators and leading zeros. */
const plain = (id: string): string => id.toLowerCase().replace(/[^a-z0-9]+/g, '').replace(/(^|[a-z])0+(?=\d)/g, '$1');

/**
 * The table whose ids are those of the cases: the one with the most, at least half of them.
 * @param tables text of each CSV file, by name
 */
export function findClinical(tables: ReadonlyMap<string, string>, ids: readonly string[]): ClinicalTable | undefined {
  const wanted = new Set(ids.map(plain));
  const found = [...tables].flatMap(([file, text]) => {
    return header(text).flatMap((idColumn) => {
      const cohort = readable(text, file, idColumn);
      const known = new Set(cohort?.rows.map((row) => plain(row.id)).filter((id) => wanted.has(id)));
      return cohort === undefined || known.size < wanted.size / 2 ? [] : [{ file, idColumn, cohort, known: known.size }];
    });
  });
  const best = found.sort((a, b) => b.known - a.known)[0];
  return best === undefined ? undefined : describe(best.file, best.idColumn, best.cohort);
}

function describe(file: string, idColumn: string, { columns, rows }: Cohort): ClinicalTable {
  const others = columns.filter((name) => name !== idColumn && name !== '' && rows.some((row) => row.cells[name] !== ''));
  const kept = others.filter((name) => !personal.test(name));
  const byId = new Map(rows.map((row) => [plain(row.id), row.cells]));
  const outcome = kept
    .filter((name) => outcomes.test(name))
    .map((column) => ({ column, values: [...new Set(rows.map((row) => row.cells[column]).filter((cell) => cell !== ''))].sort() }))
    .find(({ values }) => values.length === 2);
  return {
    file,
    idColumn,
    columns: kept,
    personal: others.filter((name) => personal.test(name)),
    row: (id) => byId.get(plain(id)),
    ...(outcome === undefined ? {} : { outcome: { column: outcome.column, event: outcome.values.find((value) => yes.includes(value.toLowerCase())) ?? outcome.values[1] } }),
  };
}

/** Column names of a CSV file; the separator is whichever of comma, semicolon and tab stands there most. */
function header(text: string): string[] {
  const line = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0];
  const separator = [',', ';', '\t'].sort((a, b) => line.split(b).length - line.split(a).length)[0];
  return line.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
}

/** The table by one of its columns; undefined where that column cannot name rows. */
function readable(text: string, file: string, idColumn: string): Cohort | undefined {
  try {
    return readCohort(text, file, idColumn);
  } catch {
    return undefined;
  }
}

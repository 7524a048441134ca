import { type CategoricalColumn, type Column, nearestName, RadloomError } from '@radloom/core';

/** Predictors as numbers: what regression works on. */
export interface Design {
  readonly rows: number;
  /** One a column: `(Intercept)`, `age`, `siteb`, `age:af`. */
  readonly names: readonly string[];
  /** Value of row r, column c at `c * rows + r`. */
  readonly values: Float64Array;
  /** The terms the columns come from, in order, the intercept not among them. */
  readonly terms: readonly string[];
  /** Per column the index of its term; −1 for the intercept. */
  readonly termOf: Int32Array;
}

/** One column of a term while it is built. */
interface Part {
  readonly name: string;
  readonly values: Float64Array;
}

/**
 * A design matrix from variables and terms, coded as R does it: treatment contrasts against the first level, all levels where the term
 * without the factor is not in the model; main effects first, then interactions.
 *
 * @param columns the variables, all of the same number of rows, nothing missing
 * @param terms   `age`, `site`, `age:af`
 * @throws `variable-unknown`, `value-missing`, `no-variables`
 */
export function buildDesign(columns: readonly Column[], terms: readonly string[], options: { intercept?: boolean } = {}): Design {
  const { intercept = true } = options;
  const ordered = byOrder(terms);
  const byName = new Map(columns.map((column) => [column.name, column]));
  const first = columns[0];
  if (first === undefined) throw new RadloomError({ code: 'no-variables', what: 'A design matrix needs at least one variable.' });
  const rows = first.kind === 'numeric' ? first.values.length : first.codes.length;
  const parts: Part[] = intercept ? [{ name: '(Intercept)', values: new Float64Array(rows).fill(1) }] : [];
  const termOf: number[] = intercept ? [-1] : [];
  const inModel = new Set(ordered.map((variables) => [...variables].sort().join(':')));
  if (intercept) inModel.add('');
  ordered.forEach((variables, t) => {
    const factors = variables.map((name) => {
      const rest = variables.filter((other) => other !== name);
      return coded(lookUp(byName, name), inModel.has([...rest].sort().join(':')));
    });
    const made = factors.reduce<Part[]>((left, right) => (left.length === 0 ? right : products(left, right)), []);
    parts.push(...made);
    termOf.push(...made.map(() => t));
    // the first factor without an intercept takes its place: what follows is coded against it
    if (variables.length === 1 && byName.get(variables[0])?.kind === 'categorical') inModel.add('');
  });
  const values = new Float64Array(rows * parts.length);
  parts.forEach((part, c) => values.set(part.values, c * rows));
  return { rows, names: parts.map((part) => part.name), values, terms: ordered.map((variables) => variables.join(':')), termOf: Int32Array.from(termOf) };
}

/** A design of numbers that are at hand already: an intercept and one column a variable. */
export function designOfColumns(names: readonly string[], columns: readonly ArrayLike<number>[], options: { intercept?: boolean } = {}): Design {
  const numeric = names.map((name, i): Column => ({ kind: 'numeric', name, values: Float64Array.from(columns[i]) }));
  return buildDesign(numeric, names, options);
}

/** The same rows without some columns. */
export function withoutColumns(design: Design, drop: ReadonlySet<number>): Design {
  const kept = design.names.map((_, c) => c).filter((c) => !drop.has(c));
  const values = new Float64Array(design.rows * kept.length);
  kept.forEach((c, i) => values.set(designColumn(design, c), i * design.rows));
  return { ...design, names: kept.map((c) => design.names[c]), values, termOf: Int32Array.from(kept, (c) => design.termOf[c]) };
}

/** One column, as a view. */
export function designColumn(design: Design, c: number): Float64Array {
  return design.values.subarray(c * design.rows, (c + 1) * design.rows);
}

/** Terms as lists of variables, main effects first, in order of interaction, otherwise as given. */
function byOrder(terms: readonly string[]): string[][] {
  const lists = terms.map((term) => term.split(':').map((part) => part.trim()));
  return lists.toSorted((a, b) => a.length - b.length);
}

function lookUp(byName: ReadonlyMap<string, Column>, name: string): Column {
  const column = byName.get(name);
  if (column !== undefined) return column;
  const near = nearestName(name, byName.keys());
  throw new RadloomError({ code: 'variable-unknown', what: `There is no variable ${name}.`, where: { field: name }, ...(near === undefined ? {} : { fix: `Did you mean ${near}?` }) });
}

function coded(column: Column, contrasts: boolean): Part[] {
  const missing = column.kind === 'numeric' ? column.values.findIndex((value) => !Number.isFinite(value)) : column.codes.indexOf(-1);
  if (missing >= 0) {
    throw new RadloomError({ code: 'value-missing', what: `${column.name} is missing or infinite in row ${missing + 1}.`, fix: 'Impute missing values on training rows, or leave these rows out.', where: { field: column.name } });
  }
  return column.kind === 'numeric' ? [{ name: column.name, values: column.values }] : indicators(column, contrasts ? 1 : 0);
}

/** A 0/1 column for each level from `start` on. */
function indicators(column: CategoricalColumn, start: number): Part[] {
  return column.levels.slice(start).map((level, i) => ({ name: `${column.name}${level}`, values: Float64Array.from(column.codes, (code) => (code === i + start ? 1 : 0)) }));
}

/** Every left with every right column, the left ones varying fastest. */
function products(left: readonly Part[], right: readonly Part[]): Part[] {
  return right.flatMap((b) => left.map((a) => ({ name: `${a.name}:${b.name}`, values: a.values.map((value, i) => value * b.values[i]) })));
}

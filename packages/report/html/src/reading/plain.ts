/**
 * Reading of plain data whose form another plugin decides: what has the expected form comes back, anything else is undefined, so that a
 * report never fails over a missing piece.
 */

export type PlainRecord = Readonly<Record<string, unknown>>;

export function record(value: unknown): PlainRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value) ? (value as PlainRecord) : undefined;
}

/**
 * The entries of a record in the order of their names: a record that went through the cache comes back sorted, one that did not comes as
 * it was made, and both must give the same report.
 */
export function entries(value: PlainRecord): [string, unknown][] {
  return Object.keys(value).sort().map((key) => [key, value[key]]);
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A list of numbers from an array or a typed array. */
export function numberList(value: unknown): readonly number[] | undefined {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array);
  return Array.isArray(value) && value.every((item) => typeof item === 'number') ? (value as number[]) : undefined;
}

/** Named numbers; entries that are not numbers are left out. */
export function namedNumbers(value: unknown): ReadonlyMap<string, number> | undefined {
  const found = record(value);
  if (found === undefined) return undefined;
  return new Map(entries(found).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

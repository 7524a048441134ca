import { type ErrorPlace, settingError } from '@radloom/core';
import type { z } from 'zod';

/** A parsed file that remembers where each value stands. */
export interface Parsed {
  readonly file: string;
  /** Plain data; `literals` are kept as their text. */
  readonly value: unknown;
  /** Line and column of a path, or of its nearest parent. */
  place(path: readonly PropertyKey[]): ErrorPlace;
}

/** Checks parsed data against a schema. @throws the first problem, with file, line and column */
export function check<S extends z.ZodType>(schema: S, parsed: Parsed): z.output<S> {
  const result = schema.safeParse(parsed.value ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]] : issue.path;
  throw settingError(schema, issue, parsed.place(path));
}

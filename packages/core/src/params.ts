import { z } from 'zod';
import { type ErrorPlace, nearestName, RadloomError } from './errors.js';

/** Validated settings of one step, defaults filled in. */
export type Params = Readonly<Record<string, unknown>>;

/** A plugin's settings as a strict zod object. */
export type ParamsSchema = z.ZodObject;

/** No settings at all. */
export const noParams = z.strictObject({});

/**
 * Settings checked against a schema, defaults filled in.
 *
 * @throws `unknown-setting` with the nearest valid name, or `bad-setting` with the field and the allowed values
 */
export function parseParams(schema: ParamsSchema, input: unknown, where: ErrorPlace = {}): Params {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  throw settingError(schema, result.error.issues[0], where);
}

/** The first problem of a zod check as our error: field path, what is wrong, the nearest valid name. */
export function settingError(schema: z.ZodType, issue: z.core.$ZodIssue, where: ErrorPlace): RadloomError {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0];
    const valid = keysAt(schema, issue.path);
    const near = nearestName(key, valid);
    return new RadloomError({
      code: 'unknown-setting',
      what: `There is no setting ${[...path, key].join('.')}.`,
      where: { ...where, field: [...path, key].join('.') },
      fix: near === undefined ? (valid.length > 0 ? `Valid here: ${valid.join(', ')}.` : 'No settings are expected here.') : `Did you mean ${near}?`,
      data: { valid },
    });
  }
  const allowed = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const field = path.length > 0 ? path.join('.') : undefined;
  return new RadloomError({
    code: 'bad-setting',
    what: problemOf(issue, field ?? 'The whole'),
    where: { ...where, field },
    ...(allowed.length > 0 ? { fix: `Allowed: ${allowed.join(', ')}.` } : {}),
    data: { allowed },
  });
}

const kinds: Readonly<Record<string, string>> = { array: 'a list', object: 'a group of settings', record: 'a group of settings', number: 'a number', int: 'a whole number', boolean: 'true or false', string: 'a text', null: 'empty', undefined: 'missing', nan: 'no number' };

/** A check that failed, as a sentence; zod's own words for what is said nowhere else. */
function problemOf(issue: z.core.$ZodIssue, field: string): string {
  if (issue.code === 'invalid_type') {
    const given = /received (\w+)/.exec(issue.message)?.[1] ?? '';
    return issue.expected === 'int' && given === 'number' ? `${field} must be a whole number.` : `${field} must be ${kinds[issue.expected] ?? issue.expected}, and is ${kinds[given.toLowerCase()] ?? given}.`;
  }
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const [bound, above] = issue.code === 'too_small' ? [issue.minimum, true] : [issue.maximum, false];
    if (issue.origin === 'array') return `${field} must have ${issue.exact === true ? 'exactly' : above ? 'at least' : 'at most'} ${bound} ${Number(bound) === 1 ? 'value' : 'values'}.`;
    if (issue.origin === 'number' || issue.origin === 'int') return `${field} must be ${issue.inclusive === true ? (above ? 'at least' : 'at most') : above ? 'above' : 'below'} ${bound}.`;
  }
  return `${field}: ${issue.message}.`;
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly anyOf?: readonly SchemaNode[];
}

/** Names that a strict object inside the schema accepts. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  /** The branch of an alternative that is of the wanted form. */
  const branch = (node: SchemaNode, wanted: (node: SchemaNode) => boolean): SchemaNode => (wanted(node) ? node : (node.anyOf?.map((option) => branch(option, wanted)).find(wanted) ?? node));
  let here = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
  for (const part of path) {
    if (typeof part === 'number') here = branch(here, (node) => node.items !== undefined).items ?? {};
    else {
      const object = branch(here, (node) => node.properties !== undefined || typeof node.additionalProperties === 'object');
      here = object.properties?.[String(part)] ?? (typeof object.additionalProperties === 'object' ? object.additionalProperties : {});
    }
  }
  return Object.keys(branch(here, (node) => node.properties !== undefined).properties ?? {});
}

/** A family's setting `include`: which of its features to compute, in that order; default all that are not deprecated. */
export function includeSetting(features: readonly { readonly name: string; readonly deprecated?: boolean }[]) {
  const names = features.map((feature) => feature.name) as [string, ...string[]];
  const defaults = features.filter((feature) => feature.deprecated !== true).map((feature) => feature.name);
  return { include: z.array(z.enum(names)).default(defaults) };
}

/** The settings as JSON Schema, for editors and documentation. */
export function paramsJsonSchema(schema: ParamsSchema): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
}

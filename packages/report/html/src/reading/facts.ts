import { type Plain, RadloomError } from '@radloom/core';
import { z } from 'zod';

const seed = z.union([z.string(), z.number(), z.array(z.number())]);

/** What whoever runs the study knows of it. All but the title may be missing: the report says "not given". */
const schema = z.looseObject({
  title: z.string(),
  description: z.string().optional(),
  planId: z.string().optional(),
  dataDigest: z.string().optional(),
  seed: seed.optional(),
  profile: z.string().optional(),
  /** The command that repeats the study. */
  reproduce: z.string().optional(),
  versions: z.record(z.string(), z.string()).default({}),
  settings: z.record(z.string(), z.unknown()).default({}),
  cohort: z
    .looseObject({
      candidates: z.number().optional(),
      excluded: z.array(z.looseObject({ reason: z.string(), count: z.number() })).default([]),
    })
    .default({ excluded: [] }),
  /** Steps and models that learned from rows outside their training set, because the study says `as-published`, and all that depend on them. */
  tainted: z.array(z.string()).default([]),
  /** The workflow, in order. */
  steps: z.array(z.looseObject({ id: z.string(), plugin: z.string(), operation: z.string().default('run'), params: z.record(z.string(), z.unknown()).default({}) })).default([]),
});

export type StudyFacts = z.output<typeof schema>;

/** @throws `report-facts` when the facts have another form, naming the field */
export function studyFacts(data: Plain): StudyFacts {
  const result = schema.safeParse(data.value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue.path.map(String).join('.') || 'study';
  throw new RadloomError({ code: 'report-facts', what: `The report cannot read the facts of the study: ${field}: ${issue.message}.`, where: { field }, fix: 'Give at least { title } as the value of the input study.' });
}

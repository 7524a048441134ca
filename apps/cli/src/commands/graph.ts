import { writeFileSync } from 'node:fs';
import { openFilesystemStore, openInputFiles } from '@radloom/cache-filesystem';
import { Cache, planRun } from '@radloom/engine';
import { numerics, useNativeCode } from '@radloom/executor-local';
import { buildStudy, readStudy } from '@radloom/study';
import { drawGraph, type GraphFormat, type GraphStep } from '../graph.js';
import { namedParams, studyHost, studyRegistry } from '../host.js';
import { readText } from '../read-file.js';
import { lastManifest } from '../manifests.js';

export interface GraphCommandOptions {
  readonly cache: string;
  readonly set: readonly string[];
  readonly format: GraphFormat;
  readonly output?: string;
}

/** Draws a study's workflow with what is cached, what would run and what failed. */
export async function graphStudy(file: string, { cache, set, format, output }: GraphCommandOptions): Promise<void> {
  useNativeCode();
  const study = readStudy(readText(file), file);
  const registry = await studyRegistry(file, study, namedParams(file, study));
  const built = await buildStudy(study, file, studyHost(file, registry, set));
  const store = await openFilesystemStore(cache);
  const found = await planRun({ workflow: built.workflow, registry, cache: new Cache(store), files: await openInputFiles({ folder: store.folder }), numerics });
  const last = await lastManifest(store, study.title);
  const times = new Map<string, number>();
  for (const node of last?.cohort ?? []) times.set(node.step, (times.get(node.step) ?? 0) + node.milliseconds);
  const counts = new Map(found.steps.map((row) => [row.step, row]));
  const steps = found.plan.template.steps.map(({ step, dimensions, inputs }): GraphStep => {
    const { cached, execute, rematerialise, failed, skipped } = counts.get(step.id)!;
    return {
      id: step.id,
      plugin: step.plugin,
      operation: step.operation,
      dimensions,
      from: [...new Set(inputs.flatMap(({ refs }) => refs.map((ref) => ref.step ?? ref.source!)))],
      counts: { cached, execute: execute + rematerialise, failed: failed + skipped },
      milliseconds: times.get(step.id),
    };
  });
  const text = drawGraph({ title: study.title, planId: found.planId, cases: built.workflow.dimensions.case.length, steps }, format);
  if (output === undefined) process.stdout.write(text);
  else writeFileSync(output, text);
}

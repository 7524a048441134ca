import type { BuiltStudy } from '@radloom/study';
import type { RunResult } from '@radloom/engine';
import type { Written } from './output.js';

/** What a person reads at the end, and the same as data. */
export function summary(built: BuiltStudy, result: RunResult, written: Written, milliseconds: number): { readonly text: string; readonly data: Record<string, unknown> } {
  const { counts, failedCases } = result;
  const cases = built.workflow.dimensions.case.length;
  const lines = [
    built.study.title,
    `  cases      ${cases - failedCases.size} of ${cases} complete`,
    `  steps      ${counts.executed} executed, ${counts.rematerialised} rebuilt, ${counts.cached} cached${counts.failed > 0 ? `, ${counts.failed} failed` : ''}`,
    `  time       ${(milliseconds / 1000).toFixed(1)} s`,
  ];
  const failures = [...failedCases].slice(0, 5).map(([id, found]) => {
    const [failure] = found.values();
    return `  failed     ${id}: ${failure.message}`;
  });
  lines.push(...failures);
  if (failedCases.size > 5) lines.push(`  failed     and ${failedCases.size - 5} more: see cases.csv`);
  lines.push(...cohortFailures(result));
  lines.push(written.report === undefined ? '  report     could not be made' : `  report     ${written.report}`);
  return {
    text: lines.join('\n'),
    data: {
      planId: result.planId,
      counts,
      cases,
      failedCases: Object.fromEntries([...failedCases].map(([id, found]) => [id, [...found.values()]])),
      report: written.report ?? null,
      seconds: milliseconds / 1000,
    },
  };
}

/** Failed cohort steps, one line for the same step in several folds. */
function cohortFailures(result: RunResult): string[] {
  const folds = new Map<string, string[]>();
  for (const node of result.cohort) {
    if (node.state !== 'failed') continue;
    const line = `${node.step.step.id}: ${node.failure?.message ?? ''}`;
    folds.set(line, [...(folds.get(line) ?? []), ...Object.values(node.at)]);
  }
  return [...folds].slice(0, 5).map(([line, at]) => `  failed     ${line}${at.length > 0 ? ` (${at.join(', ')})` : ''}`);
}

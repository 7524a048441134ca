import type { Metrics, Model, Predictions, Table } from '@radloom/core';
import type { BuiltStudy } from '@radloom/study';
import type { RunResult } from '@radloom/engine';
import { optionalOutput, type Written } from './output.js';
import type { TestSet } from './test-set.js';

/** The best model of one role, and how it does. */
interface Best {
  readonly model: string;
  readonly rows: number;
  /** Fewer than the rows where folds come back to them. */
  readonly cases: number;
  readonly auc: number;
  readonly lower?: number;
  readonly upper?: number;
}

/** What a person reads at the end, and the same as data. */
export async function summary(built: BuiltStudy, result: RunResult, written: Written, milliseconds: number, testSet?: TestSet): Promise<{ readonly text: string; readonly data: Record<string, unknown> }> {
  const { counts, failedCases } = result;
  const cases = built.workflow.dimensions.case.length;
  const metrics = (await optionalOutput(result, 'discrimination', 'metrics')) as Metrics | undefined;
  const best = bestTested(metrics);
  const lines = [
    built.study.title,
    line('cases', `${cases - failedCases.size} of ${cases} complete${await sizes(result)}`),
    line('features', await features(result)),
    ...results(metrics, best),
    line('test set', testSet === undefined || testSet.openings < 2 ? '' : `opened for ${testSet.openings} different analyses by now: the more often, the less its numbers say`),
    ...caseFailures(failedCases),
    ...cohortFailures(result),
    line('steps', `${counts.executed} executed, ${counts.rematerialised} rebuilt, ${counts.cached} cached${counts.failed > 0 ? `, ${counts.failed} failed` : ''}`),
    line('time', `${(milliseconds / 1000).toFixed(1)} s, ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`),
    ...files(written),
    line('report', written.report ?? 'could not be made'),
  ].filter((text) => text !== '');
  return {
    text: lines.join('\n'),
    data: {
      planId: result.planId,
      counts,
      cases,
      failedCases: Object.fromEntries([...failedCases].map(([id, found]) => [id, [...found.values()]])),
      best: best ?? null,
      testSetOpenings: testSet?.openings ?? null,
      report: written.report ?? null,
      seconds: milliseconds / 1000,
    },
  };
}

/** Empty where there is nothing to say. */
function line(name: string, text: string): string {
  return text === '' ? '' : `  ${name.padEnd(10)} ${text}`;
}

/** Events, and rows on either side where they are divided once. */
async function sizes(result: RunResult): Promise<string> {
  const predictions: Predictions[] = [];
  for (const { step, at, outputs } of result.cohort) {
    if (step.step.operation !== 'predict' || outputs.predictions === undefined || !/\.(training|test)$/.test(step.step.id) || /^(control|nested)\./.test(step.step.id)) continue;
    predictions.push((await result.output(step.step.id, 'predictions', at)) as Predictions);
    if (predictions.length > 64) return '';
  }
  const sides = new Map(predictions.map(({ role, partition, rows, outcome }) => [`${role} ${partition.rowSet}`, { role, rows: rows.length, events: outcome.reduce((sum, y) => sum + y, 0) }]));
  const found = [...sides.values()];
  if (found.length !== 2) return '';
  return found.map(({ role, rows, events }) => `; ${rows} ${role === 'test' ? 'to test' : 'to train'} (${events} with the event)`).join('');
}

async function features(result: RunResult): Promise<string> {
  const table = (await optionalOutput(result, 'table', 'table')) as Table | undefined;
  if (table === undefined) return '';
  const outcome = table.outcome === undefined ? 0 : 1;
  const kept = await keptFeatures(result);
  return `${table.columns.length - outcome} columns${kept === '' ? '' : `, ${kept} selected`}`;
}

/** How many columns the models were given; a range over folds. */
async function keptFeatures(result: RunResult): Promise<string> {
  const counts: number[] = [];
  for (const { step, at, outputs } of result.cohort) {
    if (!step.step.plugin.startsWith('classifier/') || step.step.operation !== 'fit' || outputs.model === undefined || /^(control|nested)\./.test(step.step.id)) continue;
    counts.push(((await result.output(step.step.id, 'model', at)) as Model).predictors.length);
  }
  if (counts.length === 0) return '';
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(least) : `${least} to ${most}`;
}

function entries(metrics: Metrics | undefined, role: string): Best[] {
  return (metrics?.entries ?? []).flatMap((entry) => {
    const auc = entry.metrics.find((metric) => metric.name === 'auc');
    return entry.role !== role || auc === undefined || Number.isNaN(auc.value) ? [] : [{ model: entry.model, rows: entry.rows, cases: typeof entry.detail.cases === 'number' ? entry.detail.cases : entry.rows, auc: auc.value, lower: auc.lower, upper: auc.upper }];
  });
}

function bestTested(metrics: Metrics | undefined): Best | undefined {
  return entries(metrics, 'test').sort((a, b) => b.auc - a.auc)[0];
}

/** The best model in test, and the same model out of fold, which was not chosen by the test. */
function results(metrics: Metrics | undefined, best: Best | undefined): string[] {
  if (best === undefined) return metrics === undefined ? [] : [line('result', 'no model was tested; the report says why')];
  const tested = entries(metrics, 'test').length;
  const held = entries(metrics, 'out-of-fold').find(({ model }) => model === best.model);
  return [
    line('result', `${best.model}: test AUC ${estimate(best)} in ${judged(best, '')}${tested > 1 ? `, the best of ${tested} models` : ''}`),
    held === undefined ? '' : line('', `out of fold ${estimate(held)} in ${judged(held, 'training ')}`),
  ];
}

/** `28 cases`; `70 predictions of 35 cases` where each was predicted more than once. */
const judged = ({ rows, cases }: Best, kind: string): string => (cases < rows ? `${rows} predictions of ${cases} ${kind}cases` : `${rows} ${kind}cases`);

function estimate({ auc, lower, upper }: Best): string {
  return lower === undefined || upper === undefined ? auc.toFixed(3) : `${auc.toFixed(3)} (${lower.toFixed(3)} to ${upper.toFixed(3)})`;
}

/** Failures of cases, those of one cause together. */
function caseFailures(failedCases: RunResult['failedCases']): string[] {
  const causes = new Map<string, string[]>();
  for (const [id, found] of failedCases) {
    const [failure] = found.values();
    causes.set(failure.message, [...(causes.get(failure.message) ?? []), id]);
  }
  const shown = [...causes].slice(0, mostCauses).map(([message, ids]) => line('failed', `${ids.slice(0, 4).join(', ')}${ids.length > 4 ? ` and ${ids.length - 4} more` : ''}: ${message}`));
  return causes.size > mostCauses ? [...shown, line('failed', `${causes.size - mostCauses} more causes: see cases.csv`)] : shown;
}

const mostCauses = 3;

/** Failed cohort steps, one line a cause with the first step that it stopped; a step that failed because another did says what that one said. */
function cohortFailures(result: RunResult): string[] {
  const causes = new Map<string, Set<string>>();
  for (const node of result.cohort) {
    if (node.state !== 'failed') continue;
    const cause = (node.failure?.message ?? '').replace(/^All \d+ candidates failed\. The first, \S+: /, '');
    causes.set(cause, (causes.get(cause) ?? new Set()).add(node.step.step.id));
  }
  const shown = [...causes].slice(0, mostCauses).map(([cause, steps]) => line('failed', `${[...steps][0]}${steps.size > 1 ? ` and ${steps.size - 1} more ${steps.size === 2 ? 'step' : 'steps'}` : ''}: ${cause}`));
  return causes.size > mostCauses ? [...shown, line('failed', `for ${causes.size - mostCauses} more causes: see the report`)] : shown;
}

function files({ figures, tables, pictures }: Written): string[] {
  if (figures + tables === 0) return [];
  const fonts = [...(pictures?.fonts ?? [])];
  const said = pictures === undefined ? 'SVG; no PNG: the package @resvg/resvg-js is not installed' : `SVG and PNG${fonts.length > 0 ? ` in ${fonts.join(', ')}` : ''}`;
  return [
    line('files', `${figures} figures (${said}), ${tables} tables (CSV and XLSX)`),
    ...(pictures?.fontMissing === true ? [line('', 'pictures with Chinese text were left out: no font for it (install Noto Sans CJK)')] : []),
  ];
}

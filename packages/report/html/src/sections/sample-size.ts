import type { Metric } from '@radloom/core';
import { texts } from '../language.js';
import { type Evaluated, evaluated, isAsked } from '../reading/evaluated.js';
import { whyMissing } from '../reading/failures.js';
import { number } from '../reading/plain.js';
import { html } from '../html.js';
import type { Block, ReportContext, Section } from '../section.js';
import type { Cell } from '../table.js';
import { cellOf } from './by-role.js';

const text = texts({
  en: {
    title: 'Sample size',
    table: 'Cases there are, and cases that the number of predictors asks for',
    which: { candidates: 'all candidate predictors', selected: 'predictors after selection' },
    predictors: 'Predictors',
    said: (number: string, kept: string, rows: string, fewer: string, each: string, needed: string) => `${number} candidate predictors, ${kept} after selection; ${rows} training cases, ${fewer} of the rarer outcome: ${each} for each candidate. Needed: ${needed} cases.`,
    range: (least: string, most: string) => `${least} to ${most}`,
    columns: ['Number', 'Cases', 'Events', 'Events per predictor', 'For shrinkage', 'For optimism', 'For the overall risk', 'Needed'],
    note: (nagelkerke: string, shrinkage: string) => `Training cases; events of the rarer class. Cases needed by the criteria of Riley and others (2019, 2020): shrinkage of coefficients at least ${shrinkage}, apparent and adjusted R² within 0.05, overall risk within 0.05, where the model explains ${nagelkerke} of the largest possible R². What was searched counts, not what was kept.`,
    missing: 'the sample size was not evaluated',
  },
  zh: {
    title: '样本量',
    table: '现有病例数与预测变量数所要求的病例数',
    which: { candidates: '全部候选变量', selected: '筛选后的变量' },
    predictors: '变量',
    said: (number, kept, rows, fewer, each, needed) => `候选变量 ${number} 个，筛选后 ${kept} 个；训练病例 ${rows} 例，较少一类结局 ${fewer} 例，平均每个候选变量 ${each} 例；所需病例数 ${needed}。`,
    range: (least, most) => `${least}～${most}`,
    columns: ['数目', '病例数', '事件数', '每变量事件数', '按收缩', '按乐观偏差', '按总体风险', '所需病例数'],
    note: (nagelkerke, shrinkage) => `训练集病例；事件数取较少的一类。所需病例数依 Riley 等（2019、2020）的标准：系数收缩不低于 ${shrinkage}，表观与校正 R² 相差不超过 0.05，总体风险误差不超过 0.05；假定模型解释最大可能 R² 的 ${nagelkerke}。应以候选变量而非保留变量计。`,
    missing: '未评价样本量',
  },
});

const measures = ['eventsPerParameter', 'patientsForShrinkage', 'patientsForOptimism', 'patientsForRisk', 'patientsNeeded'];

/** A number in the column's own form; an estimate would be printed as one. */
const numberOrReason = (metric: Metric | undefined): Cell => (metric === undefined || Number.isNaN(metric.value) ? cellOf(metric) : metric.value);

export const sampleSize: Section = {
  id: 'sample-size',
  title: { en: text.en.title, zh: text.zh.title },
  asked: (results) => isAsked(results, 'sample-size'),
  available: (results) => evaluated(results, 'sample-size').length > 0 || whyMissing(results.metrics, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, context) => {
    const { language, words } = context;
    const t = text[language];
    const found = evaluated(results, 'sample-size');
    const sets = [...new Set(found.map(({ set }) => set))];
    const several = new Set(found.map(({ place }) => place)).size > 1;
    const named = sets.length > 1;
    const said = (name: string) => (name === 'candidates' || name === 'selected' ? t.which[name] : name);
    const rowsOf = (set: string | undefined) =>
      found.filter((entry) => entry.set === set).map(({ model, place, metrics, detail, rows, events }) => ({
        ...(named ? { group: set ?? '' } : {}),
        cells: [said(model), ...(several ? [place] : []), number(detail.parameters), rows, Math.min(events, rows - events), ...measures.map((name) => numberOrReason(metrics.get(name)))],
      }));
    return [
      ...sets.flatMap((set): Block[] => {
        const line = inShort(found.filter((entry) => entry.set === set), context);
        return line === undefined ? [] : [{ kind: 'prose', html: html`<p>${named && set !== undefined && html`<b>${words.label(set)}</b>`}${line}</p>` }];
      }),
      {
        kind: 'table',
        table: {
          name: 'sample-size',
          title: t.table,
          ...(named ? { groups: words.predictorSet } : {}),
          columns: [{ label: t.predictors, form: 'text' }, ...(several ? [{ label: words.fold, form: 'text' as const }] : []), ...t.columns.map((label, i) => ({ label, form: i === 3 ? ('decimal' as const) : ('count' as const) }))],
          rows: sets.flatMap(rowsOf),
          ...(several ? { brief: { rows: sets.flatMap((set) => rowsOf(set).filter(({ cells }) => cells[1] === found[0].place)), note: words.oneOf(found[0].place, new Set(found.map(({ place }) => place)).size) } } : {}),
          notes: [t.note(String(number(found[0]?.detail.nagelkerke) ?? ''), String(number(found[0]?.detail.shrinkage) ?? ''))],
        },
      },
    ];
  },
};

/** One sentence of one set, from the least to the most over folds; undefined where its candidates are not known. */
function inShort(found: readonly Evaluated[], { language, numbers }: ReportContext): string | undefined {
  const t = text[language];
  const [candidates, selected] = ['candidates', 'selected'].map((which) => found.filter(({ model }) => model === which));
  if (candidates.length === 0) return undefined;
  const range = (values: readonly number[], say: (value: number) => string): string => {
    const known = values.filter((value) => Number.isFinite(value));
    if (known.length === 0) return '–';
    const [least, most] = [say(Math.min(...known)), say(Math.max(...known))];
    return least === most ? least : t.range(least, most);
  };
  const parameters = (entries: readonly Evaluated[]) => range(entries.map(({ detail }) => number(detail.parameters) ?? NaN), numbers.count);
  const measured = (name: string, say: (value: number) => string) => range(candidates.map(({ metrics }) => metrics.get(name)?.value ?? NaN), say);
  return t.said(parameters(candidates), parameters(selected), range(candidates.map(({ rows }) => rows), numbers.count), range(candidates.map(({ rows, events }) => Math.min(events, rows - events)), numbers.count), measured('eventsPerParameter', numbers.decimal), measured('patientsNeeded', numbers.count));
}

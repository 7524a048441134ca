import type { Metric } from '@radloom/core';
import { texts } from '../language.js';
import { evaluated, isAsked } from '../reading/evaluated.js';
import { whyMissing } from '../reading/failures.js';
import { number } from '../reading/plain.js';
import type { Section } from '../section.js';
import type { Cell } from '../table.js';
import { cellOf } from './by-role.js';

const text = texts({
  en: {
    title: 'Sample size',
    table: 'Cases there are, and cases that the number of predictors asks for',
    which: { candidates: 'all candidate predictors', selected: 'predictors after selection' },
    predictors: 'Predictors',
    columns: ['Predictors', 'Cases', 'Events', 'Events per predictor', 'For shrinkage', 'For optimism', 'For the overall risk', 'Needed'],
    note: (nagelkerke: string, shrinkage: string) => `Training cases; events of the rarer class. Cases needed by the criteria of Riley and others (2019, 2020): shrinkage of coefficients at least ${shrinkage}, apparent and adjusted R² within 0.05, overall risk within 0.05, where the model explains ${nagelkerke} of the largest possible R². What was searched counts, not what was kept.`,
    missing: 'the sample size was not evaluated',
  },
  zh: {
    title: '样本量',
    table: '现有病例数与预测变量数所要求的病例数',
    which: { candidates: '全部候选变量', selected: '筛选后的变量' },
    predictors: '变量',
    columns: ['变量数', '病例数', '事件数', '每变量事件数', '按收缩', '按乐观偏差', '按总体风险', '所需病例数'],
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
  render: (results, { language }) => {
    const t = text[language];
    const found = evaluated(results, 'sample-size');
    const several = new Set(found.map(({ place }) => place)).size > 1;
    const said = (name: string) => (name === 'candidates' || name === 'selected' ? t.which[name] : name);
    return [
      {
        kind: 'table',
        table: {
          name: 'sample-size',
          title: t.table,
          groups: t.predictors,
          columns: t.columns.map((label, i) => ({ label, form: i === 3 ? ('decimal' as const) : ('count' as const) })),
          rows: found.map(({ model, place, metrics, detail, rows, events }) => ({
            group: several ? `${said(model)}, ${place}` : said(model),
            cells: [number(detail.parameters), rows, Math.min(events, rows - events), ...measures.map((name) => numberOrReason(metrics.get(name)))],
          })),
          notes: [t.note(String(number(found[0]?.detail.nagelkerke) ?? ''), String(number(found[0]?.detail.shrinkage) ?? ''))],
        },
      },
    ];
  },
};

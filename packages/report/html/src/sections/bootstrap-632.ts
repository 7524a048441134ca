import { texts } from '../language.js';
import { evaluated, isAsked } from '../reading/evaluated.js';
import { whyMissing } from '../reading/failures.js';
import { number, record } from '../reading/plain.js';
import type { Section } from '../section.js';
import { modelName } from '../words/index.js';
import { cellOf } from './by-role.js';

const text = texts({
  en: {
    title: 'Bootstrap .632+',
    table: 'Performance corrected for optimism by the .632+ bootstrap',
    measures: { auc: 'AUC', brier: 'Brier score', error: 'Error rate' },
    measure: 'Measure',
    plus: '.632+',
    plain: '.632',
    outside: 'Outside the samples',
    apparent: 'Apparent',
    overfitting: 'Overfitting',
    note: (samples: string) => `${samples} bootstrap samples of patients; the whole analysis was repeated in each. Apparent: on the cases that taught the model. Overfitting: 0 none, 1 as bad outside the samples as without information (Efron and Tibshirani 1997). No intervals: none of established coverage exist for these estimates.`,
    missing: 'no .632+ estimate was given',
  },
  zh: {
    title: '自助法 .632+',
    table: '经 .632+ 自助法校正乐观偏差后的性能',
    measures: { auc: 'AUC', brier: 'Brier 分数', error: '错误率' },
    measure: '指标',
    plus: '.632+',
    plain: '.632',
    outside: '袋外',
    apparent: '表观',
    overfitting: '过拟合程度',
    note: (samples: string) => `按患者自助抽样 ${samples} 次，每次重复整个分析。表观：在训练模型的病例上。过拟合程度：0 为无，1 为袋外与无信息时同样差（Efron 与 Tibshirani，1997）。此类估计尚无公认可靠的区间，故未给出。`,
    missing: '没有 .632+ 估计',
  },
});

const measures = ['auc', 'brier', 'error'] as const;

export const bootstrap632: Section = {
  id: 'bootstrap-632',
  title: { en: text.en.title, zh: text.zh.title },
  asked: (results) => isAsked(results, 'bootstrap-632'),
  available: (results) => evaluated(results, 'bootstrap-632').length > 0 || whyMissing(results.metrics, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, { language, words, numbers }) => {
    const t = text[language];
    const found = evaluated(results, 'bootstrap-632');
    const samples = found.reduce((most, { detail }) => Math.max(most, number(detail.samples) ?? 0), 0);
    return [
      {
        kind: 'table',
        table: {
          name: 'bootstrap-632',
          title: t.table,
          groups: words.model,
          columns: [{ label: t.measure, form: 'text' }, ...[t.plus, t.plain, t.outside, t.apparent].map((label) => ({ label, form: 'estimate' as const })), { label: t.overfitting, form: 'decimal' }],
          rows: found.flatMap(({ model, metrics, detail, tainted }) =>
            measures.map((measure) => ({
              group: words.marked(modelName(words.models, model), tainted),
              cells: [t.measures[measure], ...['632Plus', '632', 'Outside', 'Apparent'].map((kind) => cellOf(metrics.get(measure + kind))), number(record(detail[measure])?.overfitting)],
            })),
          ),
          notes: [t.note(numbers.count(samples)), ...new Set(found.flatMap((entry) => entry.notes))],
        },
      },
    ];
  },
};

import { texts } from '../language.js';
import { whyMissing } from '../reading/failures.js';
import { lassoFit, selectionChain, selectionPlaces } from '../reading/selection.js';
import type { Section } from '../section.js';
import { placeNote } from '../words/index.js';

const text = texts({
  en: {
    title: 'Lasso penalties',
    penalty: 'Penalty',
    loss: 'Cross-validated loss',
    error: 'Standard error',
    nonzero: 'Features kept',
    min: 'λ min (least loss)',
    oneSe: 'λ 1-SE (largest within one standard error)',
    used: 'used',
    missing: 'the study has no lasso step, or it gives no path',
  },
  zh: {
    title: 'LASSO 惩罚系数',
    penalty: '惩罚系数',
    loss: '交叉验证损失',
    error: '标准误',
    nonzero: '保留特征数',
    min: 'λ min（损失最小）',
    oneSe: 'λ 1-SE（一个标准误以内的最大值）',
    used: '采用',
    missing: '研究中没有 LASSO 步骤，或该步骤未给出路径',
  },
});

export const lasso: Section = {
  id: 'lasso',
  title: { en: 'Lasso', zh: 'LASSO 回归' },
  available: (results) => lassoFit(selectionChain(results)) !== undefined || whyMissing(results.models, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, { language, words }) => {
    const t = text[language];
    const fit = lassoFit(selectionChain(results));
    if (fit === undefined) return [];
    const penalties = [
      { name: t.min, lambda: fit.lambdaMin },
      { name: t.oneSe, lambda: fit.lambda1se },
    ].flatMap(({ name, lambda }) => {
      if (lambda === undefined) return [];
      const i = fit.lambda.indexOf(lambda);
      return [{ cells: [lambda === fit.chosen ? `${name}, ${t.used}` : name, lambda, fit.cvm?.[i], fit.cvsd?.[i], fit.nonzero?.[i]] }];
    });
    if (penalties.length === 0) return [];
    return [
      {
        kind: 'table',
        table: {
          name: 'lasso-penalties',
          title: t.title,
          columns: [
            { label: t.penalty, form: 'text' },
            { label: 'λ', form: 'significant' },
            { label: t.loss, form: 'decimal' },
            { label: t.error, form: 'decimal' },
            { label: t.nonzero, form: 'count' },
          ],
          rows: penalties,
          notes: placeNote(selectionPlaces(results), words),
        },
      },
    ];
  },
};

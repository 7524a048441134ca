import { texts } from '../language.js';
import { controlledModels, controlledRole, controlNames } from '../reading/controls.js';
import { whyMissing } from '../reading/failures.js';
import type { Section } from '../section.js';
import { modelName, nameOf } from '../words/index.js';
import { cellOf } from './by-role.js';

const text = texts({
  en: {
    title: 'Controls',
    result: 'Result',
    table: (set: string) => `AUC of each model, and of the same analysis where there is nothing to learn, ${set}`,
    note: 'Permuted labels: the outcomes of the training cases were shuffled. Random features: every feature was replaced by noise. Selection, tuning and fitting were repeated on each; their intervals should hold 0.5. One that does not, or a result whose interval reaches into theirs, is a reason to distrust the result. An AUC of 0.5 whose interval has no width: the selection kept nothing, and every case got the same prediction.',
    missing: 'no control gave a result',
  },
  zh: {
    title: '对照分析',
    result: '研究结果',
    table: (set: string) => `各模型的 AUC，以及在无信息可学时同一分析的 AUC（${set}）`,
    note: '结局置换：打乱训练病例的结局。随机特征：以噪声替换全部特征。两者均重复了特征筛选、调参与拟合，其区间应包含 0.5。若不包含，或研究结果的区间与之重叠，则结果不可轻信。AUC 为 0.5 且区间宽度为零，表示筛选未保留任何特征，所有病例预测相同。',
    missing: '对照分析没有结果',
  },
});

export const controls: Section = {
  id: 'controls',
  title: { en: text.en.title, zh: text.zh.title },
  asked: (results) => results.controls.length > 0,
  available: (results) => controlledModels(results).length > 0 || whyMissing(results.controls, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, { language, words }) => {
    const t = text[language];
    const names = controlNames(results);
    return [
      {
        kind: 'table',
        table: {
          name: 'controls',
          title: t.table(words.sets[controlledRole(results)]),
          columns: [{ label: words.model, form: 'text' }, { label: t.result, form: 'estimate' }, ...names.map((name) => ({ label: nameOf(words.controls, name), form: 'estimate' as const }))],
          rows: controlledModels(results).map(({ model, result: own, controls: found }) => ({ cells: [modelName(words.models, model), cellOf(own), ...found.map(cellOf)] })),
          notes: [t.note],
        },
      },
    ];
  },
};

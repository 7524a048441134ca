import { texts } from '../language.js';
import { whyMissing } from '../reading/failures.js';
import { judgedModels } from '../reading/nested.js';
import type { Performance } from '../reading/performance.js';
import type { Section } from '../section.js';
import { modelName, nameOf } from '../words/index.js';
import { cellOf } from './by-role.js';

const text = texts({
  en: {
    title: 'One split and nested folds',
    table: (folds: string, rows: string) => `The same analysis judged by the study’s own split and by ${folds} nested folds of all ${rows} cases`,
    measure: 'Measure',
    test: 'Test rows',
    outOfFold: 'Training rows, out of fold',
    nested: 'Nested folds',
    mean: 'Nested folds, mean AUC',
    sd: 'SD',
    note: 'Nested folds: selection, tuning, thresholds and fitting were repeated without each fold’s cases, which were then predicted once by models that never saw them. Out-of-fold values of the training rows: selection and fitting were repeated in each fold of the tuning, and settings, blends and thresholds are those that the other folds choose; the models of those folds learned from the case, which leaves a small part of the bias, most of it in blends. One split depends on which cases it drew: where its value and the nested one differ by more than their intervals, believe the nested one.',
    missing: 'no nested analysis was run',
  },
  zh: {
    title: '单次划分与嵌套交叉验证',
    table: (folds: string, rows: string) => `同一分析：研究自身划分与全部 ${rows} 例 ${folds} 折嵌套交叉验证的结果对照`,
    measure: '指标',
    test: '测试集',
    outOfFold: '训练集折外',
    nested: '嵌套交叉验证',
    mean: '嵌套各折 AUC 均值',
    sd: 'SD',
    note: '嵌套交叉验证：每折的病例完全不参与特征筛选、调参、阈值确定与拟合，再由从未见过它们的模型预测一次。训练集折外结果：调参各折内均重新筛选与拟合，超参数、融合权重与阈值由其余各折确定；但其余各折的模型曾以该病例训练，故仍有少许偏倚，以融合模型为多。单次划分受所抽病例影响；若两者差异超出区间，应以嵌套结果为准。',
    missing: '未进行嵌套分析',
  },
});

const measures = ['auc', 'accuracy', 'sensitivity', 'specificity', 'brier'];

export const nested: Section = {
  id: 'nested',
  title: { en: text.en.title, zh: text.zh.title },
  asked: (results) => results.nested.length > 0,
  available: (results) => judgedModels(results).length > 0 || whyMissing(results.nested, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, { language, words, numbers }) => {
    const t = text[language];
    const found = judgedModels(results);
    const estimate = (entry: Performance | undefined, measure: string) => cellOf(entry?.metrics.get(measure));
    const folds = Math.max(...found.map((entry) => entry.nested.aucOverFolds?.folds ?? 1));
    return [
      {
        kind: 'table',
        table: {
          name: 'nested',
          title: t.table(numbers.count(folds), numbers.count(found[0].nested.rows)),
          groups: words.model,
          columns: [{ label: t.measure, form: 'text' }, ...[t.test, t.outOfFold, t.nested].map((label) => ({ label, form: 'estimate' as const })), { label: t.mean, form: 'decimal' }, { label: t.sd, form: 'decimal' }],
          rows: found.flatMap((entry) =>
            measures.map((measure) => ({
              group: words.marked(modelName(words.models, entry.model), entry.nested.tainted),
              cells: [
                nameOf(words.metrics, measure),
                estimate(entry.test, measure),
                estimate(entry.outOfFold, measure),
                estimate(entry.nested, measure),
                ...(measure === 'auc' ? [entry.nested.aucOverFolds?.mean, entry.nested.aucOverFolds?.sd] : [undefined, undefined]),
              ],
            })),
          ),
          notes: [t.note],
        },
      },
    ];
  },
};

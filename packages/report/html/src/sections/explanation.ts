import { texts } from '../language.js';
import { isAsked } from '../reading/evaluated.js';
import { type ExplainedModel, explainedModels } from '../reading/explanation.js';
import { whyMissing } from '../reading/failures.js';
import type { Section } from '../section.js';
import { modelName, nameOf } from '../words/index.js';

const text = texts({
  en: {
    title: 'What the predictions rest on',
    table: 'Importance of the features to each model, on cases that it had not seen',
    shap: 'Mean |SHAP|',
    brier: 'Brier score, rise',
    auc: 'AUC, fall',
    folds: 'Folds',
    permutation: 'Rise and fall: mean change when the values of the feature are shuffled among the cases; about 0 for a feature without use.',
    methods: (parts: string) => `SHAP values: ${parts}.`,
    method: { linear: 'exact for a linear model, on the log-odds scale', tree: 'exact for trees (path-dependent), on the probability scale', kernel: 'kernel SHAP with training cases for unknown features, on the probability scale' } as Readonly<Record<string, string>>,
    first: (shown: string, all: string) => `The ${shown} most important features of each model, of up to ${all}.`,
    brief: (few: string) => `The ${few} most important features of each model; the table file has more.`,
    missing: 'no explanation was given',
  },
  zh: {
    title: '预测的依据',
    table: '各特征对各模型的重要性（在模型未见过的病例上）',
    shap: '平均 |SHAP|',
    brier: 'Brier 分数升高',
    auc: 'AUC 下降',
    folds: '折数',
    permutation: '升高与下降：将该特征的取值在病例间打乱后的平均变化；无用的特征约为 0。',
    methods: (parts: string) => `SHAP 值：${parts}。`,
    method: { linear: '线性模型精确值，对数几率尺度', tree: '树模型精确值（路径依赖），概率尺度', kernel: 'Kernel SHAP，未知特征取自训练病例，概率尺度' } as Readonly<Record<string, string>>,
    first: (shown: string, all: string) => `每个模型最多使用 ${all} 个特征，此处列出最重要的 ${shown} 个。`,
    brief: (few) => `此处列出每个模型最重要的 ${few} 个特征；表格文件列出更多。`,
    missing: '没有模型解释',
  },
});

const most = 15;
/** With more rows than these the page has the first few of each model. */
const mostRows = 80;
const few = 5;

export const explanation: Section = {
  id: 'explanation',
  title: { en: text.en.title, zh: text.zh.title },
  asked: (results) => isAsked(results, 'explanation'),
  available: (results) => explainedModels(results).length > 0 || whyMissing(results.metrics, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, { language, words, numbers }) => {
    const t = text[language];
    const found = explainedModels(results);
    const several = found.some(({ folds }) => folds > 1);
    const longest = Math.max(...found.map(({ importance }) => importance.length));
    const named = (entry: ExplainedModel) => words.marked(modelName(words.models, entry.model), entry.tainted);
    const rowsOf = (count: number) => found.flatMap((entry) => entry.importance.slice(0, count).map(({ feature, shap, brierRise, aucDrop, folds }) => ({ group: named(entry), cells: [feature, shap, brierRise, aucDrop, ...(several ? [folds] : [])] })));
    const methods = found.flatMap((entry) => (entry.method === undefined ? [] : [`${words.label(named(entry))}${nameOf(t.method, entry.method)}`]));
    const without = found.flatMap((entry) => (entry.method === undefined && entry.reason !== undefined ? [`${words.label(named(entry))}${words.said(entry.reason)}`] : []));
    return [
      {
        kind: 'table',
        table: {
          name: 'feature-importance',
          title: t.table,
          groups: words.model,
          columns: [
            { label: words.feature, form: 'name' },
            { label: t.shap, form: 'significant' },
            { label: t.brier, form: 'significant' },
            { label: t.auc, form: 'significant' },
            ...(several ? [{ label: t.folds, form: 'count' as const }] : []),
          ],
          rows: rowsOf(most),
          ...(rowsOf(most).length > mostRows ? { brief: { rows: rowsOf(few), note: t.brief(numbers.count(few)) } } : {}),
          notes: [...(methods.length > 0 ? [t.methods(methods.join('; '))] : []), t.permutation, ...without, ...(longest > most ? [t.first(numbers.count(most), numbers.count(longest))] : []), ...[...new Set(found.flatMap(({ notes }) => notes))].map(words.said), ...(found.some(({ tainted }) => tainted) ? [words.taintedNote] : [])],
        },
      },
    ];
  },
};

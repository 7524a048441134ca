import { texts } from '../language.js';
import { whyMissing } from '../reading/failures.js';
import { tunedModels } from '../reading/tuning.js';
import type { Section } from '../section.js';
import { modelName, nameOf } from '../words/index.js';
import { settingText } from './settings.js';

const text = texts({
  en: {
    title: 'Settings chosen by cross-validation on the training cases',
    settings: 'Chosen settings',
    score: 'Score',
    error: 'Standard error',
    measure: 'Measure',
    candidates: 'Candidates',
    rule: 'Rule',
    rules: { best: 'best', 'one-standard-error': 'one standard error' } as Readonly<Record<string, string>>,
    failed: (model: string, names: string) => `Candidates of ${model} that failed: ${names}.`,
    tooGood: 'The score is of the candidate that these very cases chose among several, and too good for it; out-of-fold results elsewhere are of the candidate that the other folds choose.',
    folds: (settings: string, count: string) => `${settings} (${count})`,
    range: (least: string, most: string) => `${least} to ${most}`,
    brief: 'Settings with the number of folds that chose them, scores from the least to the most; the table file has every fold.',
    missing: 'no search for settings was part of the study',
  },
  zh: {
    title: '训练集交叉验证选定的超参数',
    settings: '选定的超参数',
    score: '得分',
    error: '标准误',
    measure: '指标',
    candidates: '候选数',
    rule: '选择规则',
    rules: { best: '最优', 'one-standard-error': '一个标准误' },
    failed: (model: string, names: string) => `${model}失败的候选：${names}。`,
    tooGood: '得分属于由同一批病例从多个候选中选出者，故偏高；其他各处的折外结果均取其余各折所选的候选。',
    folds: (settings, count) => `${settings}（${count}）`,
    range: (least, most) => `${least}～${most}`,
    brief: '括号内为选定该设置的折数，得分为各折的范围；表格文件列出每一折。',
    missing: '本研究未进行超参数搜索',
  },
});

export const tuning: Section = {
  id: 'tuning',
  title: { en: 'Tuning', zh: '超参数调优' },
  available: (results) => tunedModels(results).length > 0 || whyMissing(results.choices, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, { language, words, numbers }) => {
    const t = text[language];
    const models = tunedModels(results);
    const several = models.some((model) => model.place !== models[0].place);
    const range = (values: readonly number[]) => {
      const [least, most] = [numbers.decimal(Math.min(...values)), numbers.decimal(Math.max(...values))];
      return least === most ? least : t.range(least, most);
    };
    const overFolds = [...new Set(models.map(({ model }) => model))].map((model) => {
      const own = models.filter((entry) => entry.model === model);
      const counts = new Map<string, number>();
      for (const { settings } of own) counts.set(settingText(settings, words), (counts.get(settingText(settings, words)) ?? 0) + 1);
      const chosen = [...counts].sort(([, a], [, b]) => b - a).map(([settings, count]) => t.folds(settings, numbers.count(count)));
      const [{ metric, candidates, rule, tainted }] = own;
      const scores = own.flatMap(({ score }) => (score === undefined || Number.isNaN(score) ? [] : [score]));
      const errors = own.flatMap(({ standardError }) => (standardError === undefined || Number.isNaN(standardError) ? [] : [standardError]));
      const cells = [words.marked(modelName(words.models, model), tainted), numbers.count(own.length), words.listed(chosen), metric === undefined ? undefined : nameOf(words.metrics, metric), scores.length === 0 ? undefined : range(scores), errors.length === 0 ? undefined : range(errors), candidates, rule === undefined ? undefined : nameOf(t.rules, rule)];
      return { cells };
    });
    return [
      {
        kind: 'table',
        table: {
          name: 'tuning',
          title: t.title,
          columns: [
            { label: words.model, form: 'text' },
            ...(several ? [{ label: words.fold, form: 'text' as const }] : []),
            { label: t.settings, form: 'text' },
            { label: t.measure, form: 'text' },
            { label: t.score, form: 'decimal' },
            { label: t.error, form: 'decimal' },
            { label: t.candidates, form: 'count' },
            { label: t.rule, form: 'text' },
          ],
          rows: models.map(({ model, place, settings, metric, score, standardError, candidates, rule, tainted }) => ({
            cells: [
              words.marked(modelName(words.models, model), tainted),
              ...(several ? [place] : []),
              settingText(settings, words),
              metric === undefined ? undefined : nameOf(words.metrics, metric),
              score,
              standardError,
              candidates,
              rule === undefined ? undefined : nameOf(t.rules, rule),
            ],
          })),
          ...(several ? { brief: { rows: overFolds, note: t.brief } } : {}),
          notes: [
            ...(models.some(({ candidates }) => candidates > 1) ? [t.tooGood] : []),
            ...models.filter(({ failed }) => failed.length > 0).map(({ model, failed }) => t.failed(modelName(words.models, model), words.listed(failed))),
            ...(models.some(({ tainted }) => tainted) ? [words.taintedNote] : []),
          ],
        },
      },
    ];
  },
};

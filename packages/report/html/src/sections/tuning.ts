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
    missing: '本研究未进行超参数搜索',
  },
});

export const tuning: Section = {
  id: 'tuning',
  title: { en: 'Tuning', zh: '超参数调优' },
  available: (results) => tunedModels(results).length > 0 || whyMissing(results.choices, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, { language, words }) => {
    const t = text[language];
    const models = tunedModels(results);
    const several = models.some((model) => model.place !== models[0].place);
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

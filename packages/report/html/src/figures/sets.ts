import { texts } from '../language.js';
import { setsCompared } from '../reading/sets-compared.js';
import type { FigureModule } from '../section.js';
import { nameOf } from '../words/index.js';
import { intervals } from './intervals.js';

const text = texts({
  en: { title: 'Models and sets of predictors', x: 'AUC', caption: (set: string) => `AUC of every model with its interval, ${set}, by the set of predictors that it was given. Dashed line: chance.`, alternative: (parts: string) => `AUC by set of predictors and model: ${parts}`, missing: 'no model of several sets of predictors was evaluated' },
  zh: { title: '各变量集与各模型', x: 'AUC', caption: (set: string) => `各模型在不同变量集上的 AUC 及其区间（${set}）。虚线：随机水平。`, alternative: (parts: string) => `按变量集与模型的 AUC：${parts}`, missing: '没有多个变量集的模型评价' },
});

/** All models at a glance, where a study has several sets of predictors: a block a set, a mark a model. */
export const setsFigure: FigureModule = {
  name: 'sets',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'performance',
  asked: (results) => setsCompared(results) !== undefined,
  available: (results) => setsCompared(results) !== undefined || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, { language, words, numbers }) => {
    const t = text[language];
    const { role, sets, models, auc } = setsCompared(results)!;
    const series = models.map((model) => nameOf(words.models, model));
    const blocks = sets.map((set) => ({ name: set, values: models.map((model) => auc(set, model)?.metric) }));
    const alternative = words.sentence(t.alternative(words.listed(blocks.flatMap(({ name, values }) => values.flatMap((metric, m) => (metric === undefined || Number.isNaN(metric.value) ? [] : [`${name}, ${words.label(series[m])}${numbers.estimate(metric.value, metric.lower, metric.upper)}`]))))));
    return [{ type: 'figure', name: 'sets', title: t.title, caption: t.caption(words.sets[role]), alternative, svg: intervals(blocks, series, t.x, alternative) }];
  },
};

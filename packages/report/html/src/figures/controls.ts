import { texts } from '../language.js';
import { controlledModels, controlledRole, controlNames } from '../reading/controls.js';
import { byModelSet } from '../reading/sets.js';
import type { FigureModule } from '../section.js';
import { nameOf } from '../words/index.js';
import { intervals } from './intervals.js';
import { inSet, nameInPanel } from './panels.js';

const text = texts({
  en: { title: 'Result and controls', result: 'Result', x: 'AUC', caption: (set: string) => `AUC with its interval, ${set}. Dashed line: chance.`, alternative: (parts: string) => `AUC of the result and of its controls: ${parts}`, missing: 'no control gives an AUC' },
  zh: { title: '研究结果与对照', result: '研究结果', x: 'AUC', caption: (set: string) => `AUC 及其区间（${set}）。虚线：随机水平。`, alternative: (parts: string) => `研究结果与对照的 AUC：${parts}`, missing: '对照分析未给出 AUC' },
});

export const controls: FigureModule = {
  name: 'controls',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'controls',
  asked: (results) => results.controls.length > 0,
  available: (results) => controlledModels(results).some(({ controls: found }) => found.some((metric) => metric !== undefined)) || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, { language, words, numbers }) => {
    const t = text[language];
    const series = [t.result, ...controlNames(results).map((name) => nameOf(words.controls, name))];
    return byModelSet(results.study, controlledModels(results)).map(({ set, entries }) => {
      const blocks = entries.map(({ model, result, controls: own }) => ({ name: nameInPanel(words, model, set), values: [result, ...own] }));
      const alternative = words.sentence(t.alternative(words.listed(blocks.flatMap(({ name, values }) => values.flatMap((metric, s) => (metric === undefined || Number.isNaN(metric.value) ? [] : [`${name}, ${words.label(series[s])}${numbers.estimate(metric.value, metric.lower, metric.upper)}`]))))));
      return inSet({ type: 'figure', name: 'controls', title: words.ofSet(t.title, set), caption: t.caption(words.sets[controlledRole(results)]), alternative, svg: intervals(blocks, series, t.x, alternative) }, set);
    });
  },
};

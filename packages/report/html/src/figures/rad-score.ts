import type { Figure } from '@radloom/core';
import { rectY, ruleY } from '@observablehq/plot';
import { texts } from '../language.js';
import { chosenFeatures, foldNote, type ScoredSet, scoredSets } from '../reading/chosen.js';
import type { FigureModule, ReportContext } from '../section.js';
import { chart, svgDocument } from './drawing.js';
import { swatches } from './legend.js';
import { seriesStyle, tones } from './palette.js';

const text = texts({
  en: {
    title: 'Radiomics score of each case',
    of: (set: string) => `Radiomics score of each case, ${set}`,
    y: 'Score above the training average (log odds)',
    x: 'Cases by rising score',
    caption: (auc: string) => `Score: intercept and coefficients of the lasso at its chosen penalty, as log odds; bars start at the log odds of the share of events among the training cases. Filled: cases with the event; hollow: without.${auc}`,
    auc: (value: string) => ` AUC of the score: ${value}.`,
    alternative: (above: string, events: string, below: string, others: string) => `Bars of each case by rising score. ${above} of ${events} cases with the event are above the training average, ${below} of ${others} without it below`,
    missing: 'the lasso gives no score: it kept no feature, or its features were changed after it',
  },
  zh: {
    title: '各病例的影像组学评分',
    of: (set: string) => `${set}各病例的影像组学评分`,
    y: '相对训练集平均水平的评分（对数几率）',
    x: '病例按评分升序排列',
    caption: (auc: string) => `评分为 LASSO 在所选惩罚系数下的截距与系数之和（对数几率）；柱以训练病例中事件比例的对数几率为起点。实心：发生事件；空心：未发生事件。${auc}`,
    auc: (value: string) => `评分的 AUC：${value}。`,
    alternative: (above: string, events: string, below: string, others: string) => `各病例评分柱状图，按升序排列。${events} 例发生事件者中 ${above} 例高于训练集平均水平，${others} 例未发生者中 ${below} 例低于该水平`,
    missing: 'LASSO 未给出评分：未保留特征，或其后特征有改动',
  },
});

export const radScore: FigureModule = {
  name: 'rad-score',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'selected-features',
  asked: (results) => results.metrics.some(({ value }) => value?.family === 'selection') && results.models.some(({ value }) => value?.plugin === 'selector/lasso'),
  available: (results) => scoredSets(results).length > 0 || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => {
    const sets = scoredSets(results);
    const training = sets.find(({ role }) => role === 'training') ?? sets[0];
    const share = training.event.filter(Boolean).length / training.event.length;
    const start = share > 0 && share < 1 ? Math.log(share / (1 - share)) : 0;
    const note = foldNote(chosenFeatures(results)!, context.words.oneOf);
    return sets.map((set) => bars(set, start, note, context));
  },
};

const height = 290;
const margins = { marginLeft: 52, marginRight: 10, marginTop: 12, marginBottom: 30 };

function bars({ role, value, event, auc }: ScoredSet, start: number, note: readonly string[], { language, words, numbers }: ReportContext): Figure {
  const t = text[language];
  const order = value.map((_, i) => i).sort((a, b) => value[a] - value[b] || a - b);
  const drawn = order.map((i, at) => ({ x1: at, x2: at + 1, y: value[i] - start, event: event[i] }));
  const reach = Math.max(1e-9, ...drawn.map(({ y }) => Math.abs(y)));
  const { light: colour } = seriesStyle(0);
  const { light: eventColour } = seriesStyle(1);
  const inset = drawn.length > 150 ? 0 : 0.6;
  const body = `${chart({
    height,
    ...margins,
    x: { axis: null, domain: [0, drawn.length] },
    y: { domain: [-1.04 * reach, 1.04 * reach], label: t.y, labelAnchor: 'center', labelArrow: 'none', ticks: 6 },
    marks: [
      rectY(drawn.filter((bar) => bar.event), { x1: 'x1', x2: 'x2', y: 'y', fill: eventColour, insetLeft: inset, insetRight: inset }),
      rectY(drawn.filter((bar) => !bar.event), { x1: 'x1', x2: 'x2', y: 'y', fill: tones.surface.light, stroke: colour, strokeWidth: 1, insetLeft: inset + 0.5, insetRight: inset + 0.5 }),
      ruleY([0], { stroke: tones.muted.light }),
    ],
  })}<text x="${margins.marginLeft + 190}" y="${height - 10}" text-anchor="middle">${t.x}</text>${swatches([{ text: words.event, colour: eventColour, hollow: false }, { text: words.noEvent, colour, hollow: true }], margins.marginLeft, height + 14)}`;
  const above = drawn.filter((bar) => bar.event && bar.y > 0).length;
  const below = drawn.filter((bar) => !bar.event && bar.y < 0).length;
  const events = event.filter(Boolean).length;
  const alternative = words.sentence(t.alternative(numbers.count(above), numbers.count(events), numbers.count(below), numbers.count(event.length - events)));
  return {
    type: 'figure',
    name: `rad-score-${role}`,
    title: t.of(words.sets[role]),
    caption: words.joined([t.caption(auc === undefined || Number.isNaN(auc.value) ? '' : t.auc(numbers.estimate(auc.value, auc.lower, auc.upper))), ...note]),
    alternative,
    svg: svgDocument({ height: height + 26, alternative, body }),
  };
}

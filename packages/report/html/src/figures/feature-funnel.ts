import type { Figure } from '@radloom/core';
import { barX, text as textMark } from '@observablehq/plot';
import { texts } from '../language.js';
import { chainsBySet, selectionChain, type SelectionStep } from '../reading/selection.js';
import type { FigureModule, ReportContext } from '../section.js';
import { nameOf } from '../words/index.js';
import { chart, svgDocument } from './drawing.js';
import { longest } from './legend.js';
import { seriesStyle } from './palette.js';

const text = texts({
  en: {
    title: 'Features left after each step of the selection',
    extracted: 'Extracted',
    caption: 'Number of features that each step left.',
    training: 'All steps learned from the training cases alone.',
    missing: 'no selection step was given',
  },
  zh: {
    title: '各筛选步骤后保留的特征数',
    extracted: '提取',
    caption: '各步骤后保留的特征数。',
    training: '所有步骤仅使用训练集病例。',
    missing: '没有特征筛选步骤',
  },
});

export const featureFunnel: FigureModule = {
  name: 'feature-funnel',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'funnel',
  available: (results) => selectionChain(results).length > 0 || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => [funnel(selectionChain(results), context)],
};

const barHeight = 30;

function funnel(chain: readonly SelectionStep[], { language, words, numbers }: ReportContext): Figure {
  const t = text[language];
  // Two steps of one name stay two bars: the place in the chain tells them apart.
  const bars = chainsBySet(chain)
    .flatMap(({ set, steps }) => [{ name: set === undefined ? t.extracted : `${words.label(set)}${t.extracted}`, count: steps[0].before }, ...steps.map(({ name, after }) => ({ name: nameOf(words.selectors, name), count: after }))])
    .map((bar, i) => ({ ...bar, i }));
  const clean = chain.every(({ model, tainted }) => model.fittedOn.role === 'training' && !tainted);
  const height = bars.length * barHeight + 14;
  const alternative = words.sentence(words.listed(bars.map(({ name, count }) => `${name} ${numbers.count(count)}`)));
  const body = chart({
    height,
    marginLeft: Math.min(190, 14 + longest(bars.map((bar) => bar.name))),
    marginRight: 46,
    marginTop: 7,
    marginBottom: 7,
    x: { axis: null, domain: [0, Math.max(1, ...bars.map((bar) => bar.count))] },
    y: { label: null, tickSize: 0, tickFormat: (i: number) => bars[i].name, domain: bars.map((bar) => bar.i), padding: 0.25 },
    marks: [
      barX(bars, { x: 'count', y: 'i', fill: seriesStyle(0).light, rx2: 2 }),
      textMark(bars, { x: 'count', y: 'i', text: (bar) => numbers.count(bar.count), textAnchor: 'start', dx: 6 }),
    ],
  });
  return { type: 'figure', name: 'feature-funnel', title: t.title, caption: clean ? words.joined([t.caption, t.training]) : t.caption, alternative, svg: svgDocument({ height, alternative, body }) };
}

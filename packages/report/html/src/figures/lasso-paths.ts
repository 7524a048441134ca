import type { Figure } from '@radloom/core';
import { line, ruleX, ruleY } from '@observablehq/plot';
import { texts } from '../language.js';
import { type LassoFit, lassoFit, selectionChain, selectionPlaces } from '../reading/selection.js';
import type { FigureModule, ReportContext } from '../section.js';
import { placeNote } from '../words/index.js';
import { chart, svgDocument } from './drawing.js';
import { legend } from './legend.js';
import { seriesStyle, seriesStyles, tones } from './palette.js';

const text = texts({
  en: {
    title: 'Lasso coefficients along the penalty',
    x: 'log(λ)',
    y: 'Coefficient per standard deviation',
    caption: 'Coefficients of the features, per standard deviation, along the penalty λ; named: the features kept, those that weigh most at the penalty used first; grey: all others. Vertical line: the penalty used.',
    more: (more: number) => ` ${more} more kept features are drawn in grey.`,
    alternative: 'Coefficient paths. Features kept:',
    missing: 'the lasso gives no coefficient paths',
  },
  zh: {
    title: 'LASSO 系数路径',
    x: 'log(λ)',
    y: '每标准差的系数',
    caption: '各特征（每标准差）系数随惩罚系数 λ 的变化；图例为保留的特征，按所用 λ 处的系数大小排列；灰线为其余特征。竖线为所用的 λ。',
    more: (more: number) => `另有 ${more} 个保留的特征以灰线绘制。`,
    alternative: '系数路径。保留的特征：',
    missing: 'LASSO 未给出系数路径',
  },
});

export const lassoPaths: FigureModule = {
  name: 'lasso-paths',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'lasso',
  available: (results) => lassoFit(selectionChain(results))?.paths !== undefined || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => {
    const fit = lassoFit(selectionChain(results));
    return fit?.paths === undefined ? [] : [paths(fit, fit.paths, placeNote(selectionPlaces(results), context.words), context)];
  },
};

const height = 350;
const marginLeft = 56;

function paths(fit: LassoFit, coefficients: ReadonlyMap<string, readonly number[]>, note: readonly string[], { language, words }: ReportContext): Figure {
  const t = text[language];
  const at = fit.chosen === undefined ? -1 : fit.lambda.indexOf(fit.chosen);
  const weight = (name: string) => Math.abs(coefficients.get(name)?.[at] ?? fit.coefficients.get(name) ?? 0);
  const kept = [...fit.coefficients.keys()].filter((name) => coefficients.has(name)).sort((a, b) => weight(b) - weight(a));
  const named = kept.slice(0, seriesStyles);
  const entries = named.map((name, i) => ({ text: name, style: seriesStyle(i) }));
  const x = fit.lambda.map((lambda) => Math.log(lambda));
  const others = [...coefficients].filter(([name]) => !named.includes(name)).flatMap(([name, path]) => piece(x, path).map((point) => ({ ...point, name })));
  const key = legend(entries.map(({ text, style }) => ({ text, style: { ...style, symbol: 'none' } })), 8, 0);
  const alternative = `${t.alternative} ${words.sentence(named.length === 0 ? words.none : words.listed(named))}`;
  const body = `${chart({
    height,
    marginLeft,
    marginRight: 14,
    marginTop: 14,
    marginBottom: 44,
    x: { label: t.x, labelAnchor: 'center', labelArrow: 'none', nice: true },
    y: { label: t.y, labelAnchor: 'center', labelArrow: 'none', nice: true, ticks: 6 },
    marks: [
      ruleY([0], { stroke: tones.grid.light }),
      line(others, { x: 'x', y: 'y', z: 'name', stroke: tones.faint.light, strokeWidth: 0.8 }),
      ...(fit.chosen === undefined ? [] : [ruleX([Math.log(fit.chosen)], { stroke: tones.muted.light, strokeDasharray: '2 3' })]),
      ...entries.map(({ text: name, style }) => line(piece(x, coefficients.get(name) ?? []), { x: 'x', y: 'y', stroke: style.light, strokeWidth: 2, strokeDasharray: style.dash })),
    ],
  })}<g transform="translate(0,${height + 14})">${key.svg}</g>`;
  const caption = kept.length > named.length ? t.caption + t.more(kept.length - named.length) : t.caption;
  return { type: 'figure', name: 'lasso-paths', title: t.title, caption: words.joined([caption, ...note]), alternative, svg: svgDocument({ height: height + key.height + 14, alternative, body }) };
}

/** The part of a path that is not 0, with the zero before it, so that a thousand features make a small drawing. */
function piece(x: readonly number[], path: readonly number[]): { x: number; y: number }[] {
  const points = x.map((at, i) => ({ x: at, y: path[i] })).filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
  const first = points.findIndex((point) => point.y !== 0);
  if (first < 0) return [];
  const last = points.findLastIndex((point) => point.y !== 0);
  return points.slice(Math.max(0, first - 1), last + 2);
}

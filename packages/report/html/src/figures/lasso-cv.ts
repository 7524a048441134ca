import type { Figure } from '@radloom/core';
import { dot, link, ruleX, text as textMark } from '@observablehq/plot';
import { texts } from '../language.js';
import { type LassoFit, lassoFit, selectionChain, selectionPlaces } from '../reading/selection.js';
import type { FigureModule, ReportContext } from '../section.js';
import { nameOf, placeNote } from '../words/index.js';
import { chart, svgDocument } from './drawing.js';
import { seriesStyle, tones } from './palette.js';

const text = texts({
  en: {
    title: 'Choice of the lasso penalty by cross-validation',
    x: 'log(λ)',
    y: 'Cross-validated loss',
    top: 'Features with a coefficient',
    min: 'min',
    oneSe: '1-SE',
    measures: { auc: 'AUC' } as Readonly<Record<string, string>>,
    caption: (measure: string) => `Mean ± standard error over the folds (${measure}) along the penalty λ. Dashed: λ with the least loss (min); dotted: the largest λ within one standard error of it (1-SE). Above: number of features kept.`,
    loss: 'loss',
    alternative: (penalties: number, min: string, oneSe: string) => `Cross-validated loss along ${penalties} penalties; least at λ = ${min}, one-standard-error rule at λ = ${oneSe}.`,
    missing: 'the lasso gives no cross-validated loss',
  },
  zh: {
    title: 'LASSO 惩罚系数的交叉验证选择',
    x: 'log(λ)',
    y: '交叉验证损失',
    top: '系数非零的特征数',
    min: 'min',
    oneSe: '1-SE',
    measures: { deviance: '偏差', auc: 'AUC', class: '误分率', mse: '均方误差', mae: '平均绝对误差' },
    caption: (measure: string) => `各惩罚系数 λ 下各折均值 ± 标准误（${measure}）。虚线：损失最小处的 λ（min）；点线：距最小值一个标准误以内的最大 λ（1-SE）。上方数字为保留的特征数。`,
    loss: '损失',
    alternative: (penalties: number, min: string, oneSe: string) => `${penalties} 个惩罚系数下的交叉验证损失；λ = ${min} 处最小，一个标准误规则取 λ = ${oneSe}。`,
    missing: 'LASSO 未给出交叉验证损失',
  },
});

export const lassoCv: FigureModule = {
  name: 'lasso-cv',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'lasso',
  available: (results) => lassoFit(selectionChain(results))?.cvm !== undefined || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => {
    const fit = lassoFit(selectionChain(results));
    return fit?.cvm === undefined ? [] : [curve(fit, fit.cvm, placeNote(selectionPlaces(results), context.words), context)];
  },
};

const height = 350;

function curve(fit: LassoFit, cvm: readonly number[], note: readonly string[], { language, words, numbers }: ReportContext): Figure {
  const t = text[language];
  const points = fit.lambda
    .map((lambda, i) => ({ x: Math.log(lambda), mean: cvm[i], error: fit.cvsd?.[i] ?? 0, kept: fit.nonzero?.[i] }))
    .filter((point) => Number.isFinite(point.x) && Number.isFinite(point.mean));
  const written = (lambda: number | undefined) => (lambda === undefined ? words.notGiven : numbers.significant(lambda));
  const alternative = t.alternative(points.length, written(fit.lambdaMin), written(fit.lambda1se));
  const { light: colour } = seriesStyle(0);
  // The curve is lowest near these lines, so their names have room at the top; the smaller penalty's stands to the left.
  const rules = [
    { lambda: fit.lambdaMin, dash: '6 4', name: t.min, textAnchor: 'end', dx: -4 } as const,
    { lambda: fit.lambda1se, dash: '2 3', name: t.oneSe, textAnchor: 'start', dx: 4 } as const,
  ].flatMap(({ lambda, dash, name, textAnchor, dx }) =>
    lambda === undefined ? [] : [ruleX([Math.log(lambda)], { stroke: tones.muted.light, strokeDasharray: dash }), textMark([name], { x: [Math.log(lambda)], frameAnchor: 'top', textAnchor, dx, dy: 2 })],
  );
  const body = chart({
    height,
    marginLeft: 56,
    marginRight: 14,
    marginTop: 46,
    marginBottom: 44,
    x: { label: t.x, labelAnchor: 'center', labelArrow: 'none', nice: true },
    y: { label: fit.measure === undefined ? t.y : nameOfMeasure(nameOf(t.measures, fit.measure), t.y), labelAnchor: 'center', labelArrow: 'none', nice: true, ticks: 6 },
    marks: [
      ...rules,
      link(points, { x: 'x', y1: (point) => point.mean - point.error, y2: (point) => point.mean + point.error, stroke: tones.faint.light, strokeWidth: 1.5 }),
      dot(points, { x: 'x', y: 'mean', r: 2.4, fill: colour, stroke: colour }),
      textMark(spaced(points), { x: 'x', text: (point) => String(point.kept), frameAnchor: 'top', dy: -14, fontSize: 11 }),
      textMark([t.top], { frameAnchor: 'top', dy: -30, fontSize: 11 }),
    ],
  });
  return { type: 'figure', name: 'lasso-cv', title: t.title, caption: words.joined([t.caption(fit.measure === undefined ? t.loss : nameOf(t.measures, fit.measure)), ...note]), alternative, svg: svgDocument({ height, alternative, body }) };
}

const nameOfMeasure = (measure: string, name: string) => `${name} (${measure})`;

/** About ten points along the axis, evenly, that know how many features are kept. */
function spaced<P extends { readonly kept?: number }>(points: readonly P[]): P[] {
  const every = Math.max(1, Math.ceil(points.length / 10));
  return points.filter((point, i) => i % every === 0 && point.kept !== undefined);
}

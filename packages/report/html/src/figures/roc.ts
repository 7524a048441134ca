import { dot, line } from '@observablehq/plot';
import { texts } from '../language.js';
import { modelOrder, type Performance, performances } from '../reading/performance.js';
import { withinSet } from '../reading/sets.js';
import type { FigureModule, Panel, ReportContext } from '../section.js';
import { chart, drawingWidth, svgDocument } from './drawing.js';
import { legend } from './legend.js';
import { seriesStyle, seriesStyles, tones } from './palette.js';
import { inSet, nameInPanel, type PanelEntries, panelEntries } from './panels.js';

const text = texts({
  en: {
    title: 'ROC curves',
    panel: (role: string) => `ROC curves, ${role}`,
    x: '1 − specificity',
    y: 'Sensitivity',
    caption: (cases: string, interval: string) => `${cases}; area under the curve${interval}. Markers: each model at its threshold. Grey line: chance.`,
    interval: (level: string, method: string) => ` with ${level}confidence interval (${method})`,
    cases: (rows: number, events: number) => `${rows} cases, ${events} events`,
    predictions: (rows: number, cases: number) => `${rows} predictions of ${cases} cases, which come back in several folds`,
    first: (shown: number, all: number) => ` The first ${shown} of ${all} curves are drawn.`,
    alternative: 'Sensitivity against 1 minus specificity. Areas under the curves:',
    missing: 'no evaluation gives the points of a ROC curve',
  },
  zh: {
    title: 'ROC 曲线',
    panel: (role: string) => `${role} ROC 曲线`,
    x: '1 − 特异度',
    y: '灵敏度',
    caption: (cases: string, interval: string) => `${cases}；图例为曲线下面积${interval}。标记点为各模型阈值处的灵敏度与特异度，灰线为随机水平。`,
    interval: (level: string, method: string) => `及其 ${level}置信区间（${method}）`,
    cases: (rows: number, events: number) => `${rows} 例，其中事件 ${events} 例`,
    predictions: (rows: number, cases: number) => `${cases} 例病例在多折中重复出现，共 ${rows} 次预测`,
    first: (shown: number, all: number) => `共 ${all} 条曲线，此处仅绘制前 ${shown} 条。`,
    alternative: '灵敏度对 1 减特异度的曲线。曲线下面积：',
    missing: '评价结果中没有 ROC 曲线的坐标点',
  },
});

/** Side of the square that the curves lie in. */
const side = 350;
const strokesOnly: ReadonlySet<string> = new Set(['times', 'plus', 'wye']);
const margins = { marginLeft: 52, marginRight: drawingWidth - 52 - side, marginTop: 14, marginBottom: 44 };

export const roc: FigureModule = {
  name: 'roc',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'performance',
  available: (results) => performances(results).some((entry) => entry.roc !== undefined) || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => {
    const order = modelOrder(results);
    return panelEntries(results, performances(results).filter((entry) => entry.roc !== undefined)).map((found) => panel(found, order, context));
  },
};

function panel({ role, set, entries: all }: PanelEntries<Performance>, order: readonly string[], { language, words, numbers }: ReportContext): Panel {
  const t = text[language];
  const several = new Set(all.map((entry) => entry.place)).size > 1;
  const shown = all.slice(0, seriesStyles).map((entry, i) => {
    const auc = entry.metrics.get('auc');
    const name = [nameInPanel(words, entry.model, set), ...(several ? [entry.place] : [])].join(' ');
    return { entry, style: seriesStyle(several ? i : order.indexOf(withinSet(entry.model))), text: auc === undefined ? name : `${words.label(words.marked(name, entry.tainted))}${numbers.estimate(auc.value, auc.lower, auc.upper)}`, auc };
  });
  const key = legend(shown, margins.marginLeft, 0);
  const height = side + margins.marginTop + margins.marginBottom;
  const alternative = `${t.alternative} ${words.sentence(words.listed(shown.map((curve) => curve.text)))}`;
  const method = shown.find(({ auc }) => auc?.interval !== undefined)?.auc?.interval;
  const cases = [...new Set(all.map((entry) => entry.cases < entry.rows ? t.predictions(entry.rows, entry.cases) : t.cases(entry.rows, entry.events)))];
  const caption = t.caption(cases.length === 1 ? cases[0] : words.listed(cases.slice(0, 3)), method === undefined ? '' : t.interval(words.level(all[0].level), words.said(method)));
  const body = `${chart({
    height,
    ...margins,
    x: { domain: [0, 1], label: t.x, labelAnchor: 'center', labelArrow: 'none', ticks: 5, grid: false },
    y: { domain: [0, 1], label: t.y, labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
    marks: [
      line([[0, 0], [1, 1]], { stroke: tones.faint.light, strokeWidth: 1 }),
      ...shown.map(({ entry, style }) => line(entry.roc ?? [], { x: (point) => 1 - point.specificity, y: 'sensitivity', stroke: style.light, strokeWidth: 2, strokeDasharray: style.dash })),
      ...shown.map(({ entry, style }) => dot(operatingPoint(entry), { symbol: style.symbol, r: 4.5, fill: strokesOnly.has(style.symbol) ? undefined : style.light, stroke: style.light })),
    ],
  })}<g transform="translate(0,${height + 14})">${key.svg}</g>`;
  const whole = all.length > shown.length ? caption + t.first(shown.length, all.length) : caption;
  return inSet({ type: 'figure', name: `roc-${role}`, title: words.ofSet(t.panel(words.sets[role]), set), caption: whole, alternative, svg: svgDocument({ height: height + key.height + 14, alternative, body }) }, set);
}

/** Where the model stands at its threshold, as the evaluation gives it. */
function operatingPoint({ metrics }: Performance): [number, number][] {
  const sensitivity = metrics.get('sensitivity')?.value;
  const specificity = metrics.get('specificity')?.value;
  return sensitivity === undefined || specificity === undefined || Number.isNaN(sensitivity + specificity) ? [] : [[1 - specificity, sensitivity]];
}

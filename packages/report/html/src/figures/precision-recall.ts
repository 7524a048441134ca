import { line, ruleY } from '@observablehq/plot';
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
    title: 'Precision-recall curves',
    panel: (role: string) => `Precision-recall curves, ${role}`,
    x: 'Recall (sensitivity)',
    y: 'Precision (PPV)',
    caption: (prevalence: string) => `Area under the curve by Davis and Goadrich, with its interval where the evaluation gives one. Grey line: the share of events, ${prevalence}, which a model without information would have.`,
    alternative: 'Precision against recall. Areas under the curves:',
    missing: 'no evaluation gives the points of a precision-recall curve',
  },
  zh: {
    title: '精确率-召回率曲线',
    panel: (role: string) => `${role}精确率-召回率曲线`,
    x: '召回率（灵敏度）',
    y: '精确率（阳性预测值）',
    caption: (prevalence: string) => `图例为按 Davis 与 Goadrich 计算的曲线下面积及其区间。灰线：事件所占比例 ${prevalence}，即无信息模型的水平。`,
    alternative: '精确率对召回率的曲线。曲线下面积：',
    missing: '评价结果中没有精确率-召回率曲线的坐标点',
  },
});

export const precisionRecall: FigureModule = {
  name: 'precision-recall',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'performance',
  asked: (results) => performances(results).some((entry) => entry.precisionRecall !== undefined),
  available: (results) => performances(results).some((entry) => entry.precisionRecall !== undefined) || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => {
    const order = modelOrder(results);
    return panelEntries(results, performances(results).filter((entry) => entry.precisionRecall !== undefined)).map((found) => panel(found, order, context));
  },
};

const side = 350;
const margins = { marginLeft: 52, marginRight: drawingWidth - 52 - side, marginTop: 14, marginBottom: 44 };

function panel({ role, set, entries }: PanelEntries<Performance>, order: readonly string[], { language, words, numbers }: ReportContext): Panel {
  const t = text[language];
  const found = entries.slice(0, seriesStyles);
  const series = found.map((entry) => {
    const area = entry.metrics.get('prAuc');
    const name = [words.marked(nameInPanel(words, entry.model, set), entry.tainted), entry.place].filter((part) => part !== '').join(' ');
    return { entry, style: seriesStyle(order.indexOf(withinSet(entry.model))), text: area === undefined ? name : `${words.label(name)}${numbers.estimate(area.value, area.lower, area.upper)}` };
  });
  const key = legend(series.map(({ style, text: name }) => ({ text: name, style: { ...style, symbol: 'none' as const } })), margins.marginLeft, 0);
  const height = side + margins.marginTop + margins.marginBottom;
  const prevalence = found[0].events / found[0].rows;
  const alternative = `${t.alternative} ${words.sentence(words.listed(series.map(({ text: name }) => name)))}`;
  const body = `${chart({
    height,
    ...margins,
    x: { domain: [0, 1], label: t.x, labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
    y: { domain: [0, 1], label: t.y, labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
    marks: [
      ruleY([prevalence], { stroke: tones.faint.light }),
      ...series.map(({ entry, style }) => line(entry.precisionRecall!, { x: 'recall', y: 'precision', stroke: style.light, strokeWidth: 2, strokeDasharray: style.dash })),
    ],
  })}<g transform="translate(0,${height + 14})">${key.svg}</g>`;
  return inSet({ type: 'figure', name: `precision-recall-${role}`, title: words.ofSet(t.panel(words.sets[role]), set), caption: t.caption(numbers.decimal(prevalence)), alternative, svg: svgDocument({ height: height + key.height + 14, alternative, body }) }, set);
}

import type { Figure } from '@radloom/core';
import { line, ruleY } from '@observablehq/plot';
import { texts } from '../language.js';
import { modelOrder, type Performance, performances, type Role, roles } from '../reading/performance.js';
import type { FigureModule, ReportContext } from '../section.js';
import { modelName } from '../words/index.js';
import { chart, drawingWidth, svgDocument } from './drawing.js';
import { legend } from './legend.js';
import { seriesStyle, seriesStyles, tones } from './palette.js';

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
    const curves = performances(results).filter((entry) => entry.precisionRecall !== undefined);
    return roles.flatMap((role) => {
      const ofRole = curves.filter((entry) => entry.role === role).slice(0, seriesStyles);
      return ofRole.length === 0 ? [] : [panel(role, ofRole, order, context)];
    });
  },
};

const side = 350;
const margins = { marginLeft: 52, marginRight: drawingWidth - 52 - side, marginTop: 14, marginBottom: 44 };

function panel(role: Role, found: readonly Performance[], order: readonly string[], { language, words, numbers }: ReportContext): Figure {
  const t = text[language];
  const series = found.map((entry) => {
    const area = entry.metrics.get('prAuc');
    const name = [words.marked(modelName(words.models, entry.model), entry.tainted), entry.place].filter((part) => part !== '').join(' ');
    return { entry, style: seriesStyle(order.indexOf(entry.model)), text: area === undefined ? name : `${words.label(name)}${numbers.estimate(area.value, area.lower, area.upper)}` };
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
  return { type: 'figure', name: `precision-recall-${role}`, title: t.panel(words.sets[role]), caption: t.caption(numbers.decimal(prevalence)), alternative, svg: svgDocument({ height: height + key.height + 14, alternative, body }) };
}

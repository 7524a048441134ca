import type { Metric } from '@radloom/core';
import { dot, link, ruleX } from '@observablehq/plot';
import { texts } from '../language.js';
import { controlledModels, controlledRole, controlNames } from '../reading/controls.js';
import type { FigureModule } from '../section.js';
import { modelName, nameOf } from '../words/index.js';
import { chart, drawingWidth, label, svgDocument } from './drawing.js';
import { legend } from './legend.js';
import { seriesStyle, tones } from './palette.js';

const text = texts({
  en: { title: 'Result and controls', result: 'Result', x: 'AUC', caption: (set: string) => `AUC with its interval, ${set}. Dashed line: chance.`, alternative: (parts: string) => `AUC of the result and of its controls: ${parts}`, missing: 'no control gives an AUC' },
  zh: { title: '研究结果与对照', result: '研究结果', x: 'AUC', caption: (set: string) => `AUC 及其区间（${set}）。虚线：随机水平。`, alternative: (parts: string) => `研究结果与对照的 AUC：${parts}`, missing: '对照分析未给出 AUC' },
});

const lane = 17;
const head = 20;

export const controls: FigureModule = {
  name: 'controls',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'controls',
  asked: (results) => results.controls.length > 0,
  available: (results) => controlledModels(results).some(({ controls: found }) => found.some((metric) => metric !== undefined)) || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, { language, words, numbers }) => {
    const t = text[language];
    const found = controlledModels(results).slice(0, 12);
    const series = [t.result, ...controlNames(results).map((name) => nameOf(words.controls, name))];
    const block = head + series.length * lane + 8;
    const bottom = found.length * block;
    const points = found.flatMap(({ model, result, controls: own }, m) =>
      [result, ...own].flatMap((metric, s) => (metric === undefined || Number.isNaN(metric.value) ? [] : [{ model, metric, s, y: m * block + head + (s + 0.5) * lane }])),
    );
    const height = bottom + 46;
    const key = legend(series.map((name, s) => ({ text: name, style: { ...seriesStyle(s), dash: undefined } })), 14, 0);
    const alternative = words.sentence(t.alternative(words.listed(points.map(({ model, metric, s }) => `${modelName(words.models, model)}, ${words.label(series[s])}${numbers.estimate(metric.value, metric.lower, metric.upper)}`))));
    const body = `${chart({
      height,
      marginLeft: 14,
      marginRight: 14,
      marginTop: 0,
      marginBottom: 46,
      x: { domain: [0, 1], label: t.x, labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
      y: { axis: null, domain: [bottom, 0] },
      marks: [
        ruleX([0.5], { stroke: tones.muted.light, strokeDasharray: '5 3' }),
        link(points.filter(({ metric }) => bounds(metric) !== undefined), { x1: ({ metric }) => metric.lower!, x2: ({ metric }) => metric.upper!, y: 'y', stroke: ({ s }: { s: number }) => seriesStyle(s).light, strokeWidth: 2 }),
        ...series.map((_, s) => dot(points.filter((point) => point.s === s), { x: ({ metric }) => metric.value, y: 'y', r: 4.2, symbol: seriesStyle(s).symbol, fill: seriesStyle(s).light, stroke: seriesStyle(s).light })),
      ],
    })}${found.map(({ model }, m) => label(14, m * block + 14, modelName(words.models, model), { weight: 600 })).join('')}<g transform="translate(0,${height + 14})">${key.svg}</g>`;
    return [{ type: 'figure', name: 'controls', title: t.title, caption: t.caption(words.sets[controlledRole(results)]), alternative, svg: svgDocument({ width: drawingWidth, height: height + key.height + 14, alternative, body }) }];
  },
};

const bounds = ({ lower, upper }: Metric) => (lower === undefined || upper === undefined ? undefined : { lower, upper });

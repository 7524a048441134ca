import { area, line, rectY, ruleY } from '@observablehq/plot';
import { texts } from '../language.js';
import { type Calibration, calibrations } from '../reading/calibration.js';
import { isAsked } from '../reading/evaluated.js';
import { modelOrder } from '../reading/performance.js';
import { withinSet } from '../reading/sets.js';
import type { FigureModule, Panel, ReportContext } from '../section.js';
import { bandStretches, within } from './band.js';
import { chart, label, svgDocument } from './drawing.js';
import { multiples, multipleWidth } from './multiples.js';
import { seriesStyle, seriesStyles, tones } from './palette.js';
import { inSet, nameInPanel, type PanelEntries, panelEntries } from './panels.js';

const text = texts({
  en: {
    title: 'Calibration curves',
    panel: (role: string) => `Calibration curves, ${role}`,
    x: 'Predicted probability',
    y: 'Observed share',
    caption: (level: string, resamples: string) => `Observed share of events, smoothed (loess), against the predicted probability; band: pointwise ${level}interval${resamples}. Grey diagonal: what was predicted is observed. Below: cases by predicted probability, with the event upwards, without it downwards.`,
    resamples: (count: string) => ` from ${count} bootstrap samples`,
    alternative: (models: string) => `Observed against predicted probability, one panel a model: ${models}`,
    ici: (value: string) => `mean distance from the diagonal ${value}`,
    missing: 'no evaluation gives a calibration curve',
  },
  zh: {
    title: '校准曲线',
    panel: (role: string) => `${role}校准曲线`,
    x: '预测概率',
    y: '实际发生率',
    caption: (level: string, resamples: string) => `平滑后（loess）的实际事件发生率随预测概率的变化；条带为逐点 ${level}区间${resamples}。灰色对角线：预测与实际一致。下方为病例按预测概率的分布，向上为发生事件者，向下为未发生者。`,
    resamples: (count: string) => `（${count} 次自助抽样）`,
    alternative: (models: string) => `各模型实际发生率对预测概率的曲线：${models}`,
    ici: (value: string) => `与对角线的平均距离 ${value}`,
    missing: '评价结果中没有校准曲线',
  },
});

export const calibration: FigureModule = {
  name: 'calibration',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'calibration',
  asked: (results) => isAsked(results, 'calibration'),
  available: (results) => calibrations(results).some(({ curve }) => curve !== undefined) || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => {
    const order = modelOrder(results);
    return panelEntries(results, calibrations(results).filter(({ curve }) => curve !== undefined)).map((found) => figure(found, order, context));
  },
};

const plotTop = 24;
const plotHeight = 172;
const barsHeight = 46;
const panelHeight = plotTop + plotHeight + barsHeight + 42;
const margins = { marginLeft: 40, marginRight: 8 };

function figure({ role, set, entries }: PanelEntries<Calibration>, order: readonly string[], context: ReportContext): Panel {
  const { language, words, numbers } = context;
  const t = text[language];
  const found = entries.slice(0, seriesStyles);
  const drawn = multiples(found.map((entry) => panel(entry, set, order, context)), panelHeight);
  const named = found.map(({ model, metrics }) => {
    const ici = metrics.get('ici')?.value;
    return `${nameInPanel(words, model, set)}${ici === undefined ? '' : ` (${t.ici(numbers.decimal(ici))})`}`;
  });
  const alternative = words.sentence(t.alternative(words.listed(named)));
  const resamples = found[0].detail.curve as { bootstrap?: unknown };
  const caption = t.caption(words.level(found[0].level), typeof resamples.bootstrap === 'number' ? t.resamples(numbers.count(resamples.bootstrap)) : '');
  return inSet({ type: 'figure', name: `calibration-${role}`, title: words.ofSet(t.panel(words.sets[role]), set), caption, alternative, svg: svgDocument({ height: drawn.height, alternative, body: drawn.svg }) }, set);
}

function panel({ model, place, tainted, curve, histogram }: Calibration, set: string | undefined, order: readonly string[], { language, words }: ReportContext): string {
  const t = text[language];
  const style = seriesStyle(order.indexOf(withinSet(model)));
  const points = within(curve!.probability.map((x, i) => ({ x, y: curve!.observed[i], lower: curve!.lower[i], upper: curve!.upper[i] })), 0, 1);
  const axis = { domain: [0, 1] as [number, number], label: null, ticks: [0, 0.5, 1], tickFormat: (value: number) => String(value) };
  const main = chart({
    ...margins,
    width: multipleWidth,
    height: plotTop + plotHeight,
    marginTop: plotTop,
    marginBottom: 2,
    x: { ...axis, axis: null },
    y: axis,
    marks: [
      ruleY([0, 1], { stroke: tones.grid.light }),
      ...bandStretches(points).map((stretch) => area(stretch, { x1: 'x', y1: 'lower', y2: 'upper', fill: style.light, fillOpacity: 0.18 })),
      line([[0, 0], [1, 1]], { stroke: tones.muted.light, strokeWidth: 1, strokeDasharray: '4 3' }),
      line(points, { x: 'x', y: 'y', stroke: style.light, strokeWidth: 2 }),
    ],
  });
  const name = [words.marked(nameInPanel(words, model, set), tainted), place].filter((part) => part !== '').join(' ');
  const middle = (margins.marginLeft + multipleWidth - margins.marginRight) / 2;
  return [
    label(margins.marginLeft, 14, name, { weight: 600 }),
    main,
    `<g transform="translate(0,${plotTop + plotHeight})">${bars(histogram, style.light, axis)}</g>`,
    `<text transform="translate(11,${plotTop + plotHeight / 2}) rotate(-90)" text-anchor="middle">${t.y}</text>`,
    label(middle, panelHeight - 10, t.x, { anchor: 'middle' }),
  ].join('');
}

/** Cases by probability: with the event upwards, filled; without it downwards, hollow. */
function bars(histogram: Calibration['histogram'], colour: string, axis: object): string {
  if (histogram === undefined) return '';
  const { events, others } = histogram;
  const most = Math.max(1, ...events, ...others);
  const width = 1 / events.length;
  const bar = (counts: readonly number[], sign: 1 | -1) => counts.flatMap((count, i) => (count === 0 ? [] : [{ x1: i * width, x2: (i + 1) * width, y: sign * count }]));
  return chart({
    ...margins,
    width: multipleWidth,
    height: barsHeight + 18,
    marginTop: 3,
    marginBottom: 18,
    x: axis,
    y: { axis: null, domain: [-most, most] },
    marks: [
      rectY(bar(events, 1), { x1: 'x1', x2: 'x2', y: 'y', fill: colour, inset: 0.4 }),
      rectY(bar(others, -1), { x1: 'x1', x2: 'x2', y: 'y', fill: tones.surface.light, stroke: colour, strokeWidth: 0.8, inset: 0.8 }),
      ruleY([0], { stroke: tones.muted.light }),
    ],
  });
}

import { area, line, ruleY } from '@observablehq/plot';
import { texts } from '../language.js';
import { type Decision, type DecisionCurve, decisions } from '../reading/decision.js';
import { isAsked } from '../reading/evaluated.js';
import { modelOrder } from '../reading/performance.js';
import { withinSet } from '../reading/sets.js';
import type { FigureModule, Panel, ReportContext } from '../section.js';
import { bandStretches, within } from './band.js';
import { chart, drawingWidth, label, svgDocument } from './drawing.js';
import { legend } from './legend.js';
import { multiples, multipleWidth } from './multiples.js';
import { seriesStyle, seriesStyles, tones } from './palette.js';
import { inSet, nameInPanel, type PanelEntries, panelEntries } from './panels.js';

const text = texts({
  en: {
    title: 'Decision curves',
    panel: (role: string) => `Decision curves, ${role}`,
    bands: (role: string) => `Decision curves with bands, ${role}`,
    x: 'Threshold probability',
    y: 'Net benefit',
    all: 'Treat all',
    none: 'Treat none',
    caption: 'Net benefit of acting on each model: true positives less false positives weighted by the odds of the threshold, per case. A model is of use where it is above both treating all and treating none.',
    band: (level: string, resamples: string) => `Each model on its own; band: pointwise ${level}interval${resamples}. Dashed: treat all; horizontal line: treat none.`,
    resamples: (count: string) => ` from ${count} bootstrap samples`,
    alternative: (models: string) => `Net benefit against the threshold probability: ${models}, beside treating all and treating none`,
    missing: 'no evaluation gives a decision curve',
  },
  zh: {
    title: '决策曲线',
    panel: (role: string) => `${role}决策曲线`,
    bands: (role: string) => `${role}决策曲线及区间`,
    x: '阈值概率',
    y: '净获益',
    all: '全部干预',
    none: '均不干预',
    caption: '依据各模型干预的净获益：每例的真阳性减去以阈值比值加权的假阳性。曲线高于“全部干预”与“均不干预”处，模型才有临床价值。',
    band: (level: string, resamples: string) => `逐个模型显示；条带为逐点 ${level}区间${resamples}。虚线：全部干预；水平线：均不干预。`,
    resamples: (count: string) => `（${count} 次自助抽样）`,
    alternative: (models: string) => `净获益随阈值概率的变化：${models}，并与全部干预和均不干预比较`,
    missing: '评价结果中没有决策曲线',
  },
});

export const decisionCurve: FigureModule = {
  name: 'decision-curve',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'decision-curve',
  asked: (results) => isAsked(results, 'decision-curve'),
  available: (results) => decisions(results).some(({ curve }) => curve !== undefined) || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => {
    const order = modelOrder(results);
    return panelEntries(results, decisions(results).filter(({ curve }) => curve !== undefined)).flatMap(({ entries, ...of }) => {
      const found = { ...of, entries: entries.slice(0, seriesStyles) };
      const together = overview(found, order, context);
      // What a band says of rows that taught the model is of no use to anyone.
      return of.role === 'training' ? [together] : [together, withBands(found, order, context)];
    });
  },
};

const margins = { marginLeft: 52, marginRight: 14, marginTop: 12, marginBottom: 44 };
const height = 320;

/** Highest and lowest net benefit that is drawn: a little above the prevalence, a little below nothing. */
function rangeOf(found: readonly Decision[]): [number, number] {
  const top = Math.max(0.01, ...found.flatMap(({ curve }) => [...curve!.netBenefit, curve!.treatAll[0]]));
  return [-0.15 * top, 1.06 * top];
}

/** A curve down to the floor, with the point where it meets it; nothing below. */
function above(threshold: readonly number[], values: readonly number[], floor: number): [number, number][] {
  const points: [number, number][] = [];
  values.forEach((value, i) => {
    const before = i === 0 ? undefined : values[i - 1];
    if (before !== undefined && before > floor !== value > floor) points.push([threshold[i - 1] + ((before - floor) / (before - value)) * (threshold[i] - threshold[i - 1]), floor]);
    points.push([threshold[i], value > floor ? value : NaN]);
  });
  return points;
}

function overview({ role, set, entries: found }: PanelEntries<Decision>, order: readonly string[], { language, words }: ReportContext): Panel {
  const t = text[language];
  const [low, high] = rangeOf(found);
  const { threshold, treatAll } = found[0].curve!;
  const series = found.map(({ model, place, tainted, curve }) => ({ curve: curve!, style: seriesStyle(order.indexOf(withinSet(model))), text: [words.marked(nameInPanel(words, model, set), tainted), place].filter((part) => part !== '').join(' ') }));
  const key = legend(
    [
      ...series.map(({ style, text: name }) => ({ text: name, style: { ...style, symbol: 'none' as const } })),
      { text: t.all, style: { light: tones.muted.light, dash: '1 3', symbol: 'none' } },
      { text: t.none, style: { light: tones.muted.light, symbol: 'none' } },
    ],
    margins.marginLeft,
    0,
  );
  const alternative = words.sentence(t.alternative(words.listed(series.map(({ text: name }) => name))));
  const body = `${chart({
    height,
    ...margins,
    x: { domain: [0, 1], label: t.x, labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
    y: { domain: [low, high], label: t.y, labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
    marks: [
      ruleY([0], { stroke: tones.muted.light, strokeWidth: 1.2 }),
      line(above(threshold, treatAll, low), { stroke: tones.muted.light, strokeWidth: 2, strokeDasharray: '1 3' }),
      ...series.map(({ curve, style }) => line(above(curve.threshold, curve.netBenefit, low), { stroke: style.light, strokeWidth: 2, strokeDasharray: style.dash })),
    ],
  })}<g transform="translate(0,${height + 14})">${key.svg}</g>`;
  return inSet({ type: 'figure', name: `decision-curve-${role}`, title: words.ofSet(t.panel(words.sets[role]), set), caption: t.caption, alternative, svg: svgDocument({ height: height + key.height + 14, alternative, body }) }, set);
}

const panelHeight = 214;

function withBands({ role, set, entries: found }: PanelEntries<Decision>, order: readonly string[], { language, words, numbers }: ReportContext): Panel {
  const t = text[language];
  const range = rangeOf(found);
  const drawn = multiples(found.map((entry) => bandPanel(entry, range, order, language, [words.marked(nameInPanel(words, entry.model, set), entry.tainted), entry.place].filter((part) => part !== '').join(' '))), panelHeight);
  const alternative = words.sentence(t.alternative(words.listed(found.map(({ model }) => nameInPanel(words, model, set)))));
  const { bootstrap } = found[0].detail;
  const caption = t.band(words.level(found[0].level), typeof bootstrap === 'number' ? t.resamples(numbers.count(bootstrap)) : '');
  return inSet({ type: 'figure', name: `decision-curve-bands-${role}`, title: words.ofSet(t.bands(words.sets[role]), set), caption, alternative, svg: svgDocument({ width: drawingWidth, height: drawn.height, alternative, body: drawn.svg }) }, set);
}

function bandPanel({ model, curve }: Decision, [low, high]: [number, number], order: readonly string[], language: ReportContext['language'], name: string): string {
  const t = text[language];
  const style = seriesStyle(order.indexOf(withinSet(model)));
  const { threshold, netBenefit, lower, upper, treatAll } = curve as DecisionCurve;
  const points = within(threshold.map((x, i) => ({ x, y: netBenefit[i], lower: lower[i], upper: upper[i] })), low, high);
  return `${label(40, 14, name, { weight: 600 })}${chart({
    width: multipleWidth,
    height: panelHeight - 10,
    marginLeft: 40,
    marginRight: 8,
    marginTop: 24,
    marginBottom: 38,
    x: { domain: [0, 1], label: t.x, labelAnchor: 'center', labelArrow: 'none', ticks: [0, 0.5, 1], tickFormat: (value: number) => String(value) },
    y: { domain: [low, high], label: null, ticks: 4 },
    marks: [
      ruleY([0], { stroke: tones.muted.light, strokeWidth: 1.2 }),
      ...bandStretches(points).map((stretch) => area(stretch, { x1: 'x', y1: 'lower', y2: 'upper', fill: style.light, fillOpacity: 0.18 })),
      line(above(threshold, treatAll, low), { stroke: tones.muted.light, strokeWidth: 1.2, strokeDasharray: '4 3' }),
      line(above(threshold, netBenefit, low), { stroke: style.light, strokeWidth: 2 }),
    ],
  })}`;
}

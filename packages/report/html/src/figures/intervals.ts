import type { Metric } from '@radloom/core';
import { dot, link, ruleX } from '@observablehq/plot';
import { chart, drawingWidth, label, svgDocument } from './drawing.js';
import { legend } from './legend.js';
import { seriesStyle, tones } from './palette.js';

/** Values under one name: one of each series, in the series' order. */
export interface IntervalBlock {
  readonly name: string;
  readonly values: readonly (Metric | undefined)[];
}

const lane = 17;
const head = 20;

/** AUCs with their intervals, a lane each, from 0 to 1; chance dashed. Series differ in colour and mark. */
export function intervals(blocks: readonly IntervalBlock[], series: readonly string[], x: string, alternative: string): string {
  const block = head + series.length * lane + 8;
  const bottom = blocks.length * block;
  const height = bottom + 46;
  const points = blocks.flatMap(({ values }, b) => values.flatMap((metric, s) => (metric === undefined || Number.isNaN(metric.value) ? [] : [{ metric, s, y: b * block + head + (s + 0.5) * lane }])));
  const key = legend(series.map((name, s) => ({ text: name, style: { ...seriesStyle(s), dash: undefined } })), 14, 0);
  const body = `${chart({
    height,
    marginLeft: 14,
    marginRight: 14,
    marginTop: 0,
    marginBottom: 46,
    x: { domain: [0, 1], label: x, labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
    y: { axis: null, domain: [bottom, 0] },
    marks: [
      ruleX([0.5], { stroke: tones.muted.light, strokeDasharray: '5 3' }),
      link(points.filter(({ metric }) => metric.lower !== undefined && metric.upper !== undefined), { x1: ({ metric }: (typeof points)[number]) => metric.lower!, x2: ({ metric }: (typeof points)[number]) => metric.upper!, y: 'y', stroke: ({ s }: { s: number }) => seriesStyle(s).light, strokeWidth: 2 }),
      ...series.map((_, s) => dot(points.filter((point) => point.s === s), { x: ({ metric }: (typeof points)[number]) => metric.value, y: 'y', r: 4.2, symbol: seriesStyle(s).symbol, fill: strokesOnly.has(seriesStyle(s).symbol) ? undefined : seriesStyle(s).light, stroke: seriesStyle(s).light })),
    ],
  })}${blocks.map(({ name }, b) => label(14, b * block + 14, name, { weight: 600 })).join('')}<g transform="translate(0,${height + 14})">${key.svg}</g>`;
  return svgDocument({ width: drawingWidth, height: height + key.height + 14, alternative, body });
}

/** Marks without an inside to fill. */
const strokesOnly: ReadonlySet<string> = new Set(['times', 'plus', 'wye']);

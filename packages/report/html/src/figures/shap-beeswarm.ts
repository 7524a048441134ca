import type { Figure } from '@radloom/core';
import { dot, ruleX, ruleY } from '@observablehq/plot';
import { texts } from '../language.js';
import { isAsked } from '../reading/evaluated.js';
import { type ExplainedModel, explainedModels } from '../reading/explanation.js';
import { byModelSet } from '../reading/sets.js';
import type { FigureModule, Panel, ReportContext } from '../section.js';
import { modelName } from '../words/index.js';
import { chart, drawingWidth, label, svgDocument } from './drawing.js';
import { ramp, tones } from './palette.js';
import { swarmLevels } from './swarm.js';
import { fitText } from './text-width.js';

const text = texts({
  en: {
    title: 'SHAP values',
    of: (model: string) => `SHAP values, ${model}`,
    x: { probability: 'SHAP value (change of the predicted probability)', 'log-odds': 'SHAP value (change of the log odds)' },
    low: 'low',
    high: 'high',
    colour: 'value of the feature',
    caption: (cases: string, more: string) => `One mark a prediction (${cases}): right of the line the feature raised its prediction, left of it lowered it. The darker the mark, the larger the value of the feature.${more}`,
    first: (shown: string, all: string) => ` The ${shown} most important of ${all} features.`,
    beyond: (count: string) => ` ${count} values beyond the axis stand at its ends.`,
    alternative: (model: string, features: string) => `SHAP values of the cases under ${model}; features from most to least important: ${features}`,
    missing: 'no model has SHAP values',
  },
  zh: {
    title: 'SHAP 值',
    of: (model: string) => `${model}的 SHAP 值`,
    x: { probability: 'SHAP 值（预测概率的变化）', 'log-odds': 'SHAP 值（对数几率的变化）' },
    low: '低',
    high: '高',
    colour: '特征取值',
    caption: (cases: string, more: string) => `每个标记代表一次预测（共 ${cases} 次）：位于竖线右侧表示该特征提高了预测值，左侧表示降低。颜色越深，特征取值越大。${more}`,
    first: (shown: string, all: string) => `共 ${all} 个特征，此处显示最重要的 ${shown} 个。`,
    beyond: (count: string) => `有 ${count} 个值超出坐标轴，绘于其两端。`,
    alternative: (model: string, features: string) => `${model}各病例的 SHAP 值，特征按重要性排列：${features}`,
    missing: '没有模型给出 SHAP 值',
  },
});

export const shapBeeswarm: FigureModule = {
  name: 'shap-beeswarm',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'explanation',
  asked: (results) => isAsked(results, 'explanation'),
  available: (results) => explainedModels(results).some(({ cases }) => cases.length > 0) || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => byModelSet(results.study, explainedModels(results).filter(({ cases }) => cases.length > 0)).flatMap(({ set, entries }) => entries.map((entry): Panel => ({ ...swarm(entry, context), ...(set === undefined ? {} : { set }) }))),
};

const most = 10;
const head = 18;
const lane = 30;
const block = head + lane;
const radius = 3;
const margin = 10;

function swarm({ model, scale = 'probability', cases, importance, tainted }: ExplainedModel, { language, words, numbers }: ReportContext): Figure {
  const t = text[language];
  const shown = importance.slice(0, most);
  const width = drawingWidth - 2 * margin;
  const { reach, beyond } = reachOf(cases.flatMap(({ contributions }) => contributions.map(({ value }) => value)));
  const inside = (value: number) => Math.min(0.99 * reach, Math.max(-0.99 * reach, value));
  const dots = shown.flatMap(({ feature }, f) => {
    const own = cases.flatMap(({ contributions }) => contributions.filter((entry) => entry.feature === feature));
    const shades = shadesOf(own.map(({ x }) => x));
    const levels = swarmLevels(own.map(({ value }) => inside(value)), ((2 * radius + 0.6) / width) * 2 * reach);
    const step = Math.min(2 * radius + 0.4, (lane / 2 - radius) / Math.max(1, ...levels.map(Math.abs)));
    return own.map(({ value }, i) => ({ x: inside(value), y: f * block + head + lane / 2 - levels[i] * step, colour: ramp[shades[i]].light }));
  });
  const bottom = shown.length * block;
  const height = bottom + 42;
  const name = words.marked(modelName(words.models, model), tainted);
  const alternative = words.sentence(t.alternative(name, words.listed(shown.map(({ feature }) => feature))));
  const body = `${chart({
    height,
    marginLeft: margin,
    marginRight: margin,
    marginTop: 0,
    marginBottom: 42,
    x: { domain: [-reach, reach], label: t.x[scale], labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
    y: { axis: null, domain: [bottom, 0] },
    marks: [
      ruleY(shown.map((_, f) => f * block + head + lane / 2), { stroke: tones.grid.light }),
      ruleX([0], { stroke: tones.muted.light }),
      // A thin edge keeps the palest marks visible on paper.
      ...ramp.map(({ light }) => dot(dots.filter(({ colour }) => colour === light), { x: 'x', y: 'y', r: radius, fill: light, stroke: ramp[ramp.length - 2].light, strokeWidth: 0.5 })),
    ],
  })}${shown.map(({ feature }, f) => label(margin, f * block + 13, fitText(feature, width), { over: true })).join('')}<g transform="translate(0,${height + 12})">${key(t.low, t.high, t.colour)}</g>`;
  return {
    type: 'figure',
    name: `shap-beeswarm-${model.replace(' ', '-')}`,
    title: t.of(name),
    caption: t.caption(numbers.count(cases.length), (importance.length > most ? t.first(numbers.count(most), numbers.count(importance.length)) : '') + (beyond > 0 ? t.beyond(numbers.count(beyond)) : '')),
    alternative,
    svg: svgDocument({ height: height + 28, alternative, body }),
  };
}

/** How far the axis goes: to the largest value, or to three times the 95th percentile where a few values are far beyond that. */
function reachOf(values: readonly number[]): { reach: number; beyond: number } {
  const sizes = values.map(Math.abs).sort((a, b) => a - b);
  const largest = Math.max(1e-12, sizes.at(-1) ?? 0);
  const usual = 3 * (sizes[Math.floor(0.95 * (sizes.length - 1))] ?? 0);
  const reach = usual > 0 && largest > 1.5 * usual ? usual : 1.05 * largest;
  return { reach, beyond: sizes.filter((size) => size > reach).length };
}

/** Shade of each value by its rank: the lowest fifth 0, the highest 4. Of few distinct values each has its own; the middle one where all are equal. */
function shadesOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const last = ramp.length - 1;
  const distinct = sorted.filter((value, i) => value !== sorted[i - 1]);
  if (distinct.length === 1) return values.map(() => last >> 1);
  if (distinct.length <= ramp.length) return values.map((value) => Math.round((last * distinct.indexOf(value)) / (distinct.length - 1)));
  return values.map((value) => Math.round((last * (sorted.indexOf(value) + sorted.lastIndexOf(value))) / (2 * (sorted.length - 1))));
}

function key(low: string, high: string, name: string): string {
  const start = drawingWidth / 2 - 34;
  const marks = ramp.map(({ light }, i) => `<circle cx="${start + i * 17}" cy="0" r="5" fill="${light}" stroke="${ramp[ramp.length - 2].light}" stroke-width="0.5"/>`).join('');
  return `${label(start - 12, 4, `${name}: ${low}`, { anchor: 'end' })}${marks}${label(start + 4 * 17 + 12, 4, high)}`;
}

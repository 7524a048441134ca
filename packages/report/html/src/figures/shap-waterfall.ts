import type { Figure } from '@radloom/core';
import { texts } from '../language.js';
import { isAsked } from '../reading/evaluated.js';
import { type ExplainedCase, type ExplainedModel, explainedModels } from '../reading/explanation.js';
import type { FigureModule, ReportContext } from '../section.js';
import { modelName } from '../words/index.js';
import { drawingWidth, label, svgDocument } from './drawing.js';
import { seriesStyle, tones } from './palette.js';
import { fitText } from './text-width.js';

const text = texts({
  en: {
    title: 'One prediction taken apart',
    of: (model: string) => `One prediction taken apart, ${model}`,
    base: 'Nothing known',
    others: (count: number) => `${count} other features`,
    prediction: 'Prediction',
    caption: (row: string, outcome: string, scale: string) => `Case ${row}, which had ${outcome}; chosen because its prediction is the upper quartile of all. From the mean of the training cases each feature moves the prediction, in ${scale}: solid bars raise it, hatched ones lower it.`,
    event: 'the event',
    noEvent: 'no event',
    scale: { probability: 'probability', 'log-odds': 'log odds' },
    alternative: (row: string, parts: string) => `Contributions to the prediction of case ${row}: ${parts}`,
    missing: 'no model has SHAP values',
  },
  zh: {
    title: '单个病例的预测分解',
    of: (model: string) => `单个病例的预测分解（${model}）`,
    base: '无任何信息',
    others: (count: number) => `其余 ${count} 个特征`,
    prediction: '预测值',
    caption: (row: string, outcome: string, scale: string) => `病例 ${row}（${outcome}），选取依据为其预测值处于全部病例的上四分位。从训练病例的均值出发，各特征依次改变预测值（${scale}）：实心条为升高，斜线条为降低。`,
    event: '发生事件',
    noEvent: '未发生事件',
    scale: { probability: '概率', 'log-odds': '对数几率' },
    alternative: (row: string, parts: string) => `病例 ${row} 的预测分解：${parts}`,
    missing: '没有模型给出 SHAP 值',
  },
});

export const shapWaterfall: FigureModule = {
  name: 'shap-waterfall',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'explanation',
  asked: (results) => isAsked(results, 'explanation'),
  available: (results) => explainedModels(results).some(({ cases }) => cases.length > 0) || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => explainedModels(results).filter(({ cases }) => cases.length > 0).slice(0, 1).map((entry) => waterfall(entry, context)),
};

const most = 9;
const head = 18;
const bar = 16;
const block = head + bar + 4;
const left = 10;
const right = drawingWidth - 64;

function waterfall({ model, scale = 'probability', cases, folds, tainted }: ExplainedModel, { language, words, numbers }: ReportContext): Figure {
  const t = text[language];
  const shown = typical(cases);
  const sorted = [...shown.contributions].sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || (a.feature < b.feature ? -1 : 1));
  const rest = sorted.slice(most);
  const steps = [
    ...sorted.slice(0, most).map(({ feature, x, value }) => ({ name: `${feature} = ${numbers.significant(x)}`, value })),
    ...(rest.length === 0 ? [] : [{ name: t.others(rest.length), value: rest.reduce((sum, { value }) => sum + value, 0) }]),
  ];
  let at = shown.base;
  const rows = steps.map(({ name, value }) => {
    const from = at;
    at += value;
    return { name, value, from, to: at };
  });
  const low = Math.min(shown.base, ...rows.map(({ to }) => to));
  const high = Math.max(shown.base, ...rows.map(({ to }) => to));
  const pad = Math.max(1e-12, high - low) * 0.06;
  const place = (value: number) => round(left + ((value - low + pad) / (high - low + 2 * pad)) * (right - left));
  const end = (rows.length + 1) * block;
  const style = { up: seriesStyle(1).light, down: seriesStyle(0).light };
  const bars = rows.map(({ name, value, from, to }, i) => {
    const y = (i + 1) * block + head;
    const [x1, x2] = [Math.min(place(from), place(to)), Math.max(place(from), place(to))];
    const shape = value >= 0 ? `<rect x="${x1}" y="${y}" width="${round(Math.max(1, x2 - x1))}" height="${bar}" fill="${style.up}"/>` : hatched(x1, y, Math.max(1, x2 - x1), style.down);
    const signed = `${value >= 0 ? '+' : ''}${numbers.decimal(value)}`;
    return { join: `<path d="M${place(to)},${y + bar}V${y + block}" stroke="${tones.muted.light}" fill="none"/>`, drawn: `${label(left, y - 5, fitText(name, drawingWidth - left - 4), { over: true })}${shape}${label(x2 + 5, y + 12, signed, { over: true })}` };
  });
  const whole = (y: number, name: string, value: number) => `${label(left, y - 5, `${words.label(name)}${numbers.decimal(value)}`, { weight: 600, over: true })}<path d="M${place(value)},${y}v${bar}" stroke="currentColor" stroke-width="2.5" fill="none"/>`;
  const joins = `<path d="M${place(shown.base)},${head + bar}V${head + block}" stroke="${tones.muted.light}" fill="none"/>${bars.map(({ join }) => join).join('')}`;
  const height = end + head + bar + 8;
  const name = words.marked(modelName(words.models, model), tainted);
  const alternative = words.sentence(t.alternative(shown.row, words.listed(rows.map((row) => `${row.name}: ${numbers.decimal(row.value)}`))));
  const row = [shown.row, ...(folds > 1 ? [shown.place] : [])].filter((part) => part !== '').join(', ');
  return {
    type: 'figure',
    name: `shap-waterfall-${model.replace(' ', '-')}`,
    title: t.of(name),
    caption: t.caption(row, shown.event ? t.event : t.noEvent, t.scale[scale]),
    alternative,
    svg: svgDocument({ height, alternative, body: joins + whole(head, t.base, shown.base) + bars.map((each) => each.drawn).join('') + whole(end + head, t.prediction, shown.prediction) }),
  };
}

/** The case at the upper quartile: with a high prediction, but not the most extreme one. */
function typical(cases: readonly ExplainedCase[]): ExplainedCase {
  const order = [...cases].sort((a, b) => a.prediction - b.prediction || (a.row < b.row ? -1 : 1));
  return order[Math.floor((3 * (order.length - 1)) / 4)];
}

/** A bar of slanted lines in a frame, which differs from a filled one in grey too; cut by hand, for a pattern would need an id. */
function hatched(x: number, y: number, width: number, colour: string): string {
  const lines: string[] = [];
  for (let start = -bar; start < width; start += 5) {
    const from = Math.max(0, start);
    const to = Math.min(width, start + bar);
    if (to > from) lines.push(`M${round(x + from)},${round(y + bar - (from - start))}L${round(x + to)},${round(y + bar - (to - start))}`);
  }
  return `<path d="${lines.join('')}" stroke="${colour}" stroke-width="1.2" fill="none"/><rect x="${x}" y="${y}" width="${round(width)}" height="${bar}" stroke="${colour}" fill="none"/>`;
}

const round = (value: number) => Number(value.toFixed(2));

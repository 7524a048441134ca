import type { Figure } from '@radloom/core';
import { texts } from '../language.js';
import { chosenFeatures, foldNote } from '../reading/chosen.js';
import { type Nomogram, nomograms } from '../reading/nomogram.js';
import { byModelSet } from '../reading/sets.js';
import type { FigureModule, Panel, ReportContext } from '../section.js';
import { modelName } from '../words/index.js';
import { drawingWidth, label, svgDocument } from './drawing.js';
import { fitText, textWidth } from './text-width.js';

const text = texts({
  en: {
    title: 'Nomogram',
    of: (model: string) => `Nomogram, ${model}`,
    points: 'Points',
    total: 'Total points',
    probability: 'Predicted probability of the event',
    caption: 'For each feature read the points above its value; their sum on the scale of total points stands above the predicted probability. Axes span the training cases; values are as the model was given them, after the steps of the selection.',
    alternative: (features: string) => `Nomogram with the axes ${features}`,
    missing: 'no logistic model uses up to 15 features whose range is known',
  },
  zh: {
    title: '列线图',
    of: (model: string) => `列线图（${model}）`,
    points: '得分',
    total: '总分',
    probability: '事件的预测概率',
    caption: '由各特征取值向上读出得分，将得分相加，在总分轴上向下读出预测概率。各轴范围为训练病例的取值范围；取值为经筛选步骤处理后输入模型的值。',
    alternative: (features: string) => `列线图，各轴为：${features}`,
    missing: '没有使用不超过 15 个已知取值范围特征的逻辑回归模型',
  },
});

const most = 15;
const drawable = (found: readonly Nomogram[]) => found.filter(({ features }) => features.length <= most);

export const nomogram: FigureModule = {
  name: 'nomogram',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'explanation',
  asked: (results) => nomograms(results).length > 0,
  available: (results) => drawable(nomograms(results)).length > 0 || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => byModelSet(results.study, drawable(nomograms(results))).flatMap(({ set, entries }) => entries.map((found): Panel => ({ ...figure(found, foldNote(chosenFeatures(results)!, context.words.oneOf), context), ...(set === undefined ? {} : { set }) }))),
};

const left = 18;
const right = drawingWidth - 20;
const block = 46;

function figure(found: Nomogram, note: readonly string[], { language, words }: ReportContext): Figure {
  const t = text[language];
  const place = (points: number, span: number) => left + (points / span) * (right - left);
  const rows: string[] = [];
  const row = (name: string, weight: number | undefined, ticks: readonly Tick[], from: number, to: number) => rows.push(axis(rows.length * block, name, weight, ticks, from, to));
  row(t.points, 600, ticksBetween(0, 100, 10).map((value) => ({ at: place(value, 100), text: String(value) })), left, right);
  found.features.forEach(({ feature, spread }, f) => {
    const at = (value: number) => place(found.points(f, value), 100);
    const ends = [at(spread.low), at(spread.high)];
    row(feature, undefined, featureTicks(spread.low, spread.high).map((value) => ({ at: at(value), text: plainNumber(value) })), Math.min(...ends), Math.max(...ends));
  });
  const span = Math.ceil(found.most / 10) * 10;
  row(t.total, 600, ticksBetween(0, span, 8).map((value) => ({ at: place(value, span), text: String(value) })), left, right);
  const risks = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99].map((risk) => ({ at: place(found.total(risk), span), text: String(risk) })).filter(({ at }) => at >= left && at <= right);
  row(t.probability, 600, risks, risks[0]?.at ?? left, risks.at(-1)?.at ?? left);
  const name = words.marked(modelName(words.models, found.model), found.tainted);
  const alternative = words.sentence(t.alternative(words.listed(found.features.map(({ feature }) => feature))));
  return { type: 'figure', name: `nomogram-${found.model.replace(' ', '-')}`, title: t.of(name), caption: words.joined([t.caption, ...note]), alternative, svg: svgDocument({ height: rows.length * block + 4, alternative, body: rows.join('') }) };
}

interface Tick {
  readonly at: number;
  readonly text: string;
}

/** A name, a line, marks below it with their numbers; numbers that would touch the one before are left out. */
function axis(top: number, name: string, weight: number | undefined, ticks: readonly Tick[], from: number, to: number): string {
  const y = top + 20;
  const sorted = [...ticks].sort((a, b) => a.at - b.at);
  let free = -Infinity;
  const numbers = sorted.map(({ at, text: number }) => {
    const half = textWidth(number) / 2;
    if (at - half < free) return '';
    free = at + half + 3;
    return label(round(at), y + 17, number, { anchor: 'middle' });
  });
  const marks = sorted.map(({ at }) => `M${round(at)},${y}v4`).join('');
  return `${label(left - 6, top + 12, fitText(name, drawingWidth - left), weight === undefined ? {} : { weight })}<path d="M${round(from)},${y}H${round(to)}${marks}" stroke="currentColor" fill="none"/>${numbers.join('')}`;
}

/** Round numbers within a range, about so many. */
function ticksBetween(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough - 1e-12 * power)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The ends and round numbers between them; a yes or no has its two values. */
function featureTicks(low: number, high: number): number[] {
  return low === 0 && high === 1 ? [0, 1] : ticksBetween(low, high, 6);
}

function plainNumber(value: number): string {
  if (value === 0) return '0';
  const written = Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3 ? value.toExponential(1).replace('e+', 'e') : String(Number(value.toPrecision(4)));
  return written.replaceAll('-', '−');
}

const round = (value: number) => Number(value.toFixed(2));

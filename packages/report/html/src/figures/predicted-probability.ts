import { dot, ruleX, ruleY } from '@observablehq/plot';
import { texts } from '../language.js';
import { pooledSets, type PooledSet, predictionSets } from '../reading/predictions.js';
import type { FigureModule, Panel, ReportContext } from '../section.js';
import { chart, drawingWidth, label, svgDocument } from './drawing.js';
import { longest } from './legend.js';
import { seriesStyle, tones } from './palette.js';
import { inSet, nameInPanel, type PanelEntries, panelEntries } from './panels.js';
import { swarmLevels } from './swarm.js';

const text = texts({
  en: {
    title: (role: string) => `Predicted probability by outcome, ${role}`,
    plain: 'Predicted probability by outcome',
    x: 'Predicted probability of the event',
    caption: "Each mark is a prediction: filled squares are of cases that had the event, hollow circles of cases that had not. Dashed line: the model's threshold.",
    alternative: (models: string, rows: number) => `Predicted probabilities of ${rows} cases, one row a model and outcome: ${models}.`,
    missing: 'no predictions were given',
  },
  zh: {
    title: (role: string) => `${role}各结局的预测概率`,
    plain: '各结局的预测概率',
    x: '事件的预测概率',
    caption: '每个标记代表一次预测：实心方块为发生事件的病例，空心圆为未发生者。虚线为模型阈值。',
    alternative: (models: string, rows: number) => `${rows} 个病例的预测概率，按模型与结局分行：${models}。`,
    missing: '没有预测结果',
  },
});

export const predictedProbability: FigureModule = {
  name: 'predicted-probability',
  title: { en: text.en.plain, zh: text.zh.plain },
  section: 'predictions',
  available: (results) => predictionSets(results).length > 0 || { en: text.en.missing, zh: text.zh.missing },
  // Cases that the models never saw tell most; where there are none, those held out in turn.
  draw: (results, context) => panelEntries(results, pooledSets(results).filter(({ role }) => role !== 'training')).map((found) => strips(found, context)),
};

const lane = 30;
const head = 20;
const block = head + 2 * lane + 8;
const radius = 3.2;
/** Models in one drawing. */
const most = 12;

function strips({ role, set, entries }: PanelEntries<PooledSet>, { language, words }: ReportContext): Panel {
  const t = text[language];
  const sets = entries.slice(0, most);
  const outcomes = [words.event, words.noEvent];
  const marginLeft = Math.ceil(longest(outcomes)) + 14;
  const width = drawingWidth - marginLeft - 14;
  const bottom = sets.length * block;
  const height = bottom + 46;
  const dots = sets.flatMap((pooled, m) => [1, 0].flatMap((outcome, row) => laneDots(pooled, outcome, m * block + head + (row + 0.5) * lane, width)));
  const thresholds = sets.map(({ threshold = NaN }, m) => ({ x: threshold, top: m * block + head, bottom: m * block + head + 2 * lane }));
  const names = sets.map(({ model, tainted }) => words.marked(nameInPanel(words, model, set), tainted));
  const { light: colour } = seriesStyle(0);
  const { light: eventColour } = seriesStyle(1);
  const body = `${chart({
    height,
    marginLeft,
    marginRight: 14,
    marginTop: 0,
    marginBottom: 46,
    x: { domain: [0, 1], label: t.x, labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
    y: { axis: null, domain: [bottom, 0] },
    marks: [
      ruleY(sets.flatMap((_, m) => [0.5, 1.5].map((row) => m * block + head + row * lane)), { stroke: tones.grid.light }),
      ...thresholds.filter(({ x }) => x >= 0 && x <= 1).map(({ x, top, bottom }) => ruleX([x], { y1: top, y2: bottom, stroke: tones.muted.light, strokeDasharray: '5 3' })),
      dot(dots.filter((point) => !point.event), { x: 'x', y: 'y', r: radius, fill: tones.surface.light, stroke: colour, strokeWidth: 1.4 }),
      dot(dots.filter((point) => point.event), { x: 'x', y: 'y', r: radius, symbol: 'square', fill: eventColour, stroke: eventColour, strokeWidth: 1 }),
    ],
  })}${sets.map((_, m) => label(0, m * block + 14, names[m], { weight: 600 }) + outcomes.map((outcome, row) => label(marginLeft - 8, m * block + head + (row + 0.5) * lane + 4, outcome, { anchor: 'end', fill: tones.muted.light })).join('')).join('')}`;
  const alternative = t.alternative(words.listed(names), sets[0].rows);
  return inSet({ type: 'figure', name: `predicted-probability-${role}`, title: words.ofSet(t.title(words.sets[role]), set), caption: t.caption, alternative, svg: svgDocument({ height, alternative, body }) }, set);
}

/** The cases of one outcome around their lane, none hidden behind another where there is room. */
function laneDots({ outcome, probability }: PooledSet, wanted: number, middle: number, width: number): { x: number; y: number; event: boolean }[] {
  const positions = probability.filter((value, i) => outcome[i] === wanted && Number.isFinite(value));
  const levels = swarmLevels(positions, (2 * radius + 1) / width);
  const step = Math.min(2 * radius + 0.6, (lane / 2 - radius) / Math.max(1, ...levels.map(Math.abs)));
  return positions.map((x, i) => ({ x, y: middle - levels[i] * step, event: wanted === 1 }));
}

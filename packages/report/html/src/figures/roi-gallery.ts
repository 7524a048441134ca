import type { Figure } from '@radloom/core';
import { texts } from '../language.js';
import { hasUnusualLevels, imageNames, type Overview, overviews, type View } from '../reading/overviews.js';
import type { FigureModule, ReportContext } from '../section.js';
import { drawingWidth, fontSize, label, svgDocument } from './drawing.js';
import { tones } from './palette.js';
import { greyPng } from './png.js';
import { wrapText } from './text-width.js';

const text = texts({
  en: {
    title: 'Regions of interest',
    some: (from: number, to: number) => (from === to ? `Regions of interest, ${from}` : `Regions of interest, ${from} to ${to}`),
    caption: 'Axial, coronal and sagittal slice in which the region is largest, and its outline. The patient’s left is on the right, the back at the bottom or on the right, the head at the top.',
    volume: (millilitres: string) => `${millilitres} ml`,
    levels: (levels: string) => `${levels} grey levels`,
    unusual: 'unusual number',
    failed: 'not analysed',
    missing: 'no case could be described',
  },
  zh: {
    title: '感兴趣区',
    some: (from, to) => (from === to ? `感兴趣区，第 ${from} 例` : `感兴趣区，第 ${from}～${to} 例`),
    caption: '感兴趣区面积最大的轴位、冠状位与矢状位层面及其轮廓。患者左侧位于图像右侧，背侧位于下方或右侧，头侧位于上方。',
    volume: (millilitres) => `${millilitres} ml`,
    levels: (levels) => `灰度级数 ${levels}`,
    unusual: '级数异常',
    failed: '未能分析',
    missing: '没有可描述的病例',
  },
});

export const roiGallery: FigureModule = {
  name: 'roi-gallery',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'regions',
  asked: ({ overviews: gathered }) => gathered.length > 0,
  available: (results) => overviews(results).some(({ views }) => views.length > 0) || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => {
    const shown = inGallery(overviews(results));
    const several = imageNames(results).length > 1;
    const panels = Array.from({ length: Math.ceil(shown.length / casesAPanel) }, (_, p) => shown.slice(p * casesAPanel, (p + 1) * casesAPanel));
    return panels.map((cases, p) => panel(cases, p, panels.length, several, context));
  },
};

/** Pictures of so many cases; more would make the report heavy. */
export const mostCases = 24;
const casesAPanel = 6;

/** Those with an unusual number of grey levels or without features first, then the others in order. */
function inGallery(all: readonly Overview[]): Overview[] {
  const seen = all.filter(({ views }) => views.length > 0);
  const odd = (overview: Overview) => hasUnusualLevels(overview) || overview.levels === undefined;
  return [...seen.filter(odd), ...seen.filter((overview) => !odd(overview))].slice(0, mostCases);
}

const side = 102;
const gap = 6;
const rowHeight = side + 14;

function panel(cases: readonly Overview[], p: number, panels: number, several: boolean, context: ReportContext): Figure {
  const { language, words } = context;
  const t = text[language];
  const rows = cases.map((overview, i) => row(overview, i * rowHeight + 1, several, context));
  const title = panels === 1 ? t.title : t.some(p * casesAPanel + 1, p * casesAPanel + cases.length);
  const alternative = words.sentence(rows.map(({ said }) => said).join('; '));
  return { type: 'figure', name: panels === 1 ? 'roi-gallery' : `roi-gallery-${p + 1}`, title, caption: p === 0 ? t.caption : '', alternative, svg: svgDocument({ height: cases.length * rowHeight, alternative, body: rows.map(({ svg }) => svg).join('') }) };
}

function row(overview: Overview, y: number, several: boolean, { language, numbers, words }: ReportContext): { svg: string; said: string } {
  const t = text[language];
  const pictures = overview.views.slice(0, 3).map((view, i) => picture(view, i * (side + gap) + 1, y));
  const x = 3 * (side + gap) + 8;
  const room = drawingWidth - x;
  const facts = [
    ...(several ? [overview.image] : []),
    ...(overview.millilitres === undefined ? [] : [t.volume(numbers.significant(overview.millilitres))]),
    ...(overview.levels === undefined ? [t.failed] : [t.levels(numbers.count(overview.levels))]),
    ...(hasUnusualLevels(overview) ? [t.unusual] : []),
  ];
  const lines = [...wrapText(overview.case, room / 1.1).map((part) => ({ part, weight: 600 })), ...facts.flatMap((fact) => wrapText(fact, room)).map((part) => ({ part, weight: undefined }))];
  const written = lines.map(({ part, weight }, i) => label(x, y + fontSize + i * (fontSize + 5), part, { weight }));
  return { svg: pictures.join('') + written.join(''), said: words.label(overview.case) + words.listed(facts) };
}

/** A square of the same millimetres in each of the three; pixels of slices are taller than wide. */
function picture({ pixels, width, height, outline }: View, x: number, y: number): string {
  const path = scaled(outline, x, y, side / width, side / height);
  const line = (colour: string, thickness: number) => `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${thickness}" stroke-linecap="square"/>`;
  return [
    `<image x="${x}" y="${y}" width="${side}" height="${side}" preserveAspectRatio="none" href="${greyPng(pixels, width, height)}"/>`,
    line('#111111', 2.6),
    line(outlineColour, 1.3),
    `<rect x="${x}" y="${y}" width="${side}" height="${side}" fill="none" stroke="${tones.grid.light}"/>`,
  ].join('');
}

/** The outline's `M`, `h` and `v` on the drawing's own scale: not every program that draws SVG keeps a line's width under a transform. */
function scaled(outline: string, x: number, y: number, across: number, down: number): string {
  return outline.replaceAll(/M(\d+) (\d+)|h(\d+)|v(\d+)/g, (_, left, top, h, v) => (h !== undefined ? `h${round(Number(h) * across)}` : v !== undefined ? `v${round(Number(v) * down)}` : `M${round(x + Number(left) * across)} ${round(y + Number(top) * down)}`));
}

/** Bright on any grey, with a dark border so that it is seen on white too; the same on dark screens, where the picture is the same. */
const outlineColour = '#ffd60a';

const round = (value: number) => Number(value.toFixed(3));


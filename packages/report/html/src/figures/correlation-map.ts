import { texts } from '../language.js';
import { chosenFeatures, foldNote } from '../reading/chosen.js';
import type { FigureModule } from '../section.js';
import { drawingWidth, label, svgDocument } from './drawing.js';
import { diverging, tones } from './palette.js';
import { fitText } from './text-width.js';

const text = texts({
  en: {
    title: 'Correlation of the selected features',
    methods: { pearson: 'Pearson', spearman: 'Spearman' } as Readonly<Record<string, string>>,
    caption: (method: string, numbers: boolean) => `${method} correlation of every two selected features in the training cases; blue negative, orange positive, the stronger the darker.${numbers ? '' : ' A minus sign marks negative ones.'}`,
    alternative: (strongest: string) => `Correlations of the selected features; strongest: ${strongest}`,
    pair: (a: string, b: string, r: string) => `${a} with ${b} ${r}`,
    first: (shown: number, all: number) => ` The first ${shown} of ${all} features.`,
    missing: 'fewer than two features were selected',
  },
  zh: {
    title: '入选特征的相关性',
    methods: { pearson: 'Pearson', spearman: 'Spearman' } as Readonly<Record<string, string>>,
    caption: (method: string, numbers: boolean) => `训练病例中入选特征两两之间的 ${method} 相关系数；蓝色为负，橙色为正，颜色越深相关越强。${numbers ? '' : '负相关以减号标出。'}`,
    alternative: (strongest: string) => `入选特征的相关系数；最强者：${strongest}`,
    pair: (a: string, b: string, r: string) => `${a} 与 ${b}：${r}`,
    first: (shown: number, all: number) => `共 ${all} 个特征，此处显示前 ${shown} 个。`,
    missing: '入选特征不足两个',
  },
});

const most = 30;
/** Up to so many features the numbers fit into their cells. */
const written = 11;
const left = 26;
const top = 22;

export const correlationMap: FigureModule = {
  name: 'correlation',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'selected-features',
  asked: (results) => chosenFeatures(results) !== undefined,
  available: (results) => {
    const chosen = chosenFeatures(results);
    return (chosen?.correlation !== undefined && chosen.features.length > 1) || { en: text.en.missing, zh: text.zh.missing };
  },
  draw: (results, { language, words, numbers }) => {
    const t = text[language];
    const chosen = chosenFeatures(results)!;
    const all = chosen.features.length;
    const count = Math.min(most, all);
    const side = Math.min(58, (drawingWidth - left - 4) / count);
    const r = (i: number, j: number) => chosen.correlation![i * all + j];
    const cells = Array.from({ length: count * count }, (_, at) => {
      const [i, j] = [Math.floor(at / count), at % count];
      const value = r(i, j);
      const [x, y] = [left + j * side, top + i * side];
      const tone = shadeOf(value);
      const ink = tone === diverging[0].light || tone === diverging[6].light ? tones.surface.light : undefined;
      const inside = count <= written ? short(value) : value < 0 ? '−' : '';
      return `<rect x="${round(x)}" y="${round(y)}" width="${round(side - 1)}" height="${round(side - 1)}" fill="${tone}"/>${inside === '' ? '' : label(round(x + (side - 1) / 2), round(y + side / 2 + 4), inside, { anchor: 'middle', fill: ink })}`;
    });
    const numbering = Array.from({ length: count }, (_, i) => label(left - 6, round(top + i * side + side / 2 + 4), String(i + 1), { anchor: 'end' }) + label(round(left + i * side + side / 2), top - 6, String(i + 1), { anchor: 'middle' }));
    const bottom = top + count * side + 20;
    const names = chosen.features.slice(0, count).map((feature, i) => label(left - 6, round(bottom + i * 16), String(i + 1), { anchor: 'end' }) + label(left + 2, round(bottom + i * 16), fitText(feature, drawingWidth - left - 6)));
    const pairs = Array.from({ length: count }, (_, i) => Array.from({ length: i }, (_unused, j) => ({ i, j }))).flat().sort((a, b) => Math.abs(r(b.i, b.j)) - Math.abs(r(a.i, a.j)));
    const alternative = words.sentence(t.alternative(pairs.slice(0, 3).map(({ i, j }) => t.pair(chosen.features[j], chosen.features[i], numbers.decimal(r(i, j)))).join('; ')));
    const caption = words.joined([t.caption(t.methods[chosen.method ?? 'pearson'] ?? '', count <= written) + (count < all ? t.first(count, all) : ''), ...foldNote(chosen, words.oneOf)]);
    return [{ type: 'figure', name: 'correlation', title: t.title, caption, alternative, svg: svgDocument({ height: round(bottom + count * 16), alternative, body: cells.join('') + numbering.join('') + names.join('') }) }];
  },
};

/** One of seven tones: the middle one up to 0.1, then in equal steps. */
function shadeOf(value: number): string {
  if (Number.isNaN(value)) return diverging[3].light;
  const size = Math.abs(value) <= 0.1 ? 0 : Math.min(3, Math.floor((Math.abs(value) - 0.1) / 0.3) + 1);
  return diverging[3 + Math.sign(value) * size].light;
}

/** `−.42`, `1` */
const short = (value: number) => (Number.isNaN(value) ? '–' : Math.abs(value) > 0.995 ? `${value < 0 ? '−' : ''}1` : value.toFixed(2).replace('-', '−').replace('0.', '.'));
const round = (value: number) => Number(value.toFixed(2));

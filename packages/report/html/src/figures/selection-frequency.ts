import { texts } from '../language.js';
import { selectionFrequency } from '../reading/chosen.js';
import type { FigureModule } from '../section.js';
import { drawingWidth, label, svgDocument } from './drawing.js';
import { seriesStyle, tones } from './palette.js';
import { fitText } from './text-width.js';

const text = texts({
  en: {
    title: 'How often features are selected',
    caption: (folds: string, more: string, stability: string) => `Share of the ${folds} folds whose selection kept the feature.${more}${stability}`,
    more: (shown: string, all: string) => ` The ${shown} most frequent of ${all} features that any fold kept.`,
    stability: (value: string) => ` Stability of the selection (Nogueira): ${value}; 1 the same in every fold, 0 as by chance.`,
    alternative: (parts: string) => `Share of folds that selected each feature: ${parts}`,
    missing: 'no fold selected a feature',
  },
  zh: {
    title: '特征入选频率',
    caption: (folds: string, more: string, stability: string) => `${folds} 折中保留该特征的折所占比例。${more}${stability}`,
    more: (shown: string, all: string) => `共有 ${all} 个特征曾入选，此处显示最常见的 ${shown} 个。`,
    stability: (value: string) => `筛选稳定性（Nogueira）：${value}；1 表示各折完全一致，0 表示与随机无异。`,
    alternative: (parts: string) => `各特征入选的折所占比例：${parts}`,
    missing: '各折均无特征入选',
  },
});

const most = 20;
const block = 34;

export const selectionFrequencyFigure: FigureModule = {
  name: 'selection-frequency',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'selected-features',
  asked: (results) => selectionFrequency(results) !== undefined,
  available: (results) => (selectionFrequency(results)?.features.length ?? 0) > 0 || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, { language, words, numbers }) => {
    const t = text[language];
    const { folds, features, stability } = selectionFrequency(results)!;
    const shown = features.slice(0, most);
    const width = drawingWidth - 54;
    const { light: colour } = seriesStyle(0);
    const bars = shown.map(({ feature, count }, i) => {
      const y = i * block;
      const length = Number(((width * count) / folds).toFixed(2));
      return `${label(0, y + 13, fitText(feature, drawingWidth))}<rect x="0" y="${y + 18}" width="${width}" height="10" fill="${tones.soft.light}"/><rect x="0" y="${y + 18}" width="${length}" height="10" fill="${colour}"/>${label(width + 8, y + 28, `${Math.round((100 * count) / folds)}%`)}`;
    });
    const alternative = words.sentence(t.alternative(words.listed(shown.slice(0, 8).map(({ feature, count }) => `${feature} ${Math.round((100 * count) / folds)}%`))));
    const more = shown.length < features.length ? t.more(numbers.count(shown.length), numbers.count(features.length)) : '';
    const measured = stability === undefined || Number.isNaN(stability.value) ? '' : t.stability(numbers.estimate(stability.value, stability.lower, stability.upper));
    return [{ type: 'figure', name: 'selection-frequency', title: t.title, caption: t.caption(numbers.count(folds), more, measured), alternative, svg: svgDocument({ height: shown.length * block + 4, alternative, body: bars.join('') }) }];
  },
};

import { html } from '../html.js';
import { texts } from '../language.js';
import { selectionFrequency } from '../reading/chosen.js';
import { whyMissing } from '../reading/failures.js';
import { type ImageType, parseFeatureName } from '../reading/feature-name.js';
import { selectedFeatures, selectionChain } from '../reading/selection.js';
import type { Section } from '../section.js';
import { nameOf, type Words } from '../words/index.js';

const text = texts({
  en: {
    title: 'Selected features',
    table: 'Features that the selection kept, largest coefficient first',
    family: 'Family',
    image: 'Image',
    coefficient: 'Coefficient',
    frequency: (folds: string) => `Chosen, of ${folds} folds`,
    column: 'Column of the feature table',
    log: 'LoG: Laplacian of Gaussian.',
    nothing: 'No feature was selected: the data at hand support none under these settings.',
    missing: 'no selection step was given',
  },
  zh: {
    title: '入选特征',
    table: '筛选后保留的特征，按系数绝对值排列',
    family: '类别',
    image: '图像类型',
    coefficient: '系数',
    frequency: (folds: string) => `入选折数（共 ${folds} 折）`,
    column: '特征表列名',
    log: 'LoG：高斯拉普拉斯滤波。',
    nothing: '没有特征入选：在当前设置下，现有数据不支持任何特征。',
    missing: '没有特征筛选步骤',
  },
});

export const selected: Section = {
  id: 'selected-features',
  title: { en: text.en.title, zh: text.zh.title },
  available: (results) => selectionChain(results).length > 0 || whyMissing(results.models, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, { language, words, numbers }) => {
    const t = text[language];
    const chain = selectionChain(results);
    const features = selectedFeatures(chain);
    if (features.length === 0) return [{ kind: 'prose', html: html`<p>${t.nothing}</p>` }];
    const frequency = selectionFrequency(results);
    const times = new Map(frequency?.features.map(({ feature, count }) => [feature, count]));
    const known = features.some(({ coefficient }) => coefficient !== undefined);
    return [
      {
        kind: 'table',
        table: {
          name: 'selected-features',
          title: words.marked(t.table, chain.some(({ tainted }) => tainted)),
          columns: [
            { label: words.feature, form: 'text' },
            { label: t.family, form: 'text' },
            { label: t.image, form: 'text' },
            ...(known ? [{ label: t.coefficient, form: 'significant' as const }] : []),
            ...(frequency === undefined ? [] : [{ label: t.frequency(numbers.count(frequency.folds)), form: 'count' as const }]),
            { label: t.column, form: 'name' },
          ],
          rows: features.map(({ name, coefficient }) => {
            const parsed = parseFeatureName(name);
            const parts = parsed === undefined ? [name, undefined, undefined] : [parsed.feature, nameOf(words.families, parsed.family), imageName(parsed.image, words)];
            return { cells: [...parts, ...(known ? [coefficient] : []), ...(frequency === undefined ? [] : [times.get(name) ?? 0]), name] };
          }),
          notes: [...(features.some(({ name }) => parseFeatureName(name)?.image.kind === 'log-sigma') ? [t.log] : []), ...(chain.some(({ tainted }) => tainted) ? [words.taintedNote] : [])],
          limit: 50,
        },
      },
    ];
  },
};

function imageName({ kind, detail }: ImageType, words: Words): string {
  const name = nameOf(words.images, kind);
  return detail === undefined ? name : `${name} ${detail}`;
}

import { html } from '../html.js';
import { texts } from '../language.js';
import { selectionFrequency } from '../reading/chosen.js';
import { whyMissing } from '../reading/failures.js';
import { type ImageType, parseFeatureName } from '../reading/feature-name.js';
import { selectedFeatures, selectionChain, selectionPlaces } from '../reading/selection.js';
import type { Section } from '../section.js';
import { nameOf, placeNote, type Words } from '../words/index.js';

const text = texts({
  en: {
    title: 'Selected features',
    table: 'Features that the selection kept, those that weigh most first',
    perDeviation: 'Per SD',
    column: 'Column of the feature table',
    units: 'Coefficient: change of the log odds for one unit of the feature, whose units differ; per SD: for one standard deviation in the training cases, to compare features by.',
    family: 'Family',
    image: 'Image',
    coefficient: 'Coefficient',
    frequency: (folds: string) => `Chosen, of ${folds} folds`,
    log: 'LoG: Laplacian of Gaussian.',
    nothing: 'No feature was selected: the data at hand support none under these settings.',
    missing: 'no selection step was given',
  },
  zh: {
    title: '入选特征',
    table: '筛选后保留的特征，按权重排列',
    perDeviation: '每标准差系数',
    column: '特征表列名',
    units: '系数：特征每增加一个单位时对数几率的变化，各特征单位不同；每标准差系数：在训练病例中增加一个标准差时的变化，可用于特征间比较。',
    family: '类别',
    image: '图像类型',
    coefficient: '系数',
    frequency: (folds: string) => `入选折数（共 ${folds} 折）`,
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
    const comparable = features.some(({ perDeviation }) => perDeviation !== undefined);
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
            ...(comparable ? [{ label: t.perDeviation, form: 'decimal' as const }] : []),
            ...(frequency === undefined ? [] : [{ label: t.frequency(numbers.count(frequency.folds)), form: 'count' as const }]),
            { label: t.column, form: 'name', fileOnly: true },
          ],
          rows: features.map(({ name, coefficient, perDeviation }) => {
            const parsed = parseFeatureName(name);
            const parts = parsed === undefined ? [name, undefined, undefined] : [parsed.feature, nameOf(words.families, parsed.family), imageName(parsed.image, words)];
            return { cells: [...parts, ...(known ? [coefficient] : []), ...(comparable ? [perDeviation] : []), ...(frequency === undefined ? [] : [times.get(name) ?? 0]), name] };
          }),
          notes: [...(comparable ? [t.units] : []), ...placeNote(selectionPlaces(results), words), ...(features.some(({ name }) => parseFeatureName(name)?.image.kind === 'log-sigma') ? [t.log] : []), ...(chain.some(({ tainted }) => tainted) ? [words.taintedNote] : [])],
          limit: 50,
        },
      },
    ];
  },
};

function imageName({ kind, detail, of }: ImageType, words: Words): string {
  const name = detail === undefined ? nameOf(words.images, kind) : `${nameOf(words.images, kind)} ${detail}`;
  return of === undefined ? name : words.label(of) + name;
}

import { texts } from '../language.js';
import { whyMissing } from '../reading/failures.js';
import { selectionChain, selectionPlaces } from '../reading/selection.js';
import type { Section } from '../section.js';
import { nameOf } from '../words/index.js';

const text = texts({
  en: {
    steps: 'Features before and after each step of the selection',
    before: 'Before',
    removed: 'Removed',
    after: 'After',
    place: (shown: string, all: number) => `The selection of ${shown} is shown, one of ${all}.`,
    missing: 'no selection step was given',
  },
  zh: {
    steps: '各筛选步骤前后的特征数',
    before: '筛选前',
    removed: '剔除',
    after: '筛选后',
    place: (shown: string, all: number) => `共 ${all} 次筛选，此处显示 ${shown}。`,
    missing: '没有特征筛选步骤',
  },
});

export const funnel: Section = {
  id: 'funnel',
  title: { en: 'Feature selection', zh: '特征筛选' },
  available: (results) => selectionChain(results).length > 0 || whyMissing(results.models, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, { language, words }) => {
    const t = text[language];
    const places = selectionPlaces(results);
    const chain = selectionChain(results);
    const count = (label: string) => ({ label, form: 'count' as const });
    return [
      {
        kind: 'table',
        table: {
          name: 'feature-funnel',
          title: t.steps,
          columns: [{ label: words.step, form: 'text' }, count(t.before), count(t.removed), count(t.after)],
          rows: chain.map(({ name, before, after, tainted, set }) => ({ ...(set === undefined ? {} : { group: set }), cells: [words.marked(nameOf(words.selectors, name), tainted), before, before - after, after] })),
          notes: [...(places.length > 1 ? [t.place(places[0], places.length)] : []), ...(chain.some(({ tainted }) => tainted) ? [words.taintedNote] : [])],
        },
      },
    ];
  },
};

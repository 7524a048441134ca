import { texts } from '../language.js';
import { whyMissing } from '../reading/failures.js';
import { predictionSets, type PredictionSet } from '../reading/predictions.js';
import type { Block, ReportContext, Section } from '../section.js';
import { modelName } from '../words/index.js';

const text = texts({
  en: {
    title: 'Predictions',
    cases: 'Predicted probability of the event, test cases',
    case: 'Case',
    outcome: 'Outcome',
    missing: 'no predictions were given',
  },
  zh: {
    title: '预测结果',
    cases: '测试集病例的预测概率',
    case: '病例',
    outcome: '结局',
    missing: '没有预测结果',
  },
});

export const predictions: Section = {
  id: 'predictions',
  title: { en: text.en.title, zh: text.zh.title },
  available: (results) => predictionSets(results).length > 0 || whyMissing(results.predictions, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, context) => {
    const test = predictionSets(results).filter((set) => set.predictions.role === 'test');
    return test.length === 0 ? [] : [caseTable(test, context)];
  },
};

/** More models are told by number in the heads of the table. */
const mostNamed = 6;

/** One row a test case, one column a model; events first. A case tested in several folds has a row in each. */
function caseTable(sets: readonly PredictionSet[], { language, words }: ReportContext): Block {
  const t = text[language];
  const models = [...new Set(sets.map((set) => set.model))];
  const several = sets.some((set) => set.place !== sets[0].place);
  const cases = new Map<string, { id: string; place: string; outcome: number; values: Map<string, number> }>();
  for (const { model, place, predictions } of sets) {
    predictions.rows.forEach((id, i) => {
      const key = JSON.stringify([place, id]);
      const found = cases.get(key) ?? { id, place, outcome: predictions.outcome[i], values: new Map<string, number>() };
      found.values.set(model, predictions.probability[i]);
      cases.set(key, found);
    });
  }
  const tainted = new Set(sets.filter((set) => set.tainted).map((set) => set.model));
  const named = (model: string) => words.marked(modelName(words.models, model), tainted.has(model));
  const numbered = models.length > mostNamed;
  return {
    kind: 'table',
    table: {
      name: 'predictions-test',
      title: t.cases,
      columns: [
        { label: t.case, form: 'name' },
        ...(several ? [{ label: words.fold, form: 'text' as const }] : []),
        { label: t.outcome, form: 'text' },
        ...models.map((model, m) => ({ label: named(model), form: 'decimal' as const, ...(numbered ? { head: String(m + 1) } : {}) })),
      ],
      rows: [...cases.values()]
        .sort((a, b) => b.outcome - a.outcome)
        .map(({ id, place, outcome, values }) => ({ cells: [id, ...(several ? [place] : []), outcome === 1 ? words.event : words.noEvent, ...models.map((model) => values.get(model))] })),
      notes: [...(numbered ? [words.listed(models.map((model, m) => `${m + 1} ${named(model)}`))] : []), ...(tainted.size > 0 ? [words.taintedNote] : [])],
      limit: 40,
    },
  };
}

import { texts } from '../language.js';
import { whyMissing } from '../reading/failures.js';
import { type Performance, performances } from '../reading/performance.js';
import { setsCompared } from '../reading/sets-compared.js';
import type { StudyResults } from '../reading/results.js';
import type { ReportContext, Section } from '../section.js';
import type { ReportTable, TableColumn } from '../table.js';
import { nameOf } from '../words/index.js';
import { cellOf, entryNotes, grouped, intervalNote, nameColumns } from './by-role.js';

const text = texts({
  en: {
    title: 'Performance',
    table: 'Performance of the models',
    sets: (set: string) => `AUC of every model for every set of predictors, ${set}`,
    counts: 'Confusion counts at the threshold, and further measures',
    foldMean: 'AUC over folds, mean',
    foldSd: 'SD',
    folds: 'Folds',
    abbreviations: 'PR AUC: area under the precision-recall curve; MCC: Matthews correlation coefficient.',
    bounds: 'AUC CI, bootstrap',
    missing: 'no evaluation was given',
  },
  zh: {
    title: '模型性能',
    table: '各模型的性能',
    sets: (set: string) => `各模型在各变量集上的 AUC（${set}）`,
    counts: '阈值处的混淆矩阵及其他指标',
    foldMean: '各折 AUC 均值',
    foldSd: '标准差',
    folds: '折数',
    abbreviations: 'PR AUC：精确率-召回率曲线下面积；MCC：马修斯相关系数。',
    bounds: 'AUC CI（自助法）',
    missing: '没有评价结果',
  },
});

export const performance: Section = {
  id: 'performance',
  title: { en: text.en.title, zh: text.zh.title },
  available: (results) => performances(results).length > 0 || whyMissing(results.metrics, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, context) => {
    const found = performances(results);
    const counts = countTable(found, context);
    const sets = setsTable(results, context);
    return [...(sets === undefined ? [] : [{ kind: 'table' as const, table: sets }]), { kind: 'table', table: performanceTable(found, context) }, ...(counts === undefined ? [] : [{ kind: 'table' as const, table: counts }])];
  },
};

/** The sets side by side, before the long tables of all measures; undefined where models have but one. */
function setsTable(results: StudyResults, context: ReportContext): ReportTable | undefined {
  const { language, words } = context;
  const compared = setsCompared(results);
  if (compared === undefined) return undefined;
  const { role, sets, models, auc, entries } = compared;
  return {
    name: 'sets',
    title: text[language].sets(words.sets[role]),
    columns: [{ label: words.model, form: 'text' }, ...sets.map((set) => ({ label: set, form: 'estimate' as const }))],
    rows: models.map((model) => ({ cells: [nameOf(words.models, model), ...sets.map((set) => cellOf(auc(set, model)?.metric))] })),
    notes: [intervalNote(entries, ['auc'], [nameOf(words.metrics, 'auc')], entries.find((entry) => entry.level !== undefined)?.level, context), ...entryNotes(entries, context)].filter((note) => note !== ''),
  };
}

/** Columns of the table, and the form of each; a measure that no entry has gets no column. */
const measures = ['auc', 'aucBootstrap', 'accuracy', 'sensitivity', 'specificity', 'ppv', 'npv', 'f1'] as const;

function performanceTable(found: readonly Performance[], context: ReportContext): ReportTable {
  const { language, words } = context;
  const t = text[language];
  const present = measures.filter((name) => found.some((entry) => entry.metrics.has(name)));
  return {
    name: 'performance',
    title: t.table,
    groups: words.set,
    columns: [
      ...nameColumns(found, context),
      // The bootstrap gives the same AUC other bounds: the value is printed once.
      ...present.map((name): TableColumn => (name === 'aucBootstrap' ? { label: t.bounds, form: 'interval' } : { label: nameOf(words.metrics, name), form: 'estimate' })),
    ],
    rows: grouped(found, context, (entry) =>
      present.map((name) => cellOf(entry.metrics.get(name))),
    ),
    notes: [intervalNote(found, present, present.map((name) => nameOf(words.metrics, name)), found.find((entry) => entry.level !== undefined)?.level, context), ...entryNotes(found, context)].filter((part) => part !== ''),
  };
}

/** Measures that stand beside the counts. */
const furtherMeasures = ['prAuc', 'mcc', 'brier', 'logLoss'] as const;

function countTable(found: readonly Performance[], context: ReportContext): ReportTable | undefined {
  const { language, words } = context;
  const t = text[language];
  const counted = found.some((entry) => entry.confusion !== undefined);
  const further = furtherMeasures.filter((name) => found.some((entry) => entry.metrics.has(name)));
  const folds = found.some((entry) => entry.aucOverFolds !== undefined);
  if (!counted && further.length === 0 && !folds) return undefined;
  const count = (label: string): TableColumn => ({ label, form: 'count' });
  const decimal = (label: string): TableColumn => ({ label, form: 'decimal' });
  return {
    name: 'counts',
    title: t.counts,
    groups: words.set,
    columns: [
      ...nameColumns(found, context),
      count(found.some(({ rows, cases }) => cases < rows) ? words.predictions : words.cases),
      count(words.events),
      decimal(words.threshold),
      ...(counted ? ['TP', 'FP', 'FN', 'TN'].map(count) : []),
      ...further.map((name): TableColumn => ({ label: nameOf(words.metrics, name), form: 'estimate' })),
      ...(folds ? [decimal(t.foldMean), decimal(t.foldSd), count(t.folds)] : []),
    ],
    rows: grouped(found, context, ({ rows, events, threshold, confusion, metrics, aucOverFolds }) => [
      rows,
      events,
      threshold,
      ...(counted ? [confusion?.tp, confusion?.fp, confusion?.fn, confusion?.tn] : []),
      ...further.map((name) => cellOf(metrics.get(name))),
      ...(folds ? [aucOverFolds?.mean, aucOverFolds?.sd, aucOverFolds?.folds] : []),
    ]),
    notes: further.length > 0 ? [intervalNote(found, further, further.map((name) => nameOf(words.metrics, name)), found.find((entry) => entry.level !== undefined)?.level, context), t.abbreviations].filter((note) => note !== '') : [],
  };
}

import type { Metric } from '@radloom/core';
import { texts } from '../language.js';
import { whyMissing } from '../reading/failures.js';
import { type Performance, performances, roles } from '../reading/performance.js';
import type { ReportContext, Section } from '../section.js';
import type { Cell, ReportTable, TableColumn } from '../table.js';
import { nameOf } from '../words/index.js';

const text = texts({
  en: {
    title: 'Performance',
    table: 'Performance of the models',
    counts: 'Confusion counts at the threshold, and further measures',
    foldMean: 'AUC over folds, mean',
    foldSd: 'SD',
    folds: 'Folds',
    abbreviations: 'PR AUC: area under the precision-recall curve; MCC: Matthews correlation coefficient.',
    bounds: 'AUC CI, bootstrap',
    intervals: (level: string, methods: readonly string[]) => `In brackets: ${level}confidence intervals. ${methods.join('; ')}.`,
    missing: 'no evaluation was given',
  },
  zh: {
    title: '模型性能',
    table: '各模型的性能',
    counts: '阈值处的混淆矩阵及其他指标',
    foldMean: '各折 AUC 均值',
    foldSd: '标准差',
    folds: '折数',
    abbreviations: 'PR AUC：精确率-召回率曲线下面积；MCC：马修斯相关系数。',
    bounds: 'AUC CI（自助法）',
    intervals: (level: string, methods: readonly string[]) => `括号内为 ${level}置信区间。${methods.join('；')}。`,
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
    return [{ kind: 'table', table: performanceTable(found, context) }, ...(counts === undefined ? [] : [{ kind: 'table' as const, table: counts }])];
  },
};

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
      present.map((name) => estimate(entry.metrics.get(name))),
    ),
    notes: [intervalNote(found, present, context), found.some((entry) => entry.tainted) ? words.taintedNote : '', ...entryNotes(found, context)].filter((part) => part !== ''),
  };
}

/** `AUC DeLong, accuracy Wilson`: measures that share a method are named together. */
function intervalNote(found: readonly Performance[], present: readonly string[], { language, words }: ReportContext): string {
  const methods = new Map<string, string[]>();
  for (const name of present) {
    const method = found.find((entry) => entry.metrics.get(name)?.interval !== undefined)?.metrics.get(name)?.interval;
    if (method !== undefined) methods.set(method, [...(methods.get(method) ?? []), nameOf(words.metrics, name)]);
  }
  return methods.size === 0 ? '' : text[language].intervals(words.level(found.find((entry) => entry.level !== undefined)?.level), [...methods].map(([method, names]) => `${words.label(words.listed(names))}${method}`));
}

/** Measures without intervals, which stand beside the counts. */
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
      count(words.cases),
      count(words.events),
      decimal(words.threshold),
      ...(counted ? ['TP', 'FP', 'FN', 'TN'].map(count) : []),
      ...further.map((name) => decimal(nameOf(words.metrics, name))),
      ...(folds ? [decimal(t.foldMean), decimal(t.foldSd), count(t.folds)] : []),
    ],
    rows: grouped(found, context, ({ rows, events, threshold, confusion, metrics, aucOverFolds }) => [
      rows,
      events,
      threshold,
      ...(counted ? [confusion?.tp, confusion?.fp, confusion?.fn, confusion?.tn] : []),
      ...further.map((name) => estimate(metrics.get(name))),
      ...(folds ? [aucOverFolds?.mean, aucOverFolds?.sd, aucOverFolds?.folds] : []),
    ]),
    notes: further.length > 0 ? [t.abbreviations] : [],
  };
}

function estimate(metric: Metric | undefined): Cell {
  return metric === undefined ? undefined : { value: metric.value, lower: metric.lower, upper: metric.upper, reason: metric.reason?.text };
}

/** `Stacking, test set: …` */
function entryNotes(found: readonly Performance[], { words }: ReportContext): string[] {
  return found.flatMap(({ model, role, place, notes }) => notes.map((note) => words.label(words.listed([nameOf(words.models, model), words.sets[role], ...(severalPlaces(found) ? [place] : [])])) + note));
}

const severalPlaces = (found: readonly Performance[]) => found.some((entry) => entry.place !== found[0].place);

function nameColumns(found: readonly Performance[], { words }: ReportContext): TableColumn[] {
  return [{ label: words.model, form: 'text' }, ...(severalPlaces(found) ? [{ label: words.fold, form: 'text' as const }] : [])];
}

/** One row an entry, training first, then out of fold, then test. */
function grouped(found: readonly Performance[], { words }: ReportContext, cells: (entry: Performance) => readonly Cell[]) {
  const several = severalPlaces(found);
  return roles.flatMap((role) =>
    found
      .filter((entry) => entry.role === role)
      .map((entry) => ({ group: words.roles[role], cells: [words.marked(nameOf(words.models, entry.model), entry.tainted), ...(several ? [entry.place] : []), ...cells(entry)] })),
  );
}

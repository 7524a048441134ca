import { texts } from '../language.js';
import { type Evaluated, evaluated, isAsked } from '../reading/evaluated.js';
import { whyMissing } from '../reading/failures.js';
import { number, text as textOf } from '../reading/plain.js';
import { roles } from '../reading/performance.js';
import { html } from '../html.js';
import type { Block, ReportContext, Section } from '../section.js';
import type { Cell, ReportTable, TableRow } from '../table.js';
import { modelName } from '../words/index.js';
import { cellOf, intervalNote } from './by-role.js';

const text = texts({
  en: {
    title: 'Comparison of the models',
    matrix: 'Paired DeLong tests: P values adjusted for the number of pairs',
    differences: 'Differences between the AUCs of two models on the same cases',
    reclassified: (reference: string) => `Reclassification against ${reference}`,
    number: 'No.',
    first: 'Model',
    against: 'Against',
    difference: 'AUC difference',
    p: 'P',
    adjusted: 'P, adjusted',
    nri: 'NRI',
    nriEvents: 'NRI, events',
    nriOthers: 'NRI, non-events',
    idi: 'IDI',
    method: (adjustment: string, tests: string) => `DeLong's test for paired curves; ${adjustment} over the ${tests} pairs of each set.`,
    continuous: 'NRI: net reclassification improvement, counting every change of probability; IDI: integrated discrimination improvement. Both can favour a model that is merely overconfident: read them beside calibration and net benefit.',
    cut: (cuts: string) => `NRI: net reclassification improvement across ${cuts}; IDI: integrated discrimination improvement. Both can favour a model that is merely overconfident: read them beside calibration and net benefit.`,
    differing: (set: string, differing: string, tests: string, alpha: string) => `Pairs of models whose AUCs differ (adjusted P below ${alpha}), ${set}: ${differing} of ${tests}.`,
    least: (shown: string, set: string, all: string) => `The ${shown} pairs of the smallest P, ${set}; the table file has all ${all}.`,
    missing: 'no comparison was given',
  },
  zh: {
    title: '模型比较',
    matrix: '配对 DeLong 检验：经多重比较校正的 P 值',
    differences: '两模型在相同病例上的 AUC 之差',
    reclassified: (reference: string) => `相对于${reference}的重分类`,
    number: '序号',
    first: '模型',
    against: '对照',
    difference: 'AUC 之差',
    p: 'P',
    adjusted: '校正 P',
    nri: 'NRI',
    nriEvents: 'NRI（事件）',
    nriOthers: 'NRI（无事件）',
    idi: 'IDI',
    method: (adjustment: string, tests: string) => `配对 DeLong 检验；在各数据集的 ${tests} 对比较中按 ${adjustment} 法校正。`,
    continuous: 'NRI：净重分类改善，计入概率的任何变化；IDI：综合判别改善。两者可能偏向过度自信的模型，须结合校准度与净获益解读。',
    cut: (cuts: string) => `NRI：跨越 ${cuts} 的净重分类改善；IDI：综合判别改善。两者可能偏向过度自信的模型，须结合校准度与净获益解读。`,
    differing: (set, differing, tests, alpha) => `${set} AUC 有差异的模型对（校正 P < ${alpha}）：${tests} 对中 ${differing} 对。`,
    least: (shown, set, all) => `此处列出${set} P 值最小的 ${shown} 对；表格文件列出全部 ${all} 对。`,
    missing: '没有模型比较',
  },
});

export const comparison: Section = {
  id: 'comparison',
  title: { en: text.en.title, zh: text.zh.title },
  asked: (results) => isAsked(results, 'comparison'),
  available: (results) => evaluated(results, 'comparison').length > 0 || whyMissing(results.metrics, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, context) => {
    const found = evaluated(results, 'comparison');
    // How models differ on rows that taught them tells nobody anything; the matrix has it for completeness.
    const unseen = found.some(({ role }) => role !== 'training') ? found.filter(({ role }) => role !== 'training') : found;
    const reclassified = reclassificationTable(unseen, context);
    return [
      ...differing(unseen, context),
      { kind: 'table', table: matrix(found, context) },
      { kind: 'table', table: differenceTable(unseen, context) },
      ...(reclassified === undefined ? [] : [{ kind: 'table' as const, table: reclassified }]),
    ];
  },
};

const against = ({ detail }: Evaluated) => textOf(detail.against) ?? '';

/** Models of more are told by number in the heads of the matrix. */
const mostNamed = 6;

/** Below it two models are said to differ. */
const alpha = 0.05;

/** In one sentence for each set of rows, how many pairs differ. */
function differing(found: readonly Evaluated[], { language, words, numbers }: ReportContext): Block[] {
  return roles.flatMap((role): Block[] => {
    const tested = found.filter((entry) => entry.role === role).flatMap(({ metrics }) => metrics.get('deLongAdjustedP')?.value ?? []).filter((p) => !Number.isNaN(p));
    return tested.length === 0 ? [] : [{ kind: 'prose', html: html`<p>${text[language].differing(words.sets[role], numbers.count(tested.filter((p) => p < alpha).length), numbers.count(tested.length), String(alpha))}</p>` }];
  });
}

/** Adjusted P of every two models, in each set. */
function matrix(found: readonly Evaluated[], { language, words, numbers }: ReportContext): ReportTable {
  const t = text[language];
  const models = [...new Set(found.flatMap((entry) => [against(entry), entry.model]))];
  const numbered = models.length > mostNamed;
  const rows = roles.flatMap((role) => {
    const ofRole = found.filter((entry) => entry.role === role);
    if (ofRole.length === 0) return [];
    const pair = (a: string, b: string): Cell => cellOf(ofRole.find((entry) => (entry.model === a && against(entry) === b) || (entry.model === b && against(entry) === a))?.metrics.get('deLongAdjustedP'));
    return models.map((model, m): TableRow => ({ group: words.roles[role], cells: [...(numbered ? [m + 1] : []), modelName(words.models, model), ...models.map((other) => (other === model ? undefined : pair(model, other)))] }));
  });
  const tests = [...new Set(found.flatMap(({ detail }) => number(detail.tests) ?? []))];
  const adjustment = textOf(found[0].detail.adjustment) ?? '';
  return {
    name: 'delong-matrix',
    title: t.matrix,
    groups: words.set,
    columns: [...(numbered ? [{ label: t.number, form: 'count' as const }] : []), { label: words.model, form: 'text' }, ...models.map((model, m) => ({ label: modelName(words.models, model), form: 'pValue' as const, ...(numbered ? { head: numbers.count(m + 1) } : {}) }))],
    rows,
    notes: [t.method(methodName(adjustment), words.listed(tests.map(numbers.count)))],
  };
}

const methodName = (adjustment: string) => (adjustment === 'BH' ? 'Benjamini-Hochberg' : adjustment === 'BY' ? 'Benjamini-Yekutieli' : adjustment.charAt(0).toUpperCase() + adjustment.slice(1));

function pairRows(found: readonly Evaluated[], { words }: ReportContext, cells: (entry: Evaluated) => readonly Cell[]): TableRow[] {
  return found.map((entry) => ({ group: words.roles[entry.role], cells: [words.marked(modelName(words.models, entry.model), entry.tainted), modelName(words.models, against(entry)), ...cells(entry)] }));
}

/** More pairs than these are shortened to those of the smallest P, on the rows that count most. */
const mostPairs = 60;
const leastPairs = 20;

/** For sorting: what has no P comes last. */
const p = ({ metrics }: Evaluated): number => {
  const value = metrics.get('deLongP')?.value ?? NaN;
  return Number.isNaN(value) ? 2 : value;
};

function differenceTable(found: readonly Evaluated[], context: ReportContext): ReportTable {
  const { language, words, numbers } = context;
  const t = text[language];
  const notes = [...new Set(found.flatMap((entry) => entry.notes))].map(words.said);
  const cells = ({ metrics }: Evaluated) => ['aucDifference', 'deLongP', 'deLongAdjustedP'].map((name) => cellOf(metrics.get(name)));
  const role = found.at(-1)!.role;
  const least = found.length <= mostPairs ? undefined : found.filter((entry) => entry.role === role).sort((a, b) => p(a) - p(b)).slice(0, leastPairs);
  return {
    name: 'comparison',
    title: t.differences,
    groups: words.set,
    columns: [{ label: t.first, form: 'text' }, { label: t.against, form: 'text' }, { label: t.difference, form: 'estimate' }, { label: t.p, form: 'pValue' }, { label: t.adjusted, form: 'pValue' }],
    rows: pairRows(found, context, cells),
    ...(least === undefined ? {} : { brief: { rows: pairRows(least, context, cells), note: t.least(numbers.count(least.length), words.sets[role], numbers.count(found.length)) } }),
    notes: [intervalNote(found, ['aucDifference'], [t.difference], levelOf(found), context), ...notes, found.some(({ tainted }) => tainted) ? words.taintedNote : ''].filter((note) => note !== ''),
  };
}

function reclassificationTable(found: readonly Evaluated[], context: ReportContext): ReportTable | undefined {
  const { language, words } = context;
  const t = text[language];
  const measures = ['nri', 'nriEvents', 'nriOthers', 'idi'] as const;
  const withReference = found.filter(({ metrics }) => metrics.has('nri'));
  if (withReference.length === 0) return undefined;
  const cuts = Array.isArray(withReference[0].detail.cuts) ? withReference[0].detail.cuts.filter((cut) => typeof cut === 'number') : [];
  return {
    name: 'reclassification',
    title: t.reclassified(modelName(words.models, against(withReference[0]))),
    groups: words.set,
    columns: [{ label: t.first, form: 'text' }, ...measures.map((name) => ({ label: t[name], form: 'estimate' as const }))],
    rows: withReference.map((entry) => ({ group: words.roles[entry.role], cells: [words.marked(modelName(words.models, entry.model), entry.tainted), ...measures.map((name) => cellOf(entry.metrics.get(name)))] })),
    notes: [intervalNote(withReference, measures, measures.map((name) => t[name]), levelOf(found), context), cuts.length === 0 ? t.continuous : t.cut(words.listed(cuts.map(String)))].filter((note) => note !== ''),
  };
}

const levelOf = (found: readonly Evaluated[]) => found.flatMap(({ detail }) => number(detail.level) ?? []).at(0);

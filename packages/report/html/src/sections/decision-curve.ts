import { texts } from '../language.js';
import { type ClinicalImpact, type Decision, decisions, reportedThresholds } from '../reading/decision.js';
import { isAsked } from '../reading/evaluated.js';
import { whyMissing } from '../reading/failures.js';
import type { ReportContext, Section } from '../section.js';
import type { ReportTable } from '../table.js';
import { cellOf, entryNotes, grouped, intervalNote, nameColumns } from './by-role.js';

const text = texts({
  en: {
    title: 'Clinical use',
    table: 'Net benefit at chosen thresholds',
    at: (threshold: number) => `at ${threshold}`,
    all: 'Treating all has, at the same thresholds, ',
    none: 'treating none always 0.',
    impact: (population: string) => `Clinical impact in ${population} such patients, test set`,
    called: 'called',
    right: 'with event',
    missing: 'no decision curve was given',
  },
  zh: {
    title: '临床应用',
    table: '若干阈值处的净获益',
    at: (threshold: number) => `阈值 ${threshold}`,
    all: '相同阈值下“全部干预”的净获益：',
    none: '“均不干预”恒为 0。',
    impact: (population: string) => `每 ${population} 名此类患者的临床影响（测试集）`,
    called: '判为高危',
    right: '其中发生事件',
    missing: '没有决策曲线',
  },
});

export const decisionCurve: Section = {
  id: 'decision-curve',
  title: { en: text.en.title, zh: text.zh.title },
  asked: (results) => isAsked(results, 'decision-curve'),
  available: (results) => decisions(results).length > 0 || whyMissing(results.metrics, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, context) => {
    const found = decisions(results);
    const impact = impactTable(found, context);
    return [{ kind: 'table', table: benefitTable(found, context) }, ...(impact === undefined ? [] : [{ kind: 'table' as const, table: impact }])];
  },
};

function benefitTable(found: readonly Decision[], context: ReportContext): ReportTable {
  const { language, words, numbers } = context;
  const t = text[language];
  const thresholds = reportedThresholds(found);
  const names = thresholds.map((threshold) => `netBenefit@${threshold}`);
  const labels = thresholds.map(t.at);
  // Of one role, so that one prevalence holds; the test rows where there are any.
  const shown = found.findLast(({ curve }) => curve !== undefined);
  const prevalence = shown === undefined || shown.rows === 0 ? undefined : shown.events / shown.rows;
  const all = prevalence === undefined ? '' : `${t.all}${words.listed(thresholds.map((threshold) => `${threshold}${words.label('')}${numbers.decimal(prevalence - (1 - prevalence) * (threshold / (1 - threshold)))}`))} (${words.sets[shown!.role]}); ${t.none}`;
  return {
    name: 'net-benefit',
    title: t.table,
    groups: words.set,
    columns: [...nameColumns(found, context), ...labels.map((label) => ({ label, form: 'estimate' as const }))],
    rows: grouped(found, context, ({ metrics }) => names.map((name) => cellOf(metrics.get(name)))),
    notes: [intervalNote(found, names.slice(0, 1), [t.table], found.find(({ level }) => level !== undefined)?.level, context), all, ...entryNotes(found, context)].filter((note) => note !== ''),
  };
}

/** How many of a population each model would call at the reported thresholds, on rows it had not seen. */
function impactTable(found: readonly Decision[], context: ReportContext): ReportTable | undefined {
  const t = text[context.language];
  const thresholds = reportedThresholds(found);
  const test = found.filter(({ role, impact }) => role === 'test' && impact !== undefined);
  if (test.length === 0 || thresholds.length === 0) return undefined;
  const at = ({ threshold }: ClinicalImpact, wanted: number) => threshold.findIndex((value) => Math.abs(value - wanted) < 1e-9);
  return {
    name: 'clinical-impact',
    title: t.impact(context.numbers.count(test[0].impact!.population)),
    columns: [...nameColumns(test, context), ...thresholds.flatMap((threshold) => [{ label: `${t.at(threshold)}: ${t.called}`, form: 'count' as const }, { label: t.right, form: 'count' as const }])],
    rows: grouped(test, context, ({ impact }) =>
      thresholds.flatMap((threshold) => {
        const place = at(impact!, threshold);
        return place < 0 ? [undefined, undefined] : [Math.round(impact!.highRisk[place]), Math.round(impact!.highRiskWithEvent[place])];
      }),
    ).map(({ cells }) => ({ cells })),
  };
}

import { texts } from '../language.js';
import { baselineAsked, baselineTable } from '../reading/baseline.js';
import { whyMissing } from '../reading/failures.js';
import { none } from '../numbers.js';
import type { Section } from '../section.js';
import type { TableColumn } from '../table.js';
import { nameOf } from '../words/index.js';

const text = texts({
  en: {
    title: 'Baseline characteristics',
    table: 'Characteristics of the cases by outcome',
    variable: 'Variable',
    all: 'All',
    of: (label: string, rows: string) => `${label} (n = ${rows})`,
    test: 'Test',
    missingValues: 'Missing',
    shown: { 'mean ± SD': ', mean ± SD', 'median [P25, P75]': ', median [P25, P75]', 'n (%)': ', n (%)' } as Readonly<Record<string, string>>,
    tests: {} as Readonly<Record<string, string>>,
    smd: 'SMD: standardised mean difference between the groups.',
    missing: 'no baseline table was given',
  },
  zh: {
    title: '基线资料',
    table: '按结局分组的病例特征',
    variable: '变量',
    all: '全部',
    of: (label: string, rows: string) => `${label}（n = ${rows}）`,
    test: '检验',
    missingValues: '缺失',
    shown: { 'mean ± SD': '，均数 ± 标准差', 'median [P25, P75]': '，中位数 [P25, P75]', 'n (%)': '，n（%）' } as Readonly<Record<string, string>>,
    tests: { 'Welch t': 'Welch t 检验', 'Student t': 't 检验', 'Mann-Whitney': 'Mann-Whitney U 检验', 'chi-square': 'χ² 检验', 'chi-square (Yates)': 'χ² 检验（Yates 校正）', 'Fisher exact': 'Fisher 精确检验' } as Readonly<Record<string, string>>,
    smd: 'SMD：组间标准化均数差。',
    missing: '没有基线资料表',
  },
});

export const baseline: Section = {
  id: 'baseline',
  title: { en: text.en.title, zh: text.zh.title },
  asked: baselineAsked,
  available: (results) => baselineTable(results) !== undefined || whyMissing(results.data, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, { language, words, numbers }) => {
    const t = text[language];
    const { groups, columns, rows, notes } = baselineTable(results)!;
    const [first, ...others] = columns;
    const heads = groups.length === 2 ? [t.of(words.event, numbers.count(groups[0].rows)), t.of(words.noEvent, numbers.count(groups[1].rows))] : [];
    const known: Readonly<Record<string, string>> = { Test: t.test, Missing: t.missingValues };
    const label = (name: string, i: number): string => {
      if (i === 0) return name.replace(/^All \(n = (\d+)\)$/, (_, count: string) => t.of(t.all, count));
      return heads[i - 1] ?? nameOf(known, name);
    };
    const labelled = others.map((name, i): TableColumn => ({ label: label(name, i), form: 'text' }));
    const testAt = columns.indexOf('Test');
    return [
      {
        kind: 'table',
        table: {
          name: 'baseline',
          title: t.table,
          columns: [{ label: first === 'Variable' ? t.variable : first, form: 'text' }, ...labelled],
          rows: rows.map(([name, ...cells]) => ({ cells: [variableName(name, t.shown), ...cells.map((cell, i) => (i + 1 === testAt ? words.said(nameOf(t.tests, cell)) : cell === '' ? none : cell))] })),
          notes: [...(columns.includes('SMD') ? [t.smd] : []), ...notes.map(words.said)],
        },
      },
    ];
  },
};

/** `age, mean ± SD` in the page's language; a level of a category is set in from its variable. */
function variableName(name: string, shown: Readonly<Record<string, string>>): string {
  const found = /^(.*), (mean ± SD|median \[P25, P75\]|n \(%\))$/.exec(name);
  return found === null ? name.replace(/^ {2}/, '\u2003') : found[1] + shown[found[2]];
}

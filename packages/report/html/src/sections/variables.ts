import { html } from '../html.js';
import { texts } from '../language.js';
import { type Regression, regression, type Screening, screening } from '../reading/screening.js';
import type { ReportContext, Section } from '../section.js';
import type { ReportTable } from '../table.js';
import { nameOf } from '../words/index.js';

const text = texts({
  en: {
    title: 'Variables on their own and together',
    training: 'training cases',
    published: 'all cases, as published',
    alone: (of: string) => `Each variable on its own, ${of}`,
    together: (of: string, rows: string, events: string) => `Logistic regression of the variables together, ${of}${rows === '' ? '' : ` (${rows}, ${events} with the event)`}`,
    variable: 'Variable',
    test: 'Test',
    p: 'P',
    adjusted: 'P, adjusted',
    missingValues: 'Missing',
    kept: 'Kept',
    coefficient: 'Coefficient',
    error: 'Standard error',
    z: 'Wald Z',
    odds: 'Odds ratio',
    constant: 'Constant',
    rule: (alpha: string, adjustment: string) => `Kept: P below ${alpha}${adjustment}.`,
    after: (method: string) => `, after ${method}`,
    brackets: (level: string, method: string) => `In brackets: ${level}confidence interval${method}.`,
    methods: { wald: ' (Wald)', profile: ' (profile likelihood)' } as Readonly<Record<string, string>>,
    none: 'No variable was left for a regression of several together.',
    firth: 'Firth’s penalised likelihood: P by the likelihood ratio.',
    tests: { welch: 'Welch t', student: 'Student t', 'mann-whitney': 'Mann-Whitney', pearson: 'Chi-square', yates: 'Chi-square (Yates)', fisher: 'Fisher exact' } as Readonly<Record<string, string>>,
    missing: 'no variable was tested',
  },
  zh: {
    title: '单因素与多因素分析',
    training: '训练病例',
    published: '全部病例，按已发表做法',
    alone: (of: string) => `单因素分析（${of}）`,
    together: (of: string, rows: string, events: string) => `多因素逻辑回归（${of}${rows === '' ? '' : ` ${rows} 例，其中事件 ${events} 例`}）`,
    variable: '变量',
    test: '检验',
    p: 'P',
    adjusted: '校正 P',
    missingValues: '缺失',
    kept: '保留',
    coefficient: '回归系数',
    error: '标准误',
    z: 'Wald Z',
    odds: 'OR',
    constant: '常量',
    rule: (alpha: string, adjustment: string) => `保留标准：P < ${alpha}${adjustment}。`,
    after: (method: string) => `（经 ${method} 校正）`,
    brackets: (level: string, method: string) => `括号内为 ${level}置信区间${method}。`,
    methods: { wald: '（Wald 法）', profile: '（剖面似然法）' } as Readonly<Record<string, string>>,
    none: '没有变量进入多因素回归。',
    firth: 'Firth 惩罚似然：P 值由似然比检验得出。',
    tests: { welch: 'Welch t 检验', student: 't 检验', 'mann-whitney': 'Mann-Whitney U 检验', pearson: 'χ² 检验', yates: 'χ² 检验（Yates 校正）', fisher: 'Fisher 精确检验' } as Readonly<Record<string, string>>,
    missing: '没有检验任何变量',
  },
});

export const variables: Section = {
  id: 'variables',
  title: { en: text.en.title, zh: text.zh.title },
  asked: (results) => results.models.some(({ name, value }) => ['selector/univariate', 'selector/multivariable-logistic'].includes(value?.plugin ?? `selector/${name}`)),
  available: (results) => screening(results) !== undefined || regression(results) !== undefined || { en: text.en.missing, zh: text.zh.missing },
  render: (results, context) => {
    const [alone, together] = [screening(results), regression(results)];
    return [...(alone === undefined ? [] : [{ kind: 'table' as const, table: screeningTable(alone, context) }]), ...(together === undefined ? [] : together.terms.length === 0 ? [{ kind: 'prose' as const, html: html`<p>${text[context.language].none}</p>` }] : [{ kind: 'table' as const, table: regressionTable(together, context) }])];
  },
};

function screeningTable({ columns, alpha, adjustment = 'none', tainted }: Screening, { language, words }: ReportContext): ReportTable {
  const t = text[language];
  const adjusted = adjustment !== 'none';
  return {
    name: 'univariate',
    title: words.marked(t.alone(tainted ? t.published : t.training), tainted),
    columns: [
      { label: t.variable, form: 'text' },
      { label: t.test, form: 'text' },
      { label: t.p, form: 'pValue' },
      ...(adjusted ? [{ label: t.adjusted, form: 'pValue' as const }] : []),
      { label: t.missingValues, form: 'count' },
      { label: t.kept, form: 'text' },
    ],
    rows: columns.map(({ column, test, pValue, adjusted: after, missing, kept, reason }) => ({ cells: [column, nameOf(t.tests, test), { value: pValue, reason }, ...(adjusted ? [{ value: after, reason }] : []), missing, kept ? words.yes : words.no] })),
    notes: [...(alpha === undefined ? [] : [t.rule(String(alpha), adjusted ? t.after(adjustment) : '')]), ...(tainted ? [words.taintedNote] : [])],
    limit: 60,
  };
}

function regressionTable({ terms, rows, events, level, method, interval = 'wald', notes, tainted }: Regression, { language, words, numbers }: ReportContext): ReportTable {
  const t = text[language];
  return {
    name: 'multivariable',
    title: words.marked(t.together(tainted ? t.published : t.training, rows === undefined ? '' : numbers.count(rows), events === undefined ? '' : numbers.count(events)), tainted),
    columns: [
      { label: t.variable, form: 'text' },
      { label: t.coefficient, form: 'decimal' },
      { label: t.error, form: 'decimal' },
      { label: t.z, form: 'decimal' },
      { label: t.odds, form: 'estimate' },
      { label: t.p, form: 'pValue' },
    ],
    rows: terms.map(({ term, coefficient, standardError, z, pValue, oddsRatio, lower, upper }) => ({ cells: [term === '(Intercept)' ? t.constant : term, coefficient, standardError, z, { value: oddsRatio, lower, upper }, pValue] })),
    notes: [t.brackets(words.level(level), nameOf(t.methods, interval)), ...(method === 'firth' ? [t.firth] : []), ...notes, ...(tainted ? [words.taintedNote] : [])],
  };
}

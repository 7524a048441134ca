import { html, type Html } from '../html.js';
import { texts } from '../language.js';
import type { StudyResults } from '../reading/results.js';
import type { ReportContext } from '../section.js';

const text = texts({
  en: { from: 'Computed by', more: (count: string) => `and ${count} more`, table: 'workflow table' },
  zh: { from: '计算步骤', more: (count: string) => `等，另有 ${count} 个`, table: '工作流程表' },
});

type Step = StudyResults['study']['steps'][number];

const fits = (prefix: string) => ({ plugin, operation, id }: Step) => plugin.startsWith(prefix) && operation === 'fit' && isMain(id);
const evaluation = (name: string) => ({ plugin, id }: Step) => plugin === `evaluation/${name}` && isMain(id);
const isControl = (id: string) => id.startsWith('control.');
/** Neither of the analysis once more, as a control or on nested folds, nor of the folds of the tuning. */
const isMain = (id: string) => !/^(control|nested|tuning)\./.test(id);

/** The steps whose outputs each section shows. */
const steps: Readonly<Record<string, (step: Step) => boolean>> = {
  cohort: ({ id }) => id === 'table' || id === 'split',
  baseline: evaluation('baseline-table'),
  protocol: ({ plugin }) => plugin === 'preprocess/overview',
  regions: ({ plugin }) => plugin === 'preprocess/overview',
  failures: ({ id }) => id === 'table',
  funnel: fits('selector/'),
  'selected-features': fits('selector/'),
  lasso: fits('selector/lasso'),
  tuning: evaluation('tuning'),
  performance: evaluation('discrimination'),
  'bootstrap-632': evaluation('bootstrap-632'),
  comparison: evaluation('comparison'),
  calibration: evaluation('calibration'),
  'decision-curve': evaluation('decision-curve'),
  explanation: evaluation('explanation'),
  predictions: ({ operation, id }) => operation === 'predict' && isMain(id) && !id.startsWith('explanation.'),
  nested: ({ id }) => id === 'nested.discrimination',
  controls: ({ id }) => isControl(id) && id.endsWith('.discrimination'),
};

/** Steps named; the workflow table has all. */
const most = 8;

/** A line of small print: the steps that a section's numbers come from, with a link to the table of all steps. */
export function computedFrom(section: string, { study }: StudyResults, { language, numbers, words }: ReportContext): Html | false {
  const found = steps[section] === undefined ? [] : study.steps.filter(steps[section]);
  if (found.length === 0) return false;
  const t = text[language];
  const named = found.slice(0, most).map(({ id }, i) => html`${i > 0 && ', '}<code>${id}</code>`);
  return html`<p class="from">${words.label(t.from)}${named}${found.length > most && ` ${t.more(numbers.count(found.length - most))}`} (<a href="#table-steps">${t.table}</a>)</p>`;
}

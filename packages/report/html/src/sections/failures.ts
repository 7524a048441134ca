import { html } from '../html.js';
import { texts } from '../language.js';
import { type FailedStep, failedSteps, undefinedFeatures } from '../reading/failures.js';
import type { StudyResults } from '../reading/results.js';
import type { Block, ReportContext, Section } from '../section.js';
import type { ReportTable } from '../table.js';
import { nameOf } from '../words/index.js';

const text = texts({
  en: {
    noTable: 'The feature table was not given, so failed cases and undefined values are not known.',
    noCase: 'No case failed.',
    noFeature: 'Every feature value is defined.',
    cases: 'Cases that failed',
    case: 'Case',
    fix: 'Way out',
    steps: 'Steps that failed',
    missing: 'What is missing',
    features: 'Undefined feature values',
    count: 'Cases',
  },
  zh: {
    noTable: '未提供特征表，无法得知失败的病例与未定义的特征值。',
    noCase: '没有处理失败的病例。',
    noFeature: '所有特征值均有定义。',
    cases: '处理失败的病例',
    case: '病例',
    fix: '解决办法',
    steps: '失败的步骤',
    missing: '缺失的结果',
    features: '未定义的特征值',
    count: '病例数',
  },
});

export const failures: Section = {
  id: 'failures',
  title: { en: 'Failures and undefined values', zh: '失败与未定义的值' },
  available: () => true,
  render: (results, context) => {
    const t = text[context.language];
    const say = (sentence: string): Block => ({ kind: 'prose', html: html`<p>${sentence}</p>` });
    const cases = results.table === undefined ? [say(t.noTable)] : [table(failedCases(results, context)) ?? say(t.noCase), table(features(results, context)) ?? say(t.noFeature)];
    const steps = table(stepTable(results, context));
    return steps === undefined ? cases : [steps, ...cases];
  },
};

const table = (found: ReportTable): Block | undefined => (found.rows.length === 0 ? undefined : { kind: 'table', table: found });

function failedCases(results: StudyResults, { language, words }: ReportContext): ReportTable {
  const t = text[language];
  return {
    name: 'failed-cases',
    title: t.cases,
    columns: [
      { label: t.case, form: 'name' },
      { label: words.step, form: 'text' },
      { label: words.reason, form: 'text' },
      { label: t.fix, form: 'text' },
    ],
    rows: (results.table?.failures ?? []).map(({ id, failure }) => ({ cells: [id, failure.step, words.said(failure.message), failure.fix === undefined ? undefined : words.said(failure.fix)] })),
  };
}

function stepTable(results: StudyResults, { language, words }: ReportContext): ReportTable {
  const t = text[language];
  return {
    name: 'failed-steps',
    title: t.steps,
    columns: [
      { label: t.missing, form: 'text' },
      { label: words.step, form: 'text' },
      { label: words.reason, form: 'text' },
      { label: t.fix, form: 'text' },
    ],
    rows: together(failedSteps(results)).map(({ names, places, step, failure }) => ({
      cells: [words.listed([...names.map((name) => nameOf({ ...words.models, ...words.selectors }, name)), ...places]), step, words.said(failure.message), failure.fix === undefined ? undefined : words.said(failure.fix)],
    })),
  };
}

/** One entry a step and cause; the folds in which it failed are told beside each other. */
function together(found: readonly FailedStep[]) {
  const alike = new Map<string, { names: string[]; places: string[]; step: string; failure: FailedStep['failure'] }>();
  for (const { name, place, step, failure } of found) {
    const key = JSON.stringify([step, failure.message]);
    const entry = alike.get(key) ?? { names: [], places: [], step, failure };
    if (!entry.names.includes(name)) entry.names.push(name);
    // The only split needs no name.
    if (place !== '' && place !== 'holdout' && !entry.places.includes(place)) entry.places.push(place);
    alike.set(key, entry);
  }
  return [...alike.values()];
}

function features(results: StudyResults, { language, words }: ReportContext): ReportTable {
  const t = text[language];
  return {
    name: 'undefined-features',
    title: t.features,
    columns: [
      { label: words.feature, form: 'name' },
      { label: t.count, form: 'count' },
      { label: words.reason, form: 'text' },
    ],
    rows: undefinedFeatures(results).map(({ feature, count, text: reason }) => ({ cells: [feature, count, reason] })),
    limit: 20,
  };
}

import { html } from '../html.js';
import { texts } from '../language.js';
import { cohortFlow } from '../reading/cohort.js';
import type { Block, Section } from '../section.js';

const text = texts({
  en: {
    analysed: (rows: string, events: string) => `The analysis has ${rows} cases${events}.`,
    withEvents: (events: string) => `, ${events} of them with the event`,
    excluded: 'Excluded',
    excludedCount: (reason: string, count: string) => `${reason} (${count})`,
    mismatch: (expected: string, scanned: string) => `The counts do not add up: candidates less exclusions leave ${expected} cases, and ${scanned} were given to feature extraction.`,
    several: 'The cases were split several times; the sizes of each split stand with its results.',
    missing: 'neither a feature table nor numbers of candidates were given',
  },
  zh: {
    analysed: (rows: string, events: string) => `共纳入 ${rows} 例病例进行分析${events}。`,
    withEvents: (events: string) => `，其中发生事件 ${events} 例`,
    excluded: '排除',
    excludedCount: (reason: string, count: string) => `${reason}（${count} 例）`,
    mismatch: (expected: string, scanned: string) => `病例数不一致：候选病例减去排除病例应为 ${expected} 例，而进入特征提取的为 ${scanned} 例。`,
    several: '病例进行了多次划分，各次划分的例数见相应结果。',
    missing: '既没有特征表，也未提供候选病例数',
  },
});

export const cohort: Section = {
  id: 'cohort',
  title: { en: 'Cohort', zh: '研究队列' },
  available: ({ study, table }) => study.cohort.candidates !== undefined || table !== undefined || { en: text.en.missing, zh: text.zh.missing },
  render: (results, { language, numbers, words }) => {
    const t = text[language];
    const { rows, events, excluded, expected, scanned, sets } = cohortFlow(results);
    const blocks: Block[] = [];
    const say = (sentence: string) => blocks.push({ kind: 'prose', html: html`<p>${sentence}</p>` });
    if (rows !== undefined) say(t.analysed(numbers.count(rows), events === undefined ? '' : t.withEvents(numbers.count(events))));
    if (excluded.length > 0) say(`${words.label(t.excluded)}${words.sentence(words.listed(excluded.map(({ reason, count }) => t.excludedCount(reason, numbers.count(count)))))}`);
    if (expected !== undefined && scanned !== undefined) blocks.push({ kind: 'prose', html: html`<p class="warning">${t.mismatch(numbers.count(expected), numbers.count(scanned))}</p>` });
    if (sets.length === 0 && results.predictions.some((entry) => entry.value !== undefined)) say(t.several);
    return blocks;
  },
};

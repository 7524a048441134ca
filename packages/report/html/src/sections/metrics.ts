import { accountOf } from '../account/account.js';
import { metrics as items, metricsScore } from '../checklists/metrics.js';
import { html } from '../html.js';
import { texts } from '../language.js';
import type { Section } from '../section.js';
import { answerCounts, checklistTable, missingSteps } from './checklist.js';

const text = texts({
  en: {
    title: 'METRICS score',
    table: 'METRICS: 30 weighted items of method (Kocak et al. 2024)',
    score: (proved: string, possible: string) => `Score from what this run proves: ${proved}%. With every item that only the authors can affirm it would be ${possible}%.`,
    grades: 'Grades of the score: below 20% very low, below 40% low, below 60% moderate, below 80% good, from 80% excellent.',
  },
  zh: {
    title: 'METRICS 评分',
    table: 'METRICS：30 项加权方法学条目（Kocak 等，2024）',
    score: (proved, possible) => `由本次运行可证明的得分：${proved}%。若须由作者说明的条目全部得到确认，则为 ${possible}%。`,
    grades: '评分等级：低于 20% 很低，低于 40% 低，低于 60% 中等，低于 80% 良好，80% 及以上优秀。',
  },
});

export const metrics: Section = {
  id: 'metrics',
  title: { en: text.en.title, zh: text.zh.title },
  available: (results) => accountOf(results) !== undefined || missingSteps,
  render: (results, context) => {
    const t = text[context.language];
    const account = accountOf(results)!;
    const { proved, possible } = metricsScore(account);
    return [
      { kind: 'prose', html: html`<p>${context.words.joined([t.score(proved.toFixed(1), possible.toFixed(1)), t.grades, answerCounts(items, account, context)])}</p>` },
      { kind: 'table', table: checklistTable('metrics', t.table, items, account, context) },
    ];
  },
};

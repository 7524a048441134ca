import { accountOf } from '../account/account.js';
import { clear as items } from '../checklists/clear.js';
import { html } from '../html.js';
import { texts } from '../language.js';
import type { Section } from '../section.js';
import { answerCounts, checklistTable, missingSteps } from './checklist.js';

const text = texts({
  en: { title: 'CLEAR checklist', table: 'CLEAR: 58 items of reporting (Kocak et al. 2023)', intro: 'Answered from what was run; an item counts as done only where this report shows it.' },
  zh: { title: 'CLEAR 清单', table: 'CLEAR：58 项报告条目（Kocak 等，2023）', intro: '根据实际运行内容作答；仅在本报告可见时计为已做。' },
});

export const clear: Section = {
  id: 'clear',
  title: { en: text.en.title, zh: text.zh.title },
  available: (results) => accountOf(results) !== undefined || missingSteps,
  render: (results, context) => {
    const t = text[context.language];
    const account = accountOf(results)!;
    return [
      { kind: 'prose', html: html`<p>${context.words.joined([t.intro, answerCounts(items, account, context)])}</p>` },
      { kind: 'table', table: checklistTable('clear', t.table, items, account, context) },
    ];
  },
};

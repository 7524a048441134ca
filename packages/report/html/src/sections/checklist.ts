import type { Account } from '../account/account.js';
import type { Item, State } from '../checklists/answer.js';
import { texts } from '../language.js';
import type { ReportContext } from '../section.js';
import type { ReportTable, TableColumn } from '../table.js';

const text = texts({
  en: {
    part: 'Part',
    number: 'No.',
    asks: 'Item',
    answer: 'Answer',
    weight: 'Weight',
    place: 'Where',
    remark: 'Remark',
    states: { done: '✓ done', 'not-done': '✗ not done', authors: 'authors must say', 'not-applicable': 'not applicable' } as Readonly<Record<State, string>>,
    counts: (counts: Readonly<Record<State, string>>) => `Done: ${counts.done}. Not done: ${counts['not-done']}. For the authors to say: ${counts.authors}. Not applicable: ${counts['not-applicable']}.`,
    missing: 'the steps of the workflow were not given',
  },
  zh: {
    part: '部分',
    number: '编号',
    asks: '条目',
    answer: '回答',
    weight: '权重',
    place: '位置',
    remark: '备注',
    states: { done: '✓ 已做', 'not-done': '✗ 未做', authors: '须由作者说明', 'not-applicable': '不适用' },
    counts: (counts) => `已做：${counts.done}。未做：${counts['not-done']}。须由作者说明：${counts.authors}。不适用：${counts['not-applicable']}。`,
    missing: '未提供工作流程步骤',
  },
});

export const missingSteps = { en: text.en.missing, zh: text.zh.missing };

/** How many items have each answer, in words. */
export function answerCounts(items: readonly Item[], account: Account, { language, numbers }: ReportContext): string {
  const states = items.map((item) => item.answer(account).state);
  const count = (state: State) => numbers.count(states.filter((found) => found === state).length);
  return text[language].counts({ done: count('done'), 'not-done': count('not-done'), authors: count('authors'), 'not-applicable': count('not-applicable') });
}

/** Every item with its answer, the sections that show it, and what must be added. */
export function checklistTable(name: string, title: string, items: readonly (Item & { readonly weight?: number })[], account: Account, { language }: ReportContext): ReportTable {
  const t = text[language];
  const weighted = items.some(({ weight }) => weight !== undefined);
  const columns: TableColumn[] = [{ label: t.number, form: 'count' }, { label: t.asks, form: 'text' }, ...(weighted ? [{ label: t.weight, form: 'text' as const }] : []), ...[t.answer, t.place, t.remark].map((label) => ({ label, form: 'text' as const }))];
  const rows = items.map(({ number, part, asks, weight, answer }) => {
    const { state, places, remark } = answer(account);
    return { group: part[language], cells: [number, asks[language], ...(weighted ? [weight?.toFixed(4)] : []), t.states[state], { places: places.map((section) => ({ section })) }, remark?.[language] ?? ''] };
  });
  return { name, title, groups: t.part, columns, rows };
}

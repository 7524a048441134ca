import { accountOf } from '../account/account.js';
import { ibsiGuideline } from '../checklists/ibsi.js';
import { html } from '../html.js';
import { texts } from '../language.js';
import type { Section } from '../section.js';

const text = texts({
  en: {
    title: 'Settings by the IBSI reporting guideline',
    intro: (values: string, authors: string, none: string) => `Items with a value from this run: ${values}. For the authors to say: ${authors}. Not applicable: ${none}.`,
    table: 'Items of the reporting guideline of the Image Biomarker Standardisation Initiative',
    part: 'Part',
    number: 'No.',
    asks: 'Item',
    value: 'Value',
    authors: 'the authors must say',
    none: 'not applicable',
    missing: 'the steps of the workflow were not given',
  },
  zh: {
    title: '按 IBSI 报告指南列出的设置',
    intro: (values, authors, none) => `由本次运行给出的条目：${values}。须由作者说明：${authors}。不适用：${none}。`,
    table: '图像生物标志物标准化倡议（IBSI）报告指南条目',
    part: '部分',
    number: '编号',
    asks: '条目',
    value: '取值',
    authors: '须由作者说明',
    none: '不适用',
    missing: '未提供工作流程步骤',
  },
});

export const reportingGuideline: Section = {
  id: 'reporting-guideline',
  title: { en: text.en.title, zh: text.zh.title },
  available: (results) => accountOf(results) !== undefined || { en: text.en.missing, zh: text.zh.missing },
  render: (results, { language, numbers }) => {
    const t = text[language];
    const account = accountOf(results)!;
    const answered = ibsiGuideline.map((item) => ({ item, value: item.value(account) }));
    const counted = (test: (value: (typeof answered)[number]['value']) => boolean) => numbers.count(answered.filter(({ value }) => test(value)).length);
    return [
      { kind: 'prose', html: html`<p>${t.intro(counted((value) => typeof value === 'object'), counted((value) => value === 'authors'), counted((value) => value === 'none'))}</p>` },
      {
        kind: 'table',
        table: {
          name: 'ibsi-guideline',
          title: t.table,
          groups: t.part,
          columns: [{ label: t.number, form: 'text' }, { label: t.asks, form: 'text' }, { label: t.value, form: 'text' }],
          rows: answered.map(({ item, value }) => ({ group: item.part[language], cells: [item.number, item.asks[language], value === 'authors' ? t.authors : value === 'none' ? t.none : value[language]] })),
        },
      },
    ];
  },
};

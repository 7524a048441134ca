import { texts } from '../language.js';
import { none } from '../numbers.js';
import { entries, record } from '../reading/plain.js';
import type { Block, Section } from '../section.js';
import type { TableRow } from '../table.js';
import { nameOf, type Words } from '../words/index.js';

const text = texts({
  en: {
    settings: 'Settings of the study',
    setting: 'Setting',
    value: 'Value',
    part: 'Part',
    steps: 'Steps of the workflow',
    plugin: 'Plugin',
    given: 'Settings, defaults included',
    missing: 'the settings were not given',
    grouped: (all: string) => `Steps of the same plugin and settings stand together, and long lists are cut; the table file has all ${all} steps apart and whole.`,
    more: (named: string, count: string) => `${named} and ${count} more`,
    items: (shown: string, count: string) => `${shown} … (${count})`,
    parts: { images: 'Images', imaging: 'Imaging', clinical: 'Clinical variables', outcome: 'Outcome', sets: 'Sets of predictors', selection: 'Selection', balance: 'Class imbalance', models: 'Models', tuning: 'Tuning', threshold: 'Threshold', split: 'Split', nested: 'Nested folds', evaluation: 'Evaluation', controls: 'Controls' } as Readonly<Record<string, string>>,
  },
  zh: {
    settings: '研究设置',
    setting: '设置',
    value: '取值',
    part: '部分',
    steps: '工作流程步骤',
    plugin: '插件',
    given: '设置（含默认值）',
    missing: '未提供研究设置',
    grouped: (all) => `插件与设置相同的步骤合并为一行，过长的列表有删节；表格文件逐一列出全部 ${all} 个步骤。`,
    more: (named, count) => `${named} 等，另有 ${count} 个`,
    items: (shown, count) => `${shown} …（共 ${count} 项）`,
    parts: { images: '图像', imaging: '影像处理', clinical: '临床变量', outcome: '结局', sets: '变量集', selection: '特征筛选', balance: '类别不平衡', models: '模型', tuning: '超参数调优', threshold: '阈值', split: '数据划分', nested: '嵌套交叉验证', evaluation: '评价', controls: '对照分析' },
  },
});

export const settings: Section = {
  id: 'settings',
  title: { en: 'Settings', zh: '设置' },
  available: ({ study }) => Object.keys(study.settings).length + study.steps.length > 0 || { en: text.en.missing, zh: text.zh.missing },
  render: ({ study }, { language, words, numbers }) => {
    const t = text[language];
    const rows = inOrder(study.settings).flatMap(([part, value]): TableRow[] => settingRows(value, '', words).map(([name, written]) => ({ group: nameOf(t.parts, part), cells: [name === '' ? part : name, written] })));
    const blocks: Block[] = [];
    if (rows.length > 0) {
      blocks.push({ kind: 'table', table: { name: 'settings', title: t.settings, groups: t.part, columns: [{ label: t.setting, form: 'name' }, { label: t.value, form: 'text' }], rows } });
    }
    if (study.steps.length > 0) {
      const steps = study.steps.map(({ id, plugin, params }) => ({ cells: [words.marked(id, study.tainted.includes(id)), plugin, settingText(params, words)] }));
      const alike = new Map<string, { ids: string[]; plugin: string; said: string }>();
      for (const { id, plugin, params } of study.steps) {
        const key = JSON.stringify([plugin, settingText(params, words)]);
        const found = alike.get(key) ?? { ids: [], plugin, said: settingText(params, words, (shown, count) => t.items(shown, numbers.count(count))) };
        found.ids.push(words.marked(id, study.tainted.includes(id)));
        alike.set(key, found);
      }
      const brief = [...alike.values()].map(({ ids, plugin, said }) => ({ cells: [ids.length > mostNamed ? t.more(words.listed(ids.slice(0, mostNamed)), numbers.count(ids.length - mostNamed)) : words.listed(ids), plugin, said] }));
      const notes = study.steps.some(({ id }) => study.tainted.includes(id)) ? [words.taintedNote] : [];
      blocks.push({ kind: 'table', table: { name: 'steps', title: t.steps, columns: [{ label: words.step, form: 'name' }, { label: t.plugin, form: 'name' }, { label: t.given, form: 'text' }], rows: steps, notes, brief: { rows: brief, note: t.grouped(numbers.count(steps.length)) } } });
    }
    return blocks;
  },
};

/** The parts in the order of the work; others after them. */
function inOrder(settings: Readonly<Record<string, unknown>>): [string, unknown][] {
  const known = Object.keys(text.en.parts);
  const rank = (part: string) => (known.includes(part) ? known.indexOf(part) : known.length);
  return entries(settings).sort(([a], [b]) => rank(a) - rank(b));
}

/** Steps named where many are alike, and items where a list is long. */
const mostNamed = 3;
const mostItems = 8;

/** Nested settings, one line a value: `resample.spacing`, `1, 1, 1`. Of a list with settings of its own, the names first. */
function settingRows(value: unknown, path: string, words: Words): [name: string, written: string][] {
  const under = (name: string) => (path === '' ? name : `${path}.${name}`);
  if (Array.isArray(value) && value.some((item) => record(item) !== undefined)) {
    const named = value.map(namedItem);
    return [[path, words.listed(named.map(([name]) => name))], ...named.flatMap(([name, own]) => (record(own) === undefined || Object.keys(own as object).length === 0 ? [] : settingRows(own, under(name), words)))];
  }
  const inner = record(value);
  if (inner === undefined || Object.keys(inner).length === 0) return [[path, settingText(value, words)]];
  return entries(inner).flatMap(([name, item]) => settingRows(item, under(name), words));
}

/** An item of a list by its name: `svm`, `{ svm: { cost: 1 } }` or `{ name: svm, cost: 1 }`. */
function namedItem(item: unknown, at: number): [name: string, settings: unknown] {
  const own = record(item);
  if (own === undefined) return [String(item), undefined];
  if (typeof own.name === 'string') return [own.name, Object.fromEntries(Object.entries(own).filter(([key, value]) => key !== 'name' && !isNothing(value)))];
  const [[name, settings] = [String(at + 1), own], ...others] = Object.entries(own);
  return others.length === 0 ? [name, settings] : [String(at + 1), own];
}

const isNothing = (value: unknown) => value === null || value === undefined || (Array.isArray(value) && value.length === 0);

/**
 * A value as the study file would say it; numbers with all their digits.
 *
 * @param cut says the first items of a long list of names, and how many there are; lists are whole without it
 */
export function settingText(value: unknown, words: Words, cut?: (shown: string, count: number) => string): string {
  if (value === undefined || value === null) return none;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value)) {
    if (value.length === 0) return none;
    const said = (items: readonly unknown[]) => items.map((item) => (Array.isArray(item) ? `[${settingText(item, words, cut)}]` : settingText(item, words, cut))).join(', ');
    return cut !== undefined && value.length > mostItems && value.every((item) => typeof item === 'string') ? cut(said(value.slice(0, 3)), value.length) : said(value);
  }
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array).join(', ');
  if (typeof value === 'object') return Object.keys(value).length === 0 ? none : entries(value as Record<string, unknown>).map(([name, item]) => `${name} ${settingText(item, words, cut)}`).join(', ');
  return String(value as string | number);
}

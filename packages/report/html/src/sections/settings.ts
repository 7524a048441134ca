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
    parts: { imaging: 'Imaging', selection: 'Selection', models: 'Models', split: 'Split' } as Readonly<Record<string, string>>,
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
    parts: { imaging: '影像处理', selection: '特征筛选', models: '模型', split: '数据划分' },
  },
});

export const settings: Section = {
  id: 'settings',
  title: { en: 'Settings', zh: '设置' },
  available: ({ study }) => Object.keys(study.settings).length + study.steps.length > 0 || { en: text.en.missing, zh: text.zh.missing },
  render: ({ study }, { language, words }) => {
    const t = text[language];
    const rows = inOrder(study.settings).flatMap(([part, value]): TableRow[] => settingRows(value, '', words).map(([name, written]) => ({ group: nameOf(t.parts, part), cells: [name === '' ? part : name, written] })));
    const blocks: Block[] = [];
    if (rows.length > 0) {
      blocks.push({ kind: 'table', table: { name: 'settings', title: t.settings, groups: t.part, columns: [{ label: t.setting, form: 'name' }, { label: t.value, form: 'text' }], rows } });
    }
    if (study.steps.length > 0) {
      const steps = study.steps.map(({ id, plugin, params }) => ({ cells: [words.marked(id, study.tainted.includes(id)), plugin, settingText(params, words)] }));
      const notes = study.steps.some(({ id }) => study.tainted.includes(id)) ? [words.taintedNote] : [];
      blocks.push({ kind: 'table', table: { name: 'steps', title: t.steps, columns: [{ label: words.step, form: 'name' }, { label: t.plugin, form: 'name' }, { label: t.given, form: 'text' }], rows: steps, notes, limit: 30 } });
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

/** Nested settings, one line a value: `resample.spacing`, `1, 1, 1`. */
function settingRows(value: unknown, path: string, words: Words): [name: string, written: string][] {
  const inner = record(value) ?? (Array.isArray(value) && value.some((item) => record(item) !== undefined) ? Object.fromEntries(value.map((item, i) => [String(i + 1).padStart(String(value.length).length, '0'), item as unknown])) : undefined);
  if (inner === undefined || Object.keys(inner).length === 0) return [[path, settingText(value, words)]];
  return entries(inner).flatMap(([name, item]) => settingRows(item, path === '' ? name : `${path}.${name}`, words));
}

/** A value as the study file would say it; numbers with all their digits. */
export function settingText(value: unknown, words: Words): string {
  if (value === undefined || value === null) return none;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value)) return value.length === 0 ? none : value.map((item) => (Array.isArray(item) ? `[${settingText(item, words)}]` : settingText(item, words))).join(', ');
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array).join(', ');
  if (typeof value === 'object') return Object.keys(value).length === 0 ? none : entries(value as Record<string, unknown>).map(([name, item]) => `${name} ${settingText(item, words)}`).join(', ');
  return String(value as string | number);
}

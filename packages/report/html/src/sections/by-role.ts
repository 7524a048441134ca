import type { Metric } from '@radloom/core';
import { texts } from '../language.js';
import type { Evaluated } from '../reading/evaluated.js';
import { roles } from '../reading/performance.js';
import type { ReportContext } from '../section.js';
import type { Cell, TableColumn, TableRow } from '../table.js';
import { modelName } from '../words/index.js';

const text = texts({
  en: { intervals: (level: string, methods: readonly string[]) => `In brackets: ${level}confidence intervals. ${methods.join('; ')}.` },
  zh: { intervals: (level: string, methods: readonly string[]) => `括号内为 ${level}置信区间。${methods.join('；')}。` },
});

/** An entry of a table whose rows are models in roles. */
export type RoleEntry = Pick<Evaluated, 'model' | 'role' | 'place' | 'notes' | 'tainted' | 'metrics'>;

/** A metric as a cell: value, bounds, and why it is not a number. */
export function cellOf(metric: Metric | undefined): Cell {
  return metric === undefined ? undefined : { value: metric.value, lower: metric.lower, upper: metric.upper, reason: metric.reason?.text };
}

/** The model's name, and the fold where entries come from several. */
export function nameColumns(found: readonly RoleEntry[], { words }: ReportContext): TableColumn[] {
  return [{ label: words.model, form: 'text' }, ...(severalPlaces(found) ? [{ label: words.fold, form: 'text' as const }] : [])];
}

/** One row an entry, training first, then out of fold, then test. */
export function grouped<E extends RoleEntry>(found: readonly E[], { words }: ReportContext, cells: (entry: E) => readonly Cell[]): TableRow[] {
  const several = severalPlaces(found);
  return roles.flatMap((role) =>
    found
      .filter((entry) => entry.role === role)
      .map((entry) => ({ group: words.roles[role], cells: [words.marked(modelName(words.models, entry.model), entry.tainted), ...(several ? [entry.place] : []), ...cells(entry)] })),
  );
}

/** `Slope, intercept: Wald; ICI: bootstrap`: measures that share a method are named together. Empty where none has an interval. */
export function intervalNote(found: readonly RoleEntry[], names: readonly string[], labels: readonly string[], level: number | undefined, { language, words }: ReportContext): string {
  const methods = new Map<string, string[]>();
  names.forEach((name, i) => {
    // Sets of cases may differ in it: of some each row is a patient, of others patients come several times.
    const method = [...new Set(found.flatMap((entry) => entry.metrics.get(name)?.interval ?? []))].join(' / ');
    if (method !== '') methods.set(method, [...(methods.get(method) ?? []), labels[i]]);
  });
  return methods.size === 0 ? '' : text[language].intervals(words.level(level), [...methods].map(([method, own]) => `${words.label(words.listed(own))}${words.said(method)}`));
}

/** `Stacking, test set: …`, models that say the same together; and what the dagger means where there is one. */
export function entryNotes(found: readonly RoleEntry[], { words }: ReportContext): string[] {
  const saying = new Map<string, RoleEntry[]>();
  for (const entry of found) for (const note of entry.notes) saying.set(note, [...(saying.get(note) ?? []), entry]);
  const set = ({ role, place }: RoleEntry) => [words.sets[role], ...(severalPlaces(found) ? [place] : [])];
  const key = (entry: RoleEntry) => set(entry).join(' ');
  const notes = [...saying].flatMap(([note, entries]) => {
    if (entries.length === found.length && found.length > 1) return [words.said(note)];
    return [...new Set(entries.map(key))].map((where) => {
      const own = entries.filter((entry) => key(entry) === where);
      // All models of a set need no names.
      const all = own.length > 1 && own.length === found.filter((entry) => key(entry) === where).length;
      const who = words.listed([...(all ? [] : own.map(({ model }) => modelName(words.models, model))), ...set(own[0])]);
      return words.label(who[0].toUpperCase() + who.slice(1)) + words.said(note);
    });
  });
  return found.some(({ tainted }) => tainted) ? [words.taintedNote, ...notes] : notes;
}

const severalPlaces = (found: readonly RoleEntry[]) => found.some((entry) => entry.place !== found[0].place);

/** Markup that may be inserted as it is: made by `html`, or by `trusted`. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: text and numbers are escaped, markup is not, `undefined`, `null` and `false` leave nothing. */
export type Insert = string | number | Html | undefined | null | false | readonly Insert[];

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text safe inside an element or a quoted attribute, of HTML and of SVG. */
export function escapeText(text: string): string {
  return printable(text).replaceAll(/[&<>"']/g, (character) => entities[character]);
}

/** Control characters, which XML forbids even escaped, become U+FFFD. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\uFFFD');
}

/** Builds markup; whatever is put in is escaped unless it is markup itself. Attribute values must stand in quotes. */
export function html(strings: TemplateStringsArray, ...inserts: readonly Insert[]): Html {
  let markup = strings[0];
  inserts.forEach((insert, i) => (markup += written(insert) + strings[i + 1]));
  return { markup };
}

/** Declares that a string is markup already: an SVG drawn here, the style sheet. */
export function trusted(markup: string): Html {
  return { markup };
}

function written(insert: Insert): string {
  if (insert === undefined || insert === null || insert === false) return '';
  if (typeof insert === 'string') return escapeText(insert);
  if (typeof insert === 'number') return String(insert);
  if ('markup' in insert) return insert.markup;
  return insert.map(written).join('');
}

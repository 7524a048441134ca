import { html, type Html } from '../html.js';
import type { ReportContext } from '../section.js';
import { cellText, isEstimate, isPlaces, placeTitles, type Cell, type ReportTable, type TableColumn } from '../table.js';

/** Tables of more rows are folded on screens: their caption stands, and whoever wants them opens them. Paper has all. */
const mostOpen = 24;
/** Tables of more columns are set smaller on paper. */
const mostColumns = 11;
/** On paper, tables of more rows may go over to the next page. */
const mostTogether = 16;

/** A numbered table in a box of its own that scrolls where the page is narrow. */
export function tableMarkup(table: ReportTable, number: number, context: ReportContext): Html {
  const { words, numbers } = context;
  const reasons: string[] = [];
  const shown = table.brief?.rows ?? table.rows.slice(0, table.limit);
  const columns = table.columns.flatMap((column, at) => (column.fileOnly === true ? [] : [{ column, at }]));
  const body = shown.map((row, i) => {
    const opens = row.group !== undefined && row.group !== shown[i - 1]?.group;
    const cells = columns.map(({ column, at }, c) => cellMarkup(row.cells[at], column, c === 0, reasons, context));
    return html`${opens && html`<tr class="group"><th colspan="${columns.length}" scope="rowgroup">${row.group}</th></tr>`}<tr>${cells}</tr>\n`;
  });
  const notes = [
    ...(table.notes ?? []).map((line) => html`${line}`),
    ...reasons.map((reason, i) => html`<sup>${mark(i)}</sup> ${words.unavailable(words.said(reason))}`),
    ...(table.brief !== undefined ? [html`${table.brief.note}`] : shown.length < table.rows.length ? [html`${words.shownOf(shown.length, table.rows.length)}`] : []),
  ];
  const caption = html`<b>${words.table(number)}</b> ${table.title}`;
  const inside = html`<div class="${columns.length > mostColumns ? 'scroll dense' : 'scroll'}" role="region" tabindex="0" aria-label="${table.title}"><table>
<thead><tr>${columns.map(({ column: { label, head, form } }) => html`<th scope="col" class="${form}">${head ?? label}</th>`)}</tr></thead>
<tbody>${body}</tbody>
</table></div>
${notes.map((note) => html`<p class="note">${note}</p>`)}`;
  // A link into a closed fold opens it.
  if (shown.length > mostOpen) return html`<details class="table"><summary class="caption">${caption} <span class="second">${words.rows(numbers.count(shown.length))}</span></summary><div id="table-${table.name}">${inside}</div></details>`;
  return html`<div class="${shown.length > mostTogether ? 'table' : 'table short'}" id="table-${table.name}"><p class="caption">${caption}</p>${inside}</div>`;
}

function cellMarkup(cell: Cell, column: TableColumn, first: boolean, reasons: string[], { numbers }: ReportContext): Html {
  const written = content(cell, column, reasons, numbers);
  return first ? html`<th scope="row" class="${column.form}">${written}</th>` : html`<td class="${column.form}">${written}</td>`;
}

/** An estimate has its bounds on a second line; one that is not a number points to its reason below the table. */
function content(cell: Cell, { form }: TableColumn, reasons: string[], numbers: ReportContext['numbers']): Html | string {
  if (isPlaces(cell) && cell.places.length > 0) return html`${placeTitles(cell).map((title, i) => html`${i > 0 && '; '}<a href="#${cell.places[i].section}">${title}</a>`)}`;
  if (!isEstimate(cell)) return cellText(cell, form, numbers);
  if (Number.isNaN(cell.value) && cell.reason !== undefined) {
    if (!reasons.includes(cell.reason)) reasons.push(cell.reason);
    return html`${cellText({ value: cell.value }, 'estimate', numbers)}<sup>${mark(reasons.indexOf(cell.reason))}</sup>`;
  }
  if (form === 'interval' || cell.lower === undefined || cell.upper === undefined) return cellText(cell, form, numbers);
  return html`${numbers.decimal(cell.value)} <span class="bounds">(${numbers.interval(cell.lower, cell.upper)})</span>`;
}

/** a, b, c … z, aa */
const mark = (i: number): string => (i < 26 ? String.fromCodePoint(97 + i) : mark(Math.floor(i / 26) - 1) + mark(i % 26));

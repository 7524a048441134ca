import type { Figure } from '@radloom/core';
import { html, type Html, trusted } from '../html.js';
import type { StudyResults } from '../reading/results.js';
import type { FigureModule, Panel, ReportContext, Section } from '../section.js';
import { isPlaces, type ReportTable } from '../table.js';
import { computedFrom } from './computed-from.js';
import { figureMarkup } from './figure.js';
import { header } from './header.js';
import { style } from './style.js';
import { tableMarkup } from './table.js';

/** The report as a page, and apart from it the figures and tables that it shows, in its order. */
export interface Page {
  readonly markup: string;
  readonly figures: readonly Figure[];
  readonly tables: readonly ReportTable[];
}

export interface PageParts {
  readonly sections: readonly Section[];
  readonly figures: readonly FigureModule[];
  /** Told when a section or figure breaks; the page then says so in its place and goes on. */
  broken(id: string, message: string): void;
}

/** Sections in order, each followed by its figures; tables and figures numbered through. */
export function page(results: StudyResults, context: ReportContext, parts: PageParts): Page {
  const figures: Figure[] = [];
  const tables: ReportTable[] = [];
  const { language, words } = context;
  const isAsked = ({ asked }: Pick<Section, 'asked'>): boolean => asked === undefined || asked(results);
  const sections = parts.sections.filter(isAsked);

  const sectionMarkup = (section: Section): Html => {
    const found = attempt(section, () => section.render(results, context));
    if ('reason' in found) return html`<p class="unavailable">${words.sentence(words.unavailable(found.reason))}</p>`;
    const blocks = found.made.map((block) => (block.kind === 'prose' ? block.html : tableOf(block.table)));
    const drawn = parts.figures.filter((figure) => figure.section === section.id && isAsked(figure)).map(drawnFigure);
    const panels = drawn.flatMap(({ panels }) => panels);
    const common = panels.filter(({ set }) => set === undefined);
    const shared = common.length > 0 && figuresMarkup(common);
    const sets = [...new Set(panels.flatMap(({ set }) => set ?? []))].map((set) => setOfPanels(set, panels.filter((panel) => panel.set === set), figuresMarkup, context));
    return html`${blocks}${shared}${sets}${drawn.map(({ missing }) => missing)}${computedFrom(section.id, results, context)}`;
  };

  const figuresMarkup = (panels: readonly Panel[]): Html =>
    html`<div class="figures">${panels.map(({ set: _set, ...figure }) => figureMarkup(figure, figures.push(figure), context))}</div>`;

  const tableOf = (found: ReportTable): Html => {
    const table = { ...found, rows: found.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => (isPlaces(cell) ? { places: cell.places.map(({ section }) => ({ section, title: titleOf(section) })) } : cell)) })) };
    return tableMarkup(table, tables.push(table), context);
  };

  /** `7 Model performance` */
  const titleOf = (id: string): string | undefined => {
    const at = sections.findIndex((section) => section.id === id);
    return at < 0 ? undefined : `${at + 1} ${sections[at].title[language]}`;
  };

  const drawnFigure = (figure: FigureModule): { panels: readonly Panel[]; missing?: Html } => {
    const found = attempt({ ...figure, id: figure.name }, () => figure.draw(results, context));
    if ('made' in found) return { panels: found.made };
    return { panels: [], missing: html`<p class="unavailable">${words.label(figure.title[language])}${words.sentence(words.unavailable(found.reason))}</p>` };
  };

  /** What is made, or why it is not. A part that breaks must not take the report of everything else with it. */
  const attempt = <T>({ id, available }: Pick<Section, 'id' | 'available'>, make: () => T): { made: T } | { reason: string } => {
    try {
      const answer = available(results);
      return answer === true ? { made: make() } : { reason: answer[language] };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      parts.broken(id, message);
      return { reason: words.broken(message) };
    }
  };

  const body = sections.map(
    (section, i) => html`<section id="${section.id}">
<h2><span class="number">${i + 1}</span> ${section.title[language]}</h2>
${sectionMarkup(section)}
</section>\n`,
  );
  return { markup: shell(results, context, sections, body), figures, tables };
}

/** The panels of one set of predictors, folded: the page shows what compares the sets, and whoever wants one opens it. Paper has all. */
function setOfPanels(set: string, panels: readonly Panel[], figures: (panels: readonly Panel[]) => Html, { words, numbers }: ReportContext): Html {
  return html`<details class="set"><summary><b>${set}</b> <span class="second">${words.figures(numbers.count(panels.length))}</span></summary>${figures(panels)}</details>`;
}

/** The page around the sections. Its policy lets nothing be loaded and no script run. */
function shell({ study }: StudyResults, context: ReportContext, sections: readonly Section[], body: readonly Html[]): string {
  const { language, words } = context;
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en-GB'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${study.title}</title>
<style>${trusted(style())}</style>
</head>
<body>
<div class="sheet">
${header(study, context)}
<nav id="contents" aria-label="${words.contents}"><ol>${sections.map((section) => html`<li><a href="#${section.id}">${section.title[language]}</a></li>`)}</ol></nav>
<main>
${body}
</main>
<footer>${words.researchUse}</footer>
</div>
<a class="up" href="#contents">${words.contents}</a>
</body>
</html>
`.markup;
}

import type { Figure } from '@radloom/core';
import type { Html } from './html.js';
import type { Bilingual, Language } from './language.js';
import type { NumberFormat } from './numbers.js';
import type { StudyResults } from './reading/results.js';
import type { ReportTable } from './table.js';
import type { Words } from './words/index.js';

/** What a section or figure is told beside the results. */
export interface ReportContext {
  readonly language: Language;
  /** Names and phrases that sections share. */
  readonly words: Words;
  readonly numbers: NumberFormat;
}

/** True, or why there is nothing to show. */
export type Availability = true | Bilingual;

/** A piece of a section, top to bottom. Tables are numbered by the page, and written beside the report as data. */
export type Block = { readonly kind: 'prose'; readonly html: Html } | { readonly kind: 'table'; readonly table: ReportTable };

/** One section of the report: a file in sections/, and a line in its list. */
export interface Section {
  readonly id: string;
  readonly title: Bilingual;
  /** False where the study did not ask for it: then it is left out without a word. Default: every study has it. */
  asked?(results: StudyResults): boolean;
  available(results: StudyResults): Availability;
  render(results: StudyResults, context: ReportContext): readonly Block[];
}

/** A panel of a figure. Panels of one set of predictors among several are shown together, apart from those of the others. */
export interface Panel extends Figure {
  readonly set?: string;
}

/** One figure of the report, of one or more panels: a file in figures/, and a line in its list. */
export interface FigureModule {
  readonly name: string;
  readonly title: Bilingual;
  /** Id of the section that it follows. */
  readonly section: string;
  /** False where the study did not ask for it: then it is left out without a word. Default: every study has it. */
  asked?(results: StudyResults): boolean;
  available(results: StudyResults): Availability;
  draw(results: StudyResults, context: ReportContext): readonly Panel[];
}

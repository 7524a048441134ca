import type { Context, PortArguments, PortResults } from '@radloom/core';
import { figures } from './figures/index.js';
import { numberFormat } from './numbers.js';
import { page } from './page/page.js';
import type { inputs, outputs, Params } from './ports.js';
import { studyFacts } from './reading/facts.js';
import { sections } from './sections/index.js';
import { tableData } from './table.js';
import { words } from './words/index.js';

/** Everything a study found → the page, and its figures and tables as data, in the page's order. */
export function run(found: PortArguments<typeof inputs>, { language, decimals }: Params, ctx: Context): PortResults<typeof outputs> {
  const { models = [], choices = [], predictions = [], metrics = [], controls = [], nested = [], overviews = [], data = [], table } = found;
  const context = { language, words: words[language], numbers: numberFormat(decimals, language) };
  const report = page({ study: studyFacts(found.study), table, models, choices, predictions, metrics, controls, nested, overviews, data }, context, {
    sections,
    figures,
    broken: (id, message) => ctx.warn('report-part-broken', `The part ${id} of the report broke: ${message}`, { id }),
  });
  return {
    report: { type: 'document', name: 'report.html', mediaType: 'text/html', bytes: new TextEncoder().encode(report.markup) },
    figures: { type: 'data', value: report.figures.map(({ name, title, svg }) => ({ name, title, svg })) },
    tables: { type: 'data', value: report.tables.map((shown) => tableData(shown, context.words)) },
  };
}

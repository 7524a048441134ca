import type { Figure } from '@radloom/core';
import { html, type Html, trusted } from '../html.js';
import type { ReportContext } from '../section.js';

/** A numbered figure: the drawing, then its title and caption. */
export function figureMarkup(figure: Figure, number: number, { words }: ReportContext): Html {
  return html`<figure id="figure-${figure.name}">
<div class="drawing">${trusted(figure.svg)}</div>
<figcaption><b>${words.figure(number)}</b> ${words.joined([words.sentence(figure.title), figure.caption])}</figcaption>
</figure>`;
}

import { plot, type PlotOptions } from '@observablehq/plot';
import { parseHTML } from 'linkedom/worker';
import { escapeText, printable } from '../html.js';
import { tones } from './palette.js';

/** Faces of the system, Latin first, then Chinese; nothing is loaded. */
export const fontFamily = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif";

/** Width of every drawing in its own units, near that of a phone so that its texts stay readable there. */
export const drawingWidth = 440;

export const fontSize = 12;

/** One SVG of its own: size, face, and the words for whoever cannot see it. */
export function svgDocument({ width = drawingWidth, height, alternative, body }: { width?: number; height: number; alternative: string; body: string }): string {
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  const face = `font-family="${escapeText(fontFamily)}" font-size="${fontSize}" fill="currentColor"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeText(alternative)}" ${size} ${face}>${body}</svg>`;
}

/**
 * The inside of a Plot chart, as SVG text.
 *
 * Plot's class, style sheet and root are left out, and coordinates are rounded to a hundredth, so that equal data give equal bytes.
 * Charts must not ask Plot for clips or markers, whose ids count up over the life of the process.
 */
export function chart(options: PlotOptions): string {
  const { document } = parseHTML('<html></html>');
  // linkedom has no style property to assign a text to: Plot takes an object.
  const root = plot({ width: drawingWidth, ...options, className: 'chart', style: {}, document }) as unknown as { outerHTML: string };
  const markup = root.outerHTML;
  const inside = printable(markup)
    .slice(markup.indexOf('>') + 1, -'</svg>'.length)
    .replace(/<style>.*?<\/style>/s, '')
    .replaceAll(/ (d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height)="([^"]*)"/g, (_, name: string, value: string) => ` ${name}="${rounded(value)}"`)
    .replaceAll(/ aria-(hidden|label)="[^"]*"/g, '') // the drawing has one label, for the whole
    .replaceAll(/ font-family="[^"]*"/g, '');
  return `<g text-anchor="middle">${inside}</g>`; // as Plot's root has it
}

const rounded = (value: string) => value.replaceAll(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))));

/** A text at a point; `anchor` as in SVG; `over` lines, with an edge of the paper's colour around it. */
export function label(x: number, y: number, text: string, { anchor = 'start', fill, weight, over = false }: { anchor?: 'start' | 'middle' | 'end'; fill?: string; weight?: number; over?: boolean } = {}): string {
  const edge = over ? ` stroke="${tones.surface.light}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"` : '';
  const style = `${fill === undefined ? '' : ` fill="${fill}"`}${weight === undefined ? '' : ` font-weight="${weight}"`}${edge}`;
  return `<text x="${x}" y="${y}" text-anchor="${anchor}"${style}>${escapeText(text)}</text>`;
}

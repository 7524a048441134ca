import { drawingWidth, label } from './drawing.js';
import type { SeriesStyle } from './palette.js';
import { textWidth, wrapText } from './text-width.js';

export interface LegendEntry {
  readonly text: string;
  readonly style: Pick<SeriesStyle, 'light' | 'dash'> & { readonly symbol: SeriesStyle['symbol'] | 'none' };
}

const lineHeight = 17;
const sample = 34;

/**
 * Samples of line and marker with their texts, one below the other.
 * @param left  where the samples begin; texts end at the drawing's edge, wrapped where they are longer
 */
export function legend(entries: readonly LegendEntry[], left: number, top: number): { readonly svg: string; readonly height: number } {
  let y = top;
  const rows = entries.map(({ text, style }) => {
    const lines = wrapText(text, drawingWidth - left - sample - 12);
    const drawn = `${lineSample(left, y, style)}${lines.map((line, i) => label(left + sample + 8, y + i * (lineHeight - 2) + 4, line)).join('')}`;
    y += lineHeight + (lines.length - 1) * (lineHeight - 2);
    return drawn;
  });
  return { svg: rows.join(''), height: y - top };
}

/** Samples of filled and of hollow bars with their texts, beside each other. */
export function swatches(entries: readonly { readonly text: string; readonly colour: string; readonly hollow: boolean }[], left: number, y: number): string {
  let x = left;
  return entries
    .map(({ text, colour, hollow }) => {
      const drawn = `<rect x="${x}" y="${y - 6}" width="14" height="11" fill="${hollow ? 'none' : colour}" stroke="${colour}"/>${label(x + 20, y + 4, text)}`;
      x += Math.ceil(textWidth(text)) + 48;
      return drawn;
    })
    .join('');
}

function lineSample(x: number, y: number, { light, dash, symbol }: LegendEntry['style']): string {
  const dashes = dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
  return `<path d="M${x},${y}h${sample}" fill="none" stroke="${light}" stroke-width="2"${dashes}/>${symbol === 'none' ? '' : marker(x + sample / 2, y, symbol, light)}`;
}

/** A marker as the charts draw it: filled, or of strokes alone. */
function marker(x: number, y: number, symbol: SeriesStyle['symbol'], colour: string): string {
  const { d, filled } = markers[symbol];
  return `<path d="${d}" transform="translate(${x},${y})" fill="${filled ? colour : 'none'}" stroke="${colour}" stroke-width="1.5"/>`;
}

const markers: Readonly<Record<SeriesStyle['symbol'], { readonly d: string; readonly filled: boolean }>> = {
  circle: { d: 'M4,0a4,4 0 1 1 -8,0a4,4 0 1 1 8,0Z', filled: true },
  square: { d: 'M-3.5,-3.5h7v7h-7Z', filled: true },
  triangle: { d: 'M0,-4.6L4.4,3L-4.4,3Z', filled: true },
  diamond: { d: 'M0,-5L3.6,0L0,5L-3.6,0Z', filled: true },
  times: { d: 'M-3.4,-3.4L3.4,3.4M-3.4,3.4L3.4,-3.4', filled: false },
  star: { d: 'M0,-5L1.2,-1.5L4.8,-1.5L1.9,0.6L2.9,4L0,1.9L-2.9,4L-1.9,0.6L-4.8,-1.5L-1.2,-1.5Z', filled: true },
  plus: { d: 'M0,-4.6V4.6M-4.6,0H4.6', filled: false },
  wye: { d: 'M0,0V5M0,0L-4.3,-2.5M0,0L4.3,-2.5', filled: false },
};

/** Width that the longest text needs, for charts that set their margins by it. */
export function longest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, textWidth(text)), 0);
}

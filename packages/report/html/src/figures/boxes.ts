import { fontSize, label } from './drawing.js';
import { tones } from './palette.js';
import { wrapText } from './text-width.js';

/** A box: a name, set bold, and what is said of it. */
export interface Box {
  readonly name: string;
  readonly lines: readonly string[];
}

const line = fontSize + 4;
const pad = 9;

/** A box as high as its texts, which are centred or begin at the left. */
export function drawnBox(x: number, y: number, width: number, { name, lines }: Box, anchor: 'start' | 'middle'): { svg: string; height: number } {
  const room = width - 2 * (anchor === 'middle' ? 5 : pad);
  const wrapped = [
    // Bold letters are about a tenth wider.
    ...wrapText(name, room / 1.1).map((part) => ({ part, weight: 600 })),
    ...lines.flatMap((part) => wrapText(part, room)).map((part) => ({ part, weight: undefined })),
  ];
  const height = wrapped.length * line + 2 * pad - 4;
  const at = anchor === 'middle' ? x + width / 2 : x + pad;
  const written = wrapped.map(({ part, weight }, i) => label(at, y + pad + fontSize - 2 + i * line, part, { anchor, weight }));
  return { height, svg: `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="${tones.soft.light}" stroke="${tones.muted.light}"/>${written.join('')}` };
}

/** A straight arrow, across or down. */
export function arrow(x1: number, y1: number, x2: number, y2: number): string {
  const head = x1 === x2 ? `M${x2 - 4},${y2 - 7}L${x2},${y2 - 1}L${x2 + 4},${y2 - 7}Z` : `M${x2 - 7},${y2 - 4}L${x2 - 1},${y2}L${x2 - 7},${y2 + 4}Z`;
  return `<path d="M${x1},${y1}L${x2},${y2}" fill="none" stroke="${tones.muted.light}"/><path d="${head}" fill="${tones.muted.light}"/>`;
}

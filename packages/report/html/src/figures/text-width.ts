import { fontSize } from './drawing.js';

/**
 * About how wide a text is in a sans-serif face, on the wide side: no face is at hand to measure with.
 * @returns in units of the drawing
 */
export function textWidth(text: string): number {
  let ems = 0;
  for (const character of text) ems += emWidth(character);
  return ems * fontSize;
}

function emWidth(character: string): number {
  if (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/.test(character)) return 1;
  if (/[ijlt.,:;'|!()[\] \u00a0]/.test(character)) return 0.34;
  return /[A-Zmw%@]/.test(character) ? 0.76 : 0.58;
}

const closing = /^[、，。；：）】》％]$/;
const opening = /[（【《]$/;

/** A text in lines no wider than `width`; broken between words (at plain spaces), between Chinese characters anywhere, within a long word where it must be. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^ \u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+| +/g) ?? []) {
    // No line begins with a comma or a closing bracket: these may stand out a little.
    if (textWidth(line + piece.trimEnd()) <= width || (closing.test(piece) && line !== '')) {
      line += piece;
      continue;
    }
    // … and none ends with an opening one.
    const opened = line.length > 1 && opening.test(line) ? line.slice(-1) : '';
    if (line.trim() !== '') lines.push(line.slice(0, line.length - opened.length).trim());
    line = opened;
    for (const character of piece.trim()) {
      if (textWidth(line + character) > width) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return line.trim() === '' ? lines : [...lines, line.trim()];
}

/** A text that is no wider than `width`: where it is, its middle becomes an ellipsis, for feature names differ at both ends. */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 2; kept--) {
    const shorter = `${characters.slice(0, Math.ceil(kept / 2)).join('')}…${characters.slice(characters.length - Math.floor(kept / 2)).join('')}`;
    if (textWidth(shorter) <= width) return shorter;
  }
  return '…';
}

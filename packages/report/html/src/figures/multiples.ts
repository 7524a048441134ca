import { drawingWidth } from './drawing.js';

/** Small charts of one size, side by side, two in a row. */
export const multipleWidth = (drawingWidth - 12) / 2;

/**
 * @param panels  what is drawn in each, `multipleWidth` wide and `height` high
 * @returns       the drawings in their places, and the height of all of them
 */
export function multiples(panels: readonly string[], height: number): { readonly svg: string; readonly height: number } {
  const placed = panels.map((panel, i) => `<g transform="translate(${(i % 2) * (multipleWidth + 12)},${Math.floor(i / 2) * height})">${panel}</g>`);
  return { svg: placed.join(''), height: Math.ceil(panels.length / 2) * height };
}

/** The fold whose training rows are all rows: how well a model does on what taught it. */
export const apparent = 'all';

/** Name of a bootstrap sample, counted from 0: `b1`. */
export function foldId(sample: number): string {
  return `b${sample + 1}`;
}

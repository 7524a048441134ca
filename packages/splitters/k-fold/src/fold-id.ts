/** Name of a fold; repeat and fold count from 0, names from 1: `r1f3`. */
export function foldId(repeat: number, fold: number): string {
  return `r${repeat + 1}f${fold + 1}`;
}

/**
 * Offsets that keep dots on one line from covering each other: each dot goes to the level nearest to the line that is free.
 *
 * @param positions  along the line, any order
 * @param spacing    least distance between two dots of one level, in the unit of `positions`
 * @returns          per position a level: 0 on the line, 1 above, -1 below, 2 …
 */
export function swarmLevels(positions: readonly number[], spacing: number): Int32Array {
  const levels = new Int32Array(positions.length);
  const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b] || a - b);
  // Positions come in rising order, so only the last dot of a level can be in the way.
  const last = new Map<number, number>();
  for (const i of order) {
    let turn = 0;
    while (positions[i] - (last.get(levelOf(turn)) ?? -Infinity) < spacing) turn++;
    levels[i] = levelOf(turn);
    last.set(levels[i], positions[i]);
  }
  return levels;
}

/** 0, 1, -1, 2, -2 … */
const levelOf = (turn: number) => (turn % 2 === 0 ? -turn / 2 : (turn + 1) / 2);

import { yardstick } from './yardstick.js';

export function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

async function time(work, input) {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  await work(input);
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / 1000, wall: performance.now() - wall };
}

/**
 * Times work that starts from nothing each time: the first round is cold, the others are warm. Yardsticks are taken between the rounds.
 *
 * @param prepare  makes new input for a round, not timed: objects that no memo knows
 * @param work     gets that input
 * @returns        milliseconds of the cold round and the process's largest memory by then, MiB; medians of the warm rounds; the yardstick's median
 */
export async function measure(prepare, work, runs) {
  const cold = await time(work, await prepare());
  const peak = process.resourceUsage().maxRSS / 1024;
  const rounds = [];
  // The first compile, and would count as slow ones.
  for (let i = 0; i < 3; i++) yardstick();
  const yardsticks = [];
  for (let run = 0; run < runs; run++) {
    rounds.push(await time(work, await prepare()));
    yardsticks.push(yardstick());
  }
  return { cold, peak, cpu: median(rounds.map(({ cpu }) => cpu)), wall: median(rounds.map(({ wall }) => wall)), yardstick: median(yardsticks) };
}

/*
 * A fixed amount of work, so that figures from different machines, or from one that others use too, lie on one scale: a time is given in
 * milliseconds and in yardsticks, the median time of this work in the same process and the same minutes.
 *
 * Half of it streams (a filter of seven taps, four times along 128^3 float64), half of it scatters (pairs of levels counted in six
 * directions), as the kernels of an extraction do.
 */
const SIDE = 128;
const VOXELS = SIDE ** 3;
const TAPS = [0.05, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05];

/** A number from 0 to 2^24 - 1 that looks random. */
const scrambled = (i) => (i * 2654435761) >>> 8;

function stream() {
  const from = new Float64Array(VOXELS);
  const to = new Float64Array(VOXELS);
  const [a, b, c, d, e, f, g] = TAPS;
  for (let i = 0; i < VOXELS; i++) from[i] = scrambled(i) / 2 ** 24;
  for (let pass = 0; pass < 4; pass++) {
    for (let i = 3; i < VOXELS - 3; i++) to[i] = a * from[i - 3] + b * from[i - 2] + c * from[i - 1] + d * from[i] + e * from[i + 1] + f * from[i + 2] + g * from[i + 3];
    from.set(to);
  }
  return from[VOXELS / 2];
}

function scatter() {
  const level = new Uint8Array(VOXELS);
  const pairs = new Uint32Array(64 * 64);
  for (let i = 0; i < VOXELS; i++) level[i] = (scrambled(i) >>> 12) & 63;
  for (const step of [1, SIDE, SIDE ** 2, SIDE + 1, SIDE ** 2 + 1, SIDE ** 2 + SIDE + 1]) {
    for (let i = 0; i < VOXELS - step; i++) pairs[level[i] * 64 + level[i + step]]++;
  }
  return pairs[77];
}

/** Does the work once; milliseconds of CPU time. */
export function yardstick() {
  const before = process.cpuUsage();
  if (stream() + scatter() < 0) throw new Error('the yardstick lost its result');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

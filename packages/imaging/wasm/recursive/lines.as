import { anticausal, causal, ROW } from './halves';

/** Lines filtered together, so that a cache line fetched for one of them serves the others. */
const BLOCK: i32 = 16;

/**
 * Filters lines: arithmetic in float64, results rounded to float32.
 *
 * @param input         float32, or float64 if `wide`
 * @param output        float32, may be the input
 * @param planes        lines lie in planes, so many elements apart
 * @param lines         of a plane, `lineStep` elements apart
 * @param length        samples of a line, at least 4, `step` elements apart
 * @param coefficients  float64: n (4), m (4), d (4), bn (4), bm (4), weight
 * @param scratch       float64: 32 times `length`
 * @param weighted      add `weight` times the rounded result to the output, instead of replacing it
 */
export function filterLines(
  input: usize, wide: bool, output: usize, planes: i32, plane: i32, lines: i32, lineStep: i32, length: i32, step: i32, coefficients: usize, scratch: usize, weighted: bool,
): void {
  const sums = scratch + <usize>length * ROW;
  const weight = load<f64>(coefficients, 160);
  for (let p = 0; p < planes; p++) {
    for (let line = 0; line < lines; line += BLOCK) {
      const count = min(BLOCK, lines - line);
      const start = <usize>(p * plane + line * lineStep);
      const to = output + (start << 2);
      if (wide) gatherWide(input + (start << 3), count, lineStep, length, step, scratch);
      else if (lineStep === 1 && count === BLOCK) gatherBlock(input + (start << 2), length, step, scratch);
      else gather(input + (start << 2), count, lineStep, length, step, scratch);
      for (let w: usize = 0; w < <usize>count; w += 4) {
        causal(scratch + (w << 3), sums + (w << 3), length, coefficients);
        anticausal(scratch + (w << 3), sums + (w << 3), length, coefficients);
      }
      if (weighted) scatterSum(sums, to, count, lineStep, length, step, weight);
      else if (lineStep === 1 && count === BLOCK) scatterBlock(sums, to, length, step);
      else scatter(sums, to, count, lineStep, length, step);
    }
  }
}

/** Sample i of line w goes to entry `i * BLOCK + w` of the scratch memory. */
function gather(input: usize, count: i32, lineStep: i32, length: i32, step: i32, scratch: usize): void {
  for (let w = 0; w < count; w++) {
    let from = input + (<usize>(w * lineStep) << 2);
    let to = scratch + (<usize>w << 3);
    for (let i = 0; i < length; i++, from += <usize>step << 2, to += ROW) store<f64>(to, load<f32>(from));
  }
}

function gatherWide(input: usize, count: i32, lineStep: i32, length: i32, step: i32, scratch: usize): void {
  for (let w = 0; w < count; w++) {
    let from = input + (<usize>(w * lineStep) << 3);
    let to = scratch + (<usize>w << 3);
    for (let i = 0; i < length; i++, from += <usize>step << 3, to += ROW) store<f64>(to, load<f64>(from));
  }
}

/** A full block of lines side by side. */
function gatherBlock(input: usize, length: i32, step: i32, scratch: usize): void {
  for (let i = 0; i < length; i++, input += <usize>step << 2, scratch += ROW) {
    for (let w: usize = 0; w < <usize>BLOCK; w += 4) {
      const four = v128.load(input + (w << 2));
      v128.store(scratch + (w << 3), f64x2.promote_low_f32x4(four));
      v128.store(scratch + (w << 3), f64x2.promote_low_f32x4(i64x2.shuffle(four, four, 1, 1)), 16);
    }
  }
}

function scatter(sums: usize, output: usize, count: i32, lineStep: i32, length: i32, step: i32): void {
  for (let w = 0; w < count; w++) {
    let from = sums + (<usize>w << 3);
    let to = output + (<usize>(w * lineStep) << 2);
    for (let i = 0; i < length; i++, from += ROW, to += <usize>step << 2) store<f32>(to, <f32>load<f64>(from));
  }
}

function scatterBlock(sums: usize, output: usize, length: i32, step: i32): void {
  for (let i = 0; i < length; i++, sums += ROW, output += <usize>step << 2) {
    for (let w: usize = 0; w < <usize>BLOCK; w += 4) {
      const low = f32x4.demote_f64x2_zero(v128.load(sums + (w << 3)));
      const high = f32x4.demote_f64x2_zero(v128.load(sums + (w << 3), 16));
      v128.store(output + (w << 2), i64x2.shuffle(low, high, 0, 2));
    }
  }
}

function scatterSum(sums: usize, output: usize, count: i32, lineStep: i32, length: i32, step: i32, weight: f64): void {
  for (let i = 0; i < length; i++, sums += ROW, output += <usize>step << 2) {
    let to = output;
    for (let w: usize = 0; w < <usize>count; w++, to += <usize>lineStep << 2) {
      const rounded = <f64>(<f32>load<f64>(sums + (w << 3)));
      store<f32>(to, <f32>(<f64>load<f32>(to) + rounded * weight));
    }
  }
}

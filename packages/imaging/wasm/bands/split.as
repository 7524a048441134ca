import { combine } from './taps';

/** Voxels of a plane worked on at a time along z, so that the rows in flight stay in the cache. */
const STRIP: i32 = 512;

// @ts-ignore: decorator
@inline
function modulo(i: i32, n: i32): i32 {
  const rest = i % n;
  return rest < 0 ? rest + n : rest;
}

/** Tap number at a place: the first `turned` taps stand in reverse. */
// @ts-ignore: decorator
@inline
function tapAt(place: i32, turned: i32): i32 {
  return place < turned ? turned - 1 - place : place;
}

/**
 * Low-pass and high-pass of all lines along one axis, each line closed on itself.
 *
 * @param taps for each number of turned taps, 0 to width / 2, the low-pass and the high-pass in the order of the places
 * @param rows room for `width` addresses
 * @param turn room for a row of nx samples and its continuation, width - 1 samples
 */
export function splitDoubles(input: usize, low: usize, high: usize, nx: i32, ny: i32, nz: i32, axis: i32, width: i32, taps: usize, rows: usize, turn: usize): void {
  split<f64>(input, low, high, nx, ny, nz, axis, width, taps, rows, turn);
}

export function splitFloats(input: usize, low: usize, high: usize, nx: i32, ny: i32, nz: i32, axis: i32, width: i32, taps: usize, rows: usize, turn: usize): void {
  split<f32>(input, low, high, nx, ny, nz, axis, width, taps, rows, turn);
}

function split<T>(input: usize, low: usize, high: usize, nx: i32, ny: i32, nz: i32, axis: i32, width: i32, taps: usize, rows: usize, turn: usize): void {
  if (axis === 0) splitRows<T>(input, low, high, nx, ny * nz, width, taps, rows, turn);
  else if (axis === 1) splitAcross<T>(input, low, high, ny, nx, nz, nx * ny, nx, width, taps, rows);
  else splitAcross<T>(input, low, high, nz, nx * ny, 1, 0, nx * ny, width, taps, rows);
}

/** Along x: a row and its continuation on both sides, so that the samples of each tap lie side by side. */
function splitRows<T>(input: usize, low: usize, high: usize, nx: i32, lines: i32, width: i32, taps: usize, rows: usize, turn: usize): void {
  const size = sizeof<T>();
  const half = width >> 1;
  const before = half - 1;
  const plain = max(0, nx - half); // outputs whose taps all lie before the end
  const tapBytes = <usize>width * 2 * size;
  for (let line = 0; line < lines; line++) {
    const start = <usize>line * nx * size;
    memory.copy(turn + <usize>before * size, input + start, <usize>nx * size);
    for (let k = 0; k < before; k++) store<T>(turn + <usize>k * size, load<T>(input + start + <usize>modulo(k - before, nx) * size));
    for (let k = before + nx; k < nx + width - 1; k++) store<T>(turn + <usize>k * size, load<T>(input + start + <usize>modulo(k - before, nx) * size));
    for (let p = 0; p < width; p++) store<u32>(rows + (<usize>p << 2), <u32>(turn + <usize>(width - 1 - p) * size));
    combine<T>(rows, taps, width, low + start, high + start, plain);
    for (let i = plain; i < nx; i++) {
      const turned = i + half + 1 - nx;
      for (let p = 0; p < width; p++) store<u32>(rows + (<usize>p << 2), <u32>(turn + <usize>(i + width - 1 - tapAt(p, turned)) * size));
      const at = start + <usize>i * size;
      combine<T>(rows, taps + <usize>turned * tapBytes, width, low + at, high + at, 1);
    }
  }
}

/** Along y or z: `across` neighbouring lines of `length` samples, `stride` apart, in each of so many planes. */
function splitAcross<T>(input: usize, low: usize, high: usize, length: i32, stride: i32, planes: i32, plane: i32, across: i32, width: i32, taps: usize, rows: usize): void {
  const size = sizeof<T>();
  const half = width >> 1;
  const tapBytes = <usize>width * 2 * size;
  for (let p = 0; p < planes; p++) {
    for (let from = 0; from < across; from += STRIP) {
      const start = (<usize>p * plane + from) * size;
      const count = min(STRIP, across - from);
      for (let i = 0; i < length; i++) {
        const turned = max(0, i + half + 1 - length);
        for (let place = 0; place < width; place++) {
          const row = <usize>modulo(i + half - tapAt(place, turned), length) * stride * size;
          store<u32>(rows + (<usize>place << 2), <u32>(input + start + row));
        }
        const at = start + <usize>i * stride * size;
        combine<T>(rows, taps + <usize>turned * tapBytes, width, low + at, high + at, count);
      }
    }
  }
}

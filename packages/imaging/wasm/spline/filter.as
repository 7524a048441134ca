/** Columns worked on at a time, so that a row and the one before stay in the processor's cache. */
const STRIP: usize = 64 * 8;
/** Lines along x that are turned into columns together. */
const LINES = 8;

/**
 * Filters one plane along x, then along y.
 *
 * @param source  float64 rows of the plane, `sourceStep` bytes apart; `xCount` samples of each are read
 * @param poles   see `filterRows`, for x and for y
 * @param plane   room for `yCount` rows, `planeStep` bytes apart, a multiple of 16
 * @param turned  room for LINES * xCount samples
 * @param xKeep   samples kept of each row, from `xSkip` on
 */
export function filterPlane(source: usize, sourceStep: usize, xCount: i32, yCount: i32, xPoles: usize, yPoles: usize, plane: usize, planeStep: usize, turned: usize, xSkip: i32, xKeep: i32): void {
  for (let y = 0; y < yCount; y += LINES) {
    const lines = min(LINES, yCount - y);
    for (let w = 0; w < lines; w++) {
      let from = source + <usize>(y + w) * sourceStep;
      let to = turned + (<usize>w << 3);
      for (let i = 0; i < xCount; i++, from += 8, to += LINES * 8) store<f64>(to, load<f64>(from));
    }
    filterRows(turned, LINES * 8, LINES, xCount, xPoles);
    for (let w = 0; w < lines; w++) {
      let from = turned + <usize>xSkip * LINES * 8 + (<usize>w << 3);
      let to = plane + <usize>(y + w) * planeStep;
      for (let i = 0; i < xKeep; i++, from += LINES * 8, to += 8) store<f64>(to, load<f64>(from));
    }
  }
  filterRows(plane, planeStep, xKeep, yCount, yPoles);
}

/** Copies rows that lie `fromStep` bytes apart to where they lie `bytes` apart. */
export function copyRows(from: usize, fromStep: usize, to: usize, bytes: usize, rows: i32): void {
  for (let row = 0; row < rows; row++) memory.copy(to + <usize>row * bytes, from + <usize>row * fromStep, bytes);
}

/**
 * Filters columns in place, all poles.
 *
 * @param data    rows of float64, `step` bytes apart, with room for an even number of columns
 * @param poles   float64: number of poles, gain, voxels of the whole image along the columns, and for each pole z, the horizon of its start
 *                sum, and z to the power of the whole image's last voxel
 */
export function filterRows(data: usize, step: usize, columns: i32, rows: i32, poles: usize): void {
  const count = <i32>load<f64>(poles);
  const whole = <i32>load<f64>(poles, 16);
  if (whole === 1) return;
  const end = data + (<usize>columns << 3);
  for (let strip = data; strip < end; strip += STRIP) {
    const stop = min(strip + STRIP, end);
    let gain = load<f64>(poles, 8);
    for (let p = 0; p < count; p++) {
      const pole = poles + 24 + 24 * <usize>p;
      const z = load<f64>(pole);
      start(strip, stop, step, z, gain, <i32>load<f64>(pole, 8), load<f64>(pole, 16), whole);
      recur(strip, stop, step, rows, z, gain);
      gain = 1;
    }
  }
}

/** First row of the causal filter: the mirrored signal's past, summed up to the tolerance, or in closed form on short axes. */
function start(strip: usize, stop: usize, step: usize, z: f64, gain: f64, horizon: i32, last: f64, whole: i32): void {
  const gains = f64x2.splat(gain);
  for (let at = strip; at < stop; at += 16) {
    let sum = f64x2.mul(v128.load(at), gains);
    if (horizon < whole) {
      let from = at;
      for (let i = 1, weight = z; i < horizon; i++, weight *= z) {
        from += step;
        sum = f64x2.add(sum, f64x2.mul(f64x2.splat(weight), f64x2.mul(v128.load(from), gains)));
      }
      v128.store(at, sum);
      continue;
    }
    const inverse = 1 / z;
    let near = z;
    let far = last;
    sum = f64x2.add(sum, f64x2.mul(f64x2.splat(far), f64x2.mul(v128.load(at + <usize>(whole - 1) * step), gains)));
    far = far * inverse * far;
    let from = at;
    for (let i = 1; i <= whole - 2; i++) {
      from += step;
      sum = f64x2.add(sum, f64x2.mul(f64x2.splat(near + far), f64x2.mul(v128.load(from), gains)));
      near *= z;
      far *= inverse;
    }
    v128.store(at, f64x2.div(sum, f64x2.splat(1 - near * near)));
  }
}

/** Down the rows and up again. */
function recur(strip: usize, stop: usize, step: usize, rows: i32, z: f64, gain: f64): void {
  const poles = f64x2.splat(z);
  const gains = f64x2.splat(gain);
  let from = strip;
  let until = stop;
  for (let i = 1; i < rows; i++) {
    from += step;
    until += step;
    for (let at = from; at < until; at += 16) v128.store(at, f64x2.add(f64x2.mul(v128.load(at), gains), f64x2.mul(poles, v128.load(at - step))));
  }
  const factor = f64x2.splat(z / (z * z - 1));
  for (let at = from; at < until; at += 16) v128.store(at, f64x2.mul(factor, f64x2.add(f64x2.mul(poles, v128.load(at - step)), v128.load(at))));
  for (let i = rows - 2; i >= 0; i--) {
    from -= step;
    until -= step;
    for (let at = from; at < until; at += 16) v128.store(at, f64x2.mul(poles, f64x2.sub(v128.load(at + step), v128.load(at))));
  }
}

import { invert3 } from '@radloom/core';

/** Sweeps that a 3 x 3 matrix never needs; beyond it the plain inverse serves. */
const maximumSweeps = 1000;

/**
 * Inverse of a 3 x 3 matrix by its singular values: V diag(1/s) Uᵀ.
 *
 * ITK inverts the matrix of an image grid this way (LINPACK's `dsvdc`, Golub & Reinsch). The last bit matters: a resampled voxel
 * centre often falls exactly between two voxels of a mask, and rounding in this inverse decides which of them it takes. So the
 * operations run in LINPACK's order. Rows and columns of the result are as in the input, row by row.
 *
 * @param m row by row; of full rank, as `makeGeometry` sees to
 */
export function inverseBySingularValues(m: readonly number[]): number[] {
  // Column-major, as LINPACK has it: entry (row, column) at row + 3 * column.
  const x = [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]];
  const s = [0, 0, 0];
  const e = [0, 0, 0];
  const u = Array.from({ length: 9 }, () => 0);
  const v = Array.from({ length: 9 }, () => 0);
  bidiagonalise(x, s, e, u, v);
  collectLeft(s, u);
  collectRight(e, v);
  if (!diagonalise(s, e, u, v)) return invert3(m);
  return Array.from({ length: 9 }, (_, i) => {
    const row = Math.floor(i / 3);
    const column = i % 3;
    let sum = 0;
    for (let k = 0; k < 3; k++) sum += v[row + 3 * k] * (1 / s[k]) * u[column + 3 * k];
    return sum;
  });
}

/** Householder reflections to upper bidiagonal form: diagonal in `s`, superdiagonal in `e`, the reflections kept in `u` and `v`. */
function bidiagonalise(x: number[], s: number[], e: number[], u: number[], v: number[]): void {
  for (let l = 0; l < 2; l++) {
    s[l] = norm(x, 3 * l + l, 3 - l);
    if (s[l] !== 0) {
      if (x[4 * l] !== 0) s[l] = withSign(s[l], x[4 * l]);
      scale(x, 4 * l, 3 - l, 1 / s[l]);
      x[4 * l] += 1;
    }
    s[l] = -s[l];
    for (let j = l + 1; j < 3; j++) {
      if (s[l] !== 0) reflect(x, 4 * l, x, l + 3 * j, 3 - l);
      e[j] = x[l + 3 * j];
    }
    for (let i = l; i < 3; i++) u[i + 3 * l] = x[i + 3 * l];
    if (l === 0) reflectRows(x, e, v);
  }
  s[2] = x[8];
  e[1] = x[7];
  e[2] = 0;
}

/** The one row reflection of a 3 x 3 matrix: clears entry (0, 2). */
function reflectRows(x: number[], e: number[], v: number[]): void {
  e[0] = norm(e, 1, 2);
  if (e[0] !== 0) {
    if (e[1] !== 0) e[0] = withSign(e[0], e[1]);
    scale(e, 1, 2, 1 / e[0]);
    e[1] += 1;
  }
  e[0] = -e[0];
  if (e[0] !== 0) {
    const work = [0, 0, 0];
    for (let j = 1; j < 3; j++) for (let i = 1; i < 3; i++) work[i] += e[j] * x[i + 3 * j];
    for (let j = 1; j < 3; j++) {
      const t = -e[j] / e[1];
      for (let i = 1; i < 3; i++) x[i + 3 * j] += t * work[i];
    }
  }
  for (let i = 1; i < 3; i++) v[i] = e[i];
}

/** Multiplies the left reflections out into the orthogonal matrix U. */
function collectLeft(s: readonly number[], u: number[]): void {
  u[6] = 0;
  u[7] = 0;
  u[8] = 1;
  for (let l = 1; l >= 0; l--) {
    if (s[l] === 0) {
      for (let i = 0; i < 3; i++) u[i + 3 * l] = i === l ? 1 : 0;
      continue;
    }
    for (let j = l + 1; j < 3; j++) reflect(u, 4 * l, u, l + 3 * j, 3 - l);
    scale(u, 4 * l, 3 - l, -1);
    u[4 * l] += 1;
    for (let i = 0; i < l; i++) u[i + 3 * l] = 0;
  }
}

/** Multiplies the right reflection out into the orthogonal matrix V. */
function collectRight(e: readonly number[], v: number[]): void {
  for (let l = 2; l >= 0; l--) {
    if (l === 0 && e[0] !== 0) for (let j = 1; j < 3; j++) reflect(v, 1, v, 1 + 3 * j, 2);
    for (let i = 0; i < 3; i++) v[i + 3 * l] = i === l ? 1 : 0;
  }
}

/** Implicit QR sweeps until the superdiagonal vanishes; singular values positive and in descending order. False if it does not end. */
function diagonalise(s: number[], e: number[], u: number[], v: number[]): boolean {
  let last = 2;
  for (let sweeps = 0; last >= 0; ) {
    if (sweeps >= maximumSweeps) return false;
    let first = last - 1;
    for (; first >= 0; first--) {
      const test = Math.abs(s[first]) + Math.abs(s[first + 1]);
      if (test + Math.abs(e[first]) === test) {
        e[first] = 0;
        break;
      }
    }
    if (first === last - 1) {
      settle(last, s, u, v);
      last--;
      sweeps = 0;
    } else {
      sweep(first + 1, last, s, e, u, v);
      sweeps++;
    }
  }
  return true;
}

/** Makes a converged singular value positive and moves it to its place. */
function settle(at: number, s: number[], u: number[], v: number[]): void {
  if (s[at] < 0) {
    s[at] = -s[at];
    scale(v, 3 * at, 3, -1);
  }
  for (let l = at; l < 2 && s[l] < s[l + 1]; l++) {
    [s[l], s[l + 1]] = [s[l + 1], s[l]];
    for (const q of [u, v]) for (let i = 0; i < 3; i++) [q[i + 3 * l], q[i + 3 * l + 3]] = [q[i + 3 * l + 3], q[i + 3 * l]];
  }
}

/** One QR sweep with Wilkinson's shift over the unfinished block first..last. */
function sweep(first: number, last: number, s: number[], e: number[], u: number[], v: number[]): void {
  const largest = Math.max(Math.abs(s[last]), Math.abs(s[last - 1]), Math.abs(e[last - 1]), Math.abs(s[first]), Math.abs(e[first]));
  const sm = s[last] / largest;
  const sm1 = s[last - 1] / largest;
  const em1 = e[last - 1] / largest;
  const sl = s[first] / largest;
  const el = e[first] / largest;
  const b = ((sm1 + sm) * (sm1 - sm) + em1 * em1) / 2;
  const c = sm * em1 * (sm * em1);
  let shift = 0;
  if (b !== 0 || c !== 0) {
    shift = Math.sqrt(b * b + c);
    if (b < 0) shift = -shift;
    shift = c / (b + shift);
  }
  let f = (sl + sm) * (sl - sm) + shift;
  let g = sl * el;
  for (let k = first; k < last; k++) {
    let turn = rotation(f, g);
    if (k !== first) e[k - 1] = turn.r;
    f = turn.cos * s[k] + turn.sin * e[k];
    e[k] = turn.cos * e[k] - turn.sin * s[k];
    g = turn.sin * s[k + 1];
    s[k + 1] = turn.cos * s[k + 1];
    rotateColumns(v, k, turn);
    turn = rotation(f, g);
    s[k] = turn.r;
    f = turn.cos * e[k] + turn.sin * s[k + 1];
    s[k + 1] = -turn.sin * e[k] + turn.cos * s[k + 1];
    g = turn.sin * e[k + 1];
    e[k + 1] = turn.cos * e[k + 1];
    rotateColumns(u, k, turn);
  }
  e[last - 1] = f;
}

interface Rotation {
  readonly r: number;
  readonly cos: number;
  readonly sin: number;
}

/** The plane rotation that takes (a, b) to (r, 0). */
function rotation(a: number, b: number): Rotation {
  const size = Math.abs(a) + Math.abs(b);
  if (size === 0) return { r: 0, cos: 1, sin: 0 };
  const length = size * Math.sqrt((a / size) * (a / size) + (b / size) * (b / size));
  const r = withSign(1, Math.abs(a) > Math.abs(b) ? a : b) * length;
  return { r, cos: a / r, sin: b / r };
}

function rotateColumns(q: number[], k: number, { cos, sin }: Rotation): void {
  for (let i = 0; i < 3; i++) {
    const left = q[i + 3 * k];
    const right = q[i + 3 * k + 3];
    q[i + 3 * k] = cos * left + sin * right;
    q[i + 3 * k + 3] = cos * right - sin * left;
  }
}

/** Adds to `y` the multiple of the reflector `x` that its reflection asks for; both of `length` entries. */
function reflect(x: readonly number[], xAt: number, y: number[], yAt: number, length: number): void {
  let dot = 0;
  for (let i = 0; i < length; i++) dot += x[xAt + i] * y[yAt + i];
  const t = -dot / x[xAt];
  for (let i = 0; i < length; i++) y[yAt + i] += t * x[xAt + i];
}

function scale(x: number[], at: number, length: number, factor: number): void {
  for (let i = 0; i < length; i++) x[at + i] *= factor;
}

/** Euclidean norm by running scale and sum of squares, as BLAS `dnrm2` (1993) rounds it. */
function norm(x: readonly number[], at: number, length: number): number {
  if (length === 1) return Math.abs(x[at]);
  let largest = 0;
  let squares = 1;
  for (let i = at; i < at + length; i++) {
    const size = Math.abs(x[i]);
    if (size === 0) continue;
    if (largest < size) {
      squares = squares * ((largest / size) * (largest / size)) + 1;
      largest = size;
    } else {
      squares += (size / largest) * (size / largest);
    }
  }
  return largest * Math.sqrt(squares);
}

function withSign(size: number, sign: number): number {
  return sign < 0 || Object.is(sign, -0) ? -Math.abs(size) : Math.abs(size);
}

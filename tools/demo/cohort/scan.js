import { streamFor } from './patients.js';

/** Pixels along x and y, millimetres between pixels and between slices. */
const PIXELS = 256;
const PIXEL_MM = 0.9375;
const SLICE_MM = 5;

/** Hounsfield units. */
const AIR = -1000;
const SCALP = 40;
const BONE = 950;
const CSF = 9;
const WHITE = 29;
const GREY = 37;

/**
 * The head in ellipsoids around its own centre, x to the left, y to the back, z to the top. Layers of the skull are shells of one
 * ellipsoid: bounds on the squared radius, 1 at the bone's outside.
 */
const skull = { x: 73, y: 91, z: 84 };
const SCALP_UNTIL = 1.1;
const BONE_FROM = 0.84;
const BRAIN_UNTIL = 0.8;
const CORTEX_FROM = 0.68;

const ventricles = [-1, 1].map((side) => ({ x: 11 * side, y: 4, z: 14, a: 7, b: 27, c: 13 })).concat({ x: 0, y: 2, z: -4, a: 3, b: 14, c: 9 });
const basalGanglia = [-1, 1].map((side) => ({ x: 25 * side, y: -2, z: 4, a: 8, b: 18, c: 14 }));

/** Standard deviation of the hidden field that decides where a lesion's patches lie is 1; they begin at this height at severity 0. */
const PATCH_THRESHOLD = 0.45;

/**
 * The scan of one patient.
 *
 * @param patient `severity` makes the lesion patchier and its patches darker; all else comes from `seed`
 * @returns size, spacing and origin (LPS mm) of the grid, `image` in Hounsfield units and `mask` 0/1, x fastest
 */
export function makeScan({ severity, seed }) {
  const stream = streamFor(...seed, 'scan');
  const slices = 24 + stream.integer(5);
  const grow = 1 + 0.03 * stream.normal();
  const noise = 4 + 0.8 * stream.next();
  const size = [PIXELS, PIXELS, slices];
  const origin = [-(PIXELS - 1) / 2 * PIXEL_MM, -(PIXELS - 1) / 2 * PIXEL_MM, -SLICE_MM * Math.floor(slices / 2)];
  const image = paintHead(size, origin, grow);
  const lesion = drawLesion(size, origin, grow, stream);
  darken(image, lesion, severity, stream);
  addNoise(image, size, noise, stream);
  const mask = new Uint8Array(image.length);
  for (const { voxel } of lesion) mask[voxel] = 1;
  return { size, spacing: [PIXEL_MM, PIXEL_MM, SLICE_MM], origin, image: toHounsfield(image), mask };
}

/** Tissue of every voxel, without lesion and noise. */
function paintHead([nx, ny, nz], origin, grow) {
  const image = new Float32Array(nx * ny * nz).fill(AIR);
  const scaled = (solid) => ({ ...solid, x: solid.x * grow, y: solid.y * grow, z: solid.z * grow });
  const inner = [...basalGanglia.map((solid) => ({ ...scaled(solid), tissue: GREY })), ...ventricles.map((solid) => ({ ...scaled(solid), tissue: CSF }))];
  const inverse = [1 / (skull.x * grow) ** 2, 1 / (skull.y * grow) ** 2, 1 / (skull.z * grow) ** 2];
  for (let k = 0, i = 0; k < nz; k++) {
    const z = origin[2] + k * SLICE_MM;
    for (let j = 0; j < ny; j++) {
      const y = origin[1] + j * PIXEL_MM;
      const beside = z * z * inverse[2] + y * y * inverse[1];
      for (let column = 0; column < nx; column++, i++) {
        const x = origin[0] + column * PIXEL_MM;
        const radius = beside + x * x * inverse[0];
        if (radius > SCALP_UNTIL) continue;
        if (radius > 1) image[i] = SCALP;
        else if (radius > BONE_FROM) image[i] = BONE;
        else if (radius > BRAIN_UNTIL) image[i] = CSF;
        else image[i] = radius > CORTEX_FROM ? GREY : WHITE;
      }
    }
    for (const solid of inner) fillSection(image, nx, k, z, origin, solid);
  }
  return image;
}

/** The ellipse in which a slice cuts a solid. */
function fillSection(image, nx, k, z, origin, { x, y, z: height, a, b, c, tissue }) {
  const left = 1 - ((z - height) / c) ** 2;
  if (left <= 0) return;
  const reach = b * Math.sqrt(left);
  const row = (mm) => Math.round((mm - origin[1]) / PIXEL_MM);
  for (let j = row(y - reach); j <= row(y + reach); j++) {
    const rest = left - ((origin[1] + j * PIXEL_MM - y) / b) ** 2;
    if (rest <= 0) continue;
    const half = a * Math.sqrt(rest);
    const start = nx * (nx * k + j);
    image.fill(tissue, start + Math.round((x - half - origin[0]) / PIXEL_MM), start + Math.round((x + half - origin[0]) / PIXEL_MM) + 1);
  }
}

/**
 * Voxels of one lesion in the territory of a middle cerebral artery: an uneven ellipsoid inside the brain and outside the ventricles,
 * cut where it has the volume drawn for it (median 10 ml).
 *
 * @returns per voxel its index, its place in mm and `depth`, 0 at the edge to 1 inside
 */
function drawLesion([nx, ny, nz], origin, grow, stream) {
  const side = stream.next() < 0.5 ? -1 : 1;
  const centre = [side * (36 + 4 * stream.normal()), 2 + 9 * stream.normal(), 14 + 5 * stream.normal()];
  const millilitres = Math.min(45, Math.max(3, 10 * Math.exp(0.55 * stream.normal())));
  const axes = [0.8 + 0.25 * stream.next(), 1 + 0.4 * stream.next(), 0.9 + 0.3 * stream.next()];
  const uneven = smoothField(stream, 14);
  // Radius of the even ellipsoid of that volume, and room for what the uneven one loses at the brain's surface.
  const reach = 1.5 * Math.cbrt((3000 * millilitres) / (4 * Math.PI * axes[0] * axes[1] * axes[2]));
  const range = (axis, step, n) => [-1, 1].map((sign) => Math.min(n - 1, Math.max(0, Math.round((centre[axis] + sign * reach * axes[axis] - origin[axis]) / step))));
  const [[x0, x1], [y0, y1], [z0, z1]] = [range(0, PIXEL_MM, nx), range(1, PIXEL_MM, ny), range(2, SLICE_MM, nz)];
  const found = [];
  for (let k = z0; k <= z1; k++) {
    for (let j = y0; j <= y1; j++) {
      for (let i = x0; i <= x1; i++) {
        const place = [origin[0] + i * PIXEL_MM, origin[1] + j * PIXEL_MM, origin[2] + k * SLICE_MM];
        const even = Math.hypot((place[0] - centre[0]) / axes[0], (place[1] - centre[1]) / axes[1], (place[2] - centre[2]) / axes[2]);
        if (even < reach && inBrain(place, grow)) found.push({ voxel: i + nx * (j + ny * k), place, distance: even * (1 + 0.16 * uneven(place)) });
      }
    }
  }
  found.sort((a, b) => a.distance - b.distance || a.voxel - b.voxel);
  const lesion = found.slice(0, Math.round((1000 * millilitres) / (PIXEL_MM * PIXEL_MM * SLICE_MM)));
  const edge = lesion[lesion.length - 1].distance;
  return lesion.map(({ voxel, place, distance }) => ({ voxel, place, depth: Math.min(1, (1 - distance / edge) / 0.15) }));
}

function inBrain([x, y, z], grow) {
  if (((x / skull.x) ** 2 + (y / skull.y) ** 2 + (z / skull.z) ** 2) / grow ** 2 > BRAIN_UNTIL - 0.02) return false;
  return !ventricles.some((solid) => ((x - solid.x * grow) / (solid.a + 1)) ** 2 + ((y - solid.y * grow) / (solid.b + 1)) ** 2 + ((z - solid.z * grow) / (solid.c + 2)) ** 2 < 1);
}

/** Oedema over the whole lesion, and darker patches whose share and depth rise with severity. */
function darken(image, lesion, severity, stream) {
  const oedema = 5 + 1.6 * stream.normal();
  const patchDepth = Math.min(26, Math.max(3, 13 + 4 * severity));
  const threshold = PATCH_THRESHOLD - 0.28 * severity;
  const field = smoothField(stream, 8);
  for (const { voxel, place, depth } of lesion) {
    const patch = Math.min(1, Math.max(0, (field(place) - threshold) / 0.35));
    image[voxel] -= depth * (oedema + patchDepth * patch);
  }
}

/**
 * A random function of the place, mean 0 and standard deviation about 1, that changes over `cell` mm: normal numbers on a lattice,
 * drawn as they are needed, and blended smoothly.
 */
function smoothField(stream, cell) {
  const side = 64;
  const lattice = Float64Array.from({ length: 4096 }, () => stream.normal());
  const at = (i, j, k) => lattice[(i + side + (j + side) * 131 + (k + side) * 1031) & 4095];
  const ease = (t) => t * t * (3 - 2 * t);
  const mix = (a, b, t) => a + (b - a) * t;
  // Blending eight independent values shrinks their spread to about 0.62 on average over a cell.
  const gain = 1.6;
  return ([x, y, z]) => {
    const [i, j, k] = [Math.floor(x / cell), Math.floor(y / cell), Math.floor(z / cell)];
    const [u, v, w] = [ease(x / cell - i), ease(y / cell - j), ease(z / cell - k)];
    const plane = (layer) => mix(mix(at(i, j, layer), at(i + 1, j, layer), u), mix(at(i, j + 1, layer), at(i + 1, j + 1, layer), u), v);
    return gain * mix(plane(k), plane(k + 1), w);
  };
}

const TILE = 512;
let tile;

/** Noise of standard deviation 1, smoothed over neighbours as a soft reconstruction kernel does; made once and cut anew for every slice. */
function noiseTile() {
  if (tile !== undefined) return tile;
  const stream = streamFor('noise');
  const raw = Float32Array.from({ length: TILE * TILE }, () => stream.normal());
  const wrap = TILE - 1;
  tile = new Float32Array(TILE * TILE);
  let squares = 0;
  for (let y = 0, i = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++, i++) {
      const at = (dx, dy) => raw[TILE * ((y + dy) & wrap) + ((x + dx) & wrap)];
      tile[i] = 4 * at(0, 0) + 2 * (at(-1, 0) + at(1, 0) + at(0, -1) + at(0, 1)) + at(-1, -1) + at(1, -1) + at(-1, 1) + at(1, 1);
      squares += tile[i] * tile[i];
    }
  }
  const scale = 1 / Math.sqrt(squares / tile.length);
  for (let i = 0; i < tile.length; i++) tile[i] *= scale;
  return tile;
}

function addNoise(image, [nx, ny, nz], deviation, stream) {
  const noise = noiseTile();
  for (let k = 0, i = 0; k < nz; k++) {
    const [left, top] = [stream.integer(TILE), stream.integer(TILE)];
    for (let y = 0; y < ny; y++) {
      const row = TILE * ((top + y) & (TILE - 1));
      for (let x = 0; x < nx; x++, i++) image[i] += deviation * noise[row + ((left + x) & (TILE - 1))];
    }
  }
}

function toHounsfield(image) {
  const out = new Int16Array(image.length);
  // Adding before cutting off rounds negative numbers as positive ones.
  for (let i = 0; i < out.length; i++) out[i] = Math.max(-1024, ((image[i] + 4096.5) | 0) - 4096);
  return out;
}

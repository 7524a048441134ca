import { type ApplyFilter, makeVolume } from '@radloom/core';
import { floatValues } from '@radloom/imaging';
import { harmonics } from './harmonics.js';
import { icosphere } from './icosphere.js';
import { patternNorms, rowSpace, sampleKurtosis } from './pattern-rows.js';
import { roundingTo } from './rounding.js';
import { sphereRows } from './sphere-rows.js';
import { splineCoefficients } from './spline.js';
import { tiesIn } from './ties.js';

interface Params {
  readonly levels: number;
  readonly icosphereRadius: number;
  readonly icosphereSubdivision: number;
}

/** Float64 images of the norm of each degree and of the kurtosis of the samples, for every voxel of the volume. */
export const apply: ApplyFilter<Params> = (volume, { levels, icosphereRadius, icosphereSubdivision }, ctx) => {
  const { geometry, data } = volume;
  const [nx, ny, nz] = geometry.size;
  const points = icosphere(icosphereSubdivision, icosphereRadius);
  const degrees = harmonics(points, icosphereRadius, levels);
  const coefficients = splineCoefficients(data, geometry.size);
  const sampleRow = sphereRows(coefficients, geometry.size, points);
  const round = roundingTo(data);
  const centres = floatValues(data);
  const resolution = data instanceof Float32Array ? 1e-6 : 1e-15;
  const settleTies = tiesIn(data, coefficients, geometry.size, points);
  const norms = degrees.map(() => new Float64Array(data.length));
  const kurtosis = new Float64Array(data.length);
  const samples = new Float64Array(points.length * nx);
  const space = rowSpace(nx, points.length, levels);
  for (let z = 0, from = 0; z < nz; z++) {
    ctx.signal.throwIfAborted();
    for (let y = 0; y < ny; y++, from += nx) {
      sampleRow(y, z, samples);
      settleTies(y, z, samples);
      round(samples);
      patternNorms(samples, centres, from, nx, degrees, norms, space);
      sampleKurtosis(samples, from, nx, kurtosis, resolution, space);
    }
    ctx.progress(z + 1, nz);
  }
  return Object.fromEntries([...norms.map((norm, n) => [`lbp-3D-m${n + 1}`, makeVolume(geometry, norm)]), ['lbp-3D-k', makeVolume(geometry, kurtosis)]]);
};

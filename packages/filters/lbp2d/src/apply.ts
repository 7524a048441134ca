import { type ApplyFilter, makeVolume } from '@radloom/core';
import { floatValues } from '@radloom/imaging';
import { circle } from './circle.js';
import { codeOf, type Method } from './codes.js';
import { filterPlane, planesAcross } from './planes.js';

interface Params {
  readonly radius: number;
  readonly samples: number;
  readonly method: Method;
  readonly force2DDimension: number;
}

/**
 * One image of codes in the pixel type of the volume, so that fractions of the method `var` are cut off in integer images, as in
 * PyRadiomics.
 */
export const apply: ApplyFilter<Params> = ({ geometry, data }, { radius, samples, method, force2DDimension }, ctx) => {
  const values = floatValues(data);
  const codes = data.slice();
  const points = circle(radius, samples);
  const code = codeOf(method, samples);
  const planes = planesAcross(geometry.size, force2DDimension);
  for (let plane = 0; plane < planes.count; plane++) {
    if (plane % 16 === 0) ctx.signal.throwIfAborted();
    filterPlane(values, codes, plane * planes.step, planes, points, code);
  }
  ctx.progress(1, 1);
  return { 'lbp-2D': makeVolume(geometry, codes) };
};

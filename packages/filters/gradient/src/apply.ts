import { type ApplyFilter, makeVolume } from '@radloom/core';
import { floatValues } from '@radloom/imaging';
import { gradientMagnitude } from './magnitude.js';

/** One float32 image, in intensity per mm, or per voxel without spacing. */
export const apply: ApplyFilter<{ readonly useSpacing: boolean }> = ({ geometry, data }, { useSpacing }) => ({
  gradient: makeVolume(geometry, gradientMagnitude(floatValues(data), geometry.size, useSpacing ? geometry.spacing : [1, 1, 1])),
});

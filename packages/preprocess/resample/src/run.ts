import type { Mask, Vec3, Volume } from '@radloom/core';
import { checkRoi, cropToRoi, type Interpolator, requireFinite, resampleRoi } from '@radloom/imaging';

export interface ResampleSettings {
  readonly spacing: Vec3 | null;
  readonly interpolator: Interpolator;
  readonly padDistance: number;
  readonly preCrop: boolean;
  readonly minimumROIDimensions: number;
  readonly minimumROISize: number | null;
}

/** Image and mask on one grid; what came in where nothing is asked for. */
export function run({ volume, mask }: { readonly volume: Volume; readonly mask: Mask }, settings: ResampleSettings): { volume: Volume; mask: Mask } {
  const { spacing, interpolator, padDistance, preCrop } = settings;
  if (spacing === null && !preCrop) return { volume, mask };
  const result = spacing === null ? cropToRoi(volume, mask, padDistance) : resampleRoi(volume, mask, { spacing, interpolator, padDistance });
  checkRoi(result.mask, { minimumDimensions: settings.minimumROIDimensions, minimumSize: settings.minimumROISize });
  requireFinite(result.volume, result.mask);
  return result;
}

import { type Context, type Mask, RadloomError, type Volume } from '@radloom/core';
import { checkRoi, compareGrids, labelNamed, requireFinite, requireRoiInside, requireSameGrid, resampleMask, takeLabel } from '@radloom/imaging';

export interface MaskSettings {
  readonly label: number;
  readonly name: string | null;
  readonly labelChannel: number;
  readonly correctMask: boolean;
  readonly geometryTolerance: number;
  readonly minimumROIDimensions: number;
  readonly minimumROISize: number | null;
  readonly deferChecks: boolean;
}

/** The ROI as a mask: on the image's grid and checked, or on its own grid if the checks are deferred. */
export function run({ image, segmentation }: { readonly image: Volume; readonly segmentation: Volume }, settings: MaskSettings, ctx: Context): { mask: Mask } {
  const { name, labelChannel } = settings;
  if (labelChannel > 0) {
    throw new RadloomError({ code: 'label-channel', what: `Channel ${labelChannel} of the segmentation is asked for; it has channel 0 only.`, fix: 'Set labelChannel: 0.' });
  }
  const own = takeLabel(segmentation, name === null ? settings.label : labelNamed(segmentation, name));
  warnNotFinite(image, ctx);
  if (settings.deferChecks) return { mask: own };
  const mask = onGridOf(image, own, settings, ctx);
  checkRoi(mask, { minimumDimensions: settings.minimumROIDimensions, minimumSize: settings.minimumROISize });
  requireFinite(image, mask);
  return { mask };
}

/** Says of an image with NaN or infinities that filters will spread them; inside the ROI they are refused. */
function warnNotFinite({ data }: Volume, ctx: Context): void {
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return;
  let voxels = 0;
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) voxels++;
  if (voxels > 0) ctx.warn('image-not-finite', `The image has no finite value (NaN or infinity) at ${voxels} of its ${data.length} voxels. Filters, normalisation and resampling spread them, and inside the ROI none is accepted.`, { voxels });
}

/** The mask with the image's geometry: as it is where both agree within the tolerance, resampled where that is allowed. */
function onGridOf({ geometry }: Volume, mask: Mask, { correctMask, geometryTolerance }: MaskSettings, ctx: Context): Mask {
  if (mask.geometry === geometry) return mask;
  const difference = compareGrids(geometry, mask.geometry, geometryTolerance);
  if (difference === null) return { ...mask, geometry };
  if (!correctMask) {
    requireSameGrid(geometry, mask.geometry, geometryTolerance, `To put the mask on the image's grid: set correctMask: true. To accept a small difference: raise geometryTolerance (now ${geometryTolerance}).`);
  }
  requireRoiInside(mask, geometry);
  ctx.warn('mask-corrected', `The mask was on another grid than the image (${difference.differs.join(', ')}) and was put on the image's grid.`, { ...difference });
  return resampleMask(mask, geometry);
}

import type { Plain } from '@radloom/core';
import type { PyRadiomicsParams } from '@radloom/study';

const image = ['Spacing', 'Size', 'Mean', 'Minimum', 'Maximum'];
const mask = ['Spacing', 'Size', 'BoundingBox', 'VoxelNum', 'VolumeNum', 'CenterOfMassIndex', 'CenterOfMass'];
const inside = ['Mean', 'Minimum', 'Maximum'];

/** Software that PyRadiomics names with its version; its columns stay, so that tables line up, and say that it had no part. */
const software = ['PyRadiomics', 'Numpy', 'SimpleITK', 'PyWavelet', 'Python'];

const columns = (part: string, names: readonly string[]): string[] => names.map((name) => `diagnostics_${part}_${name}`);

/** PyRadiomics' `diagnostics_` columns at these settings, in its order; the same for every case, whatever happens to it. */
export function diagnosticColumns({ settings, additionalInfo }: PyRadiomicsParams): string[] {
  if (!additionalInfo) return [];
  const resampling = settings.resample !== null && settings.resample.preCrop !== true;
  return [
    ...columns('Versions', software),
    ...columns('Configuration', ['Settings', 'EnabledImageTypes']),
    ...columns('Image-original', ['Hash', 'Dimensionality', ...image]),
    ...columns('Mask-original', ['Hash', ...mask]),
    ...(settings.mask.correctMask === true && !resampling ? columns('Mask-corrected', [...mask, ...inside]) : []),
    ...(!resampling ? [] : [...columns('Image-interpolated', image), ...columns('Mask-interpolated', [...mask, ...inside])]),
    ...(settings.resegment === null ? [] : columns('Mask-resegmented', [...mask, ...inside])),
  ];
}

/** The values of one case; what was not measured is absent. */
export function diagnosticValues(params: PyRadiomicsParams, measured: Plain | undefined, label: number, version: string | undefined): Record<string, unknown> {
  if (measured === undefined) return {};
  const listed = new Set(diagnosticColumns(params));
  const used = `Radloom${version === undefined ? '' : ` ${version}`}, profile pyradiomics`;
  return {
    ...Object.fromEntries(columns('Versions', software).map((name, i) => [name, i === 0 ? used : 'not used'])),
    diagnostics_Configuration_Settings: { ...params.effective, label },
    diagnostics_Configuration_EnabledImageTypes: params.enabledImageTypes,
    // An image that was only cropped is measured too, and PyRadiomics has no columns for it.
    ...Object.fromEntries((measured.value as [name: string, value: unknown][]).filter(([name]) => listed.has(name))),
  };
}

import { join } from 'node:path';
import { filesIn, readJson } from '../../reference.js';
import { operate, readVolume } from './operations.js';

/** Single voxels of normalised, resampled and filtered images. */
export default async function samples(tally, folder) {
  const home = join(folder, 'pyradiomics');
  for (const file of filesIn(join(home, 'samples'), '.json')) {
    const { case: name, images } = readJson(join(home, 'samples', file));
    const volume = await readVolume(join(home, 'cases', `${name}_image.nrrd`));
    const segmentation = await readVolume(join(home, 'cases', `${name}_label.nrrd`));
    const bases = new Map();
    const filtered = new Map();
    for (const [image, reference] of Object.entries(images)) {
      const [base, filter] = image.split('/');
      const group = `samples ${filter === undefined ? base : filter.replace(/-(LL|HH|LH|HL|L|H)+(?=-|$)/, '').replace(/-m\d|-k$/, '')}`;
      try {
        if (!bases.has(base)) bases.set(base, await makeBase(base, volume, segmentation));
        const { volume: made, mask } = bases.get(base);
        if (filter !== undefined && !filtered.has(image)) for (const [derived, value] of await applyFilter(filter, made)) filtered.set(`${base}/${derived}`, value);
        const found = filter === undefined ? made : filtered.get(image);
        compare(tally, group, `${name} ${image}`, found, filter === undefined ? mask : undefined, reference);
      } catch (error) {
        tally.missing(group, `${name} ${image}`, String(error.message ?? error), reference.samples.length);
      }
    }
  }
}

function compare(tally, group, name, found, mask, reference) {
  if (found === undefined) return tally.missing(group, name, 'not computed', reference.samples.length);
  const { size, spacing, origin, direction } = found.geometry;
  tally.equal(group, `${name} size`, size, reference.size_xyz);
  tally.numbers(group, `${name} spacing`, spacing, reference.spacing, { relative: 1e-12 });
  tally.numbers(group, `${name} origin`, origin, reference.origin, { relative: 1e-12, absolute: 1e-10 });
  tally.numbers(group, `${name} direction`, direction, reference.direction, { absolute: 1e-12 });
  if (reference.mask_voxels_label1 !== undefined) tally.equal(group, `${name} mask voxels`, mask?.data.reduce((sum, value) => sum + value, 0), reference.mask_voxels_label1);
  if (reference.mask_bbox_lower_xyz !== undefined) tally.equal(group, `${name} mask box`, mask === undefined ? undefined : lowest(mask), reference.mask_bbox_lower_xyz);
  const range = reference.samples.reduce((most, [, , , value]) => Math.max(most, Math.abs(value)), 0);
  for (const [x, y, z, value] of reference.samples) {
    // Voxels near 0 are differences of large numbers: a floor of 1e-12 of the image's range.
    tally.number(group, `${name} ${x} ${y} ${z}`, found.data[x + size[0] * (y + size[1] * z)], value, { relative: 1e-9, absolute: 1e-12 * range });
  }
}

function lowest({ geometry: { size }, data }) {
  const low = [Infinity, Infinity, Infinity];
  data.forEach((value, i) => {
    if (value === 0) return;
    [i % size[0], Math.floor(i / size[0]) % size[1], Math.floor(i / (size[0] * size[1]))].forEach((index, axis) => (low[axis] = Math.min(low[axis], index)));
  });
  return low;
}

const interpolators = { sitkBSpline: 'bspline', sitkLinear: 'linear', sitkNearestNeighbor: 'nearest' };

/** The image before any filter, by the reference's name: `original`, `normalize-…`, `resample-1x1x1-sitkBSpline`. */
async function makeBase(name, volume, segmentation) {
  if (name === 'original') return { volume };
  if (name === 'normalize') return operate('preprocess/normalise', 'run', { volume });
  if (name.startsWith('normalize-')) {
    const [, scale, outliers] = /scale(\d+)-outliers(\d+)/.exec(name);
    return operate('preprocess/normalise', 'run', { volume }, { scale: Number(scale), removeOutliers: Number(outliers) });
  }
  const { mask } = await operate('preprocess/mask', 'run', { image: volume, segmentation }, { deferChecks: true });
  const [, grid, interpolator] = /resample-(.+)-(sitk\w+)$/.exec(name);
  const inPlane = /inplane([\d.]+)/.exec(grid);
  const spacing = inPlane === null ? grid.split('x').map(Number) : [Number(inPlane[1]), Number(inPlane[1]), 0];
  return operate('preprocess/resample', 'run', { volume, mask }, { spacing, interpolator: interpolators[interpolator] });
}

/** The derived images of the filter that makes `name`, by the reference's names. */
async function applyFilter(name, volume) {
  const apply = async (id, settings, suffix = '') => Object.entries(await operate(id, 'apply', { volume }, settings)).map(([image, value]) => [image + suffix, value]);
  if (name.startsWith('log-sigma')) return apply('filter/log', { sigma: ['1.0', '2.0', '4.0'] });
  if (name.endsWith('-haar')) return apply('filter/wavelet', { wavelet: 'haar', level: 2 }, '-haar');
  if (name.startsWith('wavelet')) return apply('filter/wavelet', {});
  if (name === 'lbp-2D') return apply('filter/lbp2d', {});
  if (name.startsWith('lbp-3D')) return apply('filter/lbp3d', {});
  return apply(`filter/${name}`, {});
}

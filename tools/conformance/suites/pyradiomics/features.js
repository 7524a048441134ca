import { join } from 'node:path';
import { extract } from '@radloom/standard';
import { filesIn, inputFiles, readJson, readText } from '../../reference.js';

/** Feature values of every configuration, and the runs that must fail with their reason. */
export default async function pyradiomics(tally, folder) {
  const home = join(folder, 'pyradiomics');
  for (const file of filesIn(join(home, 'expected'), '.json')) {
    const reference = readJson(join(home, 'expected', file));
    const group = reference.config;
    const run = () =>
      extract({
        image: inputFiles(join(home, reference.image))[0],
        mask: inputFiles(join(home, reference.label))[0],
        // The reference's `default` was made without a parameter file.
        ...(reference.config === 'default' ? {} : { params: readText(join(home, reference.params)) }),
      });
    if (reference.error !== undefined) await mustFail(tally, group, file, reference.error.reason, run);
    else await mustAgree(tally, group, reference, run);
  }
}

/** Reasons of the reference, and our codes for them. */
const codes = {
  'shape2D-on-multi-slice-roi': 'mask-not-flat',
  'label-absent': 'label-absent',
  'roi-has-too-few-dimensions': 'roi-too-few-dimensions',
  'roi-not-larger-than-minimumROISize': 'roi-too-small',
  'resegmentation-left-at-most-one-voxel': 'resegment-empty',
  'roi-is-single-voxel': 'roi-single-voxel',
  'image-mask-geometry-mismatch': 'geometry-mismatch',
};

async function mustFail(tally, group, file, reason, run) {
  let code = 'no error';
  try {
    await run();
  } catch (error) {
    code = error.code ?? String(error);
  }
  tally.equal(group, `${file} error`, code, codes[reason] ?? reason);
}

async function mustAgree(tally, group, reference, run) {
  let found;
  try {
    found = await run();
  } catch (error) {
    tally.missing(group, reference.case, String(error.message ?? error), Object.keys(reference.features).length);
    return;
  }
  const values = new Map(found.features.map(({ name, value }) => [name, value]));
  for (const [name, expected] of Object.entries(reference.features)) {
    tally.number(group, `${reference.case} ${name}`, values.get(name), expected, toleranceOf(reference, name));
    values.delete(name);
  }
  tally.equal(group, `${reference.case} features beyond the reference`, [...values.keys()], []);
}

/** Stated before any run: 1e-9, or 1e-6 behind a single-precision image or a B-spline; both with a floor for values near zero. */
function toleranceOf(reference, name) {
  const single = /^(log-sigma|gradient)/.test(name) || JSON.stringify(reference.settings).includes('resampledPixelSpacing') || reference.params.includes('resample') || reference.params.includes('example');
  return { relative: single ? 1e-6 : 1e-9, absolute: 1e-12 };
}

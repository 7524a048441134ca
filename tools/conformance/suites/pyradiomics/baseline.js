import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pyradiomicsParams } from '@radloom/study';
import { extractWith } from '@radloom/standard';
import Papa from 'papaparse';
import { filesIn, readText } from '../../reference.js';
import { readVolume } from './operations.js';

/**
 * The values that PyRadiomics publishes for its own tests: per class a table of features by rows, test cases by columns, each with its settings.
 * Tolerance 1e-9: the tables hold about 12 digits.
 */
export default async function baseline(tally, folder) {
  const home = join(folder, 'pyradiomics');
  for (const file of filesIn(join(home, 'baseline'), '.csv')) {
    const className = file.slice('baseline_'.length, -'.csv'.length);
    const { data: [header, ...rows] } = Papa.parse(readText(join(home, 'baseline', file)), { skipEmptyLines: true });
    const row = (name) => rows.find(([first]) => first === name);
    for (const [i, column] of header.entries()) {
      if (i === 0) continue;
      const expected = new Map(rows.filter(([name]) => !name.startsWith('diagnostics_')).map((values) => [values[0], Number(values[i])]));
      await compare(tally, home, { className, column, settings: pythonDict(row('diagnostics_Configuration_Settings')[i]), expected });
    }
  }
}

async function compare(tally, home, { className, column, settings, expected }) {
  const group = `baseline ${className}`;
  const name = column.split('_')[0];
  const label = join(home, 'cases', `${name}_label.nrrd`);
  const image = join(home, 'cases', `${name}_image.nrrd`);
  // The images of lung1 and lung2 are not part of the reference; their shape needs the label alone.
  const withoutImage = !existsSync(image);
  if (withoutImage && className !== 'shape') {
    for (const feature of expected.keys()) tally.skip(group, `${column} ${feature} (no image)`);
    return;
  }
  let found;
  try {
    const params = pyradiomicsParams({ setting: settings, featureClass: { [className]: [...expected.keys()].map((feature) => feature.split('_').at(-1)) } });
    const segmentation = await readVolume(label);
    found = await extractWith(params, { image: withoutImage ? segmentation : await readVolume(image), mask: className === 'shape2D' ? largestSlice(segmentation) : segmentation });
  } catch (error) {
    tally.missing(group, column, String(error.message ?? error), expected.size);
    return;
  }
  const values = new Map(found.features.map((feature) => [feature.name, feature.value]));
  for (const [feature, value] of expected) {
    if (name === 'brain1' && className === 'shape' && outdated.has(feature)) tally.skip(group, `${column} ${feature} (the reference calls its own value out of date)`);
    else tally.number(group, `${column} ${feature}`, values.get(feature), value, { relative: 1e-9, absolute: 1e-12 });
  }
}

/** PyRadiomics tests shape in two dimensions on the slice with most voxels, the first of equals. */
function largestSlice({ geometry, data, ...more }) {
  const [nx, ny, nz] = geometry.size;
  const areas = Array.from({ length: nz }, (_, z) => data.subarray(z * nx * ny, (z + 1) * nx * ny).reduce((sum, value) => sum + (value === 1 ? 1 : 0), 0));
  const kept = areas.indexOf(Math.max(...areas));
  return { ...more, geometry, data: data.map((value, i) => (Math.floor(i / (nx * ny)) === kept ? value : 0)) };
}

/** Values of brain1 that the reference's README takes to be out of date; `expected` has those that hold. */
const outdated = new Set(['original_shape_MeshVolume', 'original_shape_SurfaceArea', 'original_shape_SurfaceVolumeRatio', 'original_shape_Sphericity']);

/** A printed Python dictionary of plain values. */
function pythonDict(text) {
  return JSON.parse(text.replaceAll("'", '"').replaceAll('None', 'null').replaceAll('True', 'true').replaceAll('False', 'false'));
}

// One part in a process of its own: `node part.js PART RUNS IMAGE MASK [PARAMS]` prints its times as JSON. Of `study/` parts RUNS is the number of cases.
import { readFileSync } from 'node:fs';
import { extractionParams, extractWith, readerForName } from '@radloom/standard';
import { ball, fileOf, operationOf, readVolume, renewed, renewedRegion, resampledCase } from './case.js';
import { measure, median } from '../timing.js';
import { bareLibrary, throughEngine } from './workers.js';

const [part, runsText, image, mask, paramsPath] = process.argv.slice(2);
const runs = Number(runsText);
const [kind, name] = part.split('/');

/** The settings of the published study: 1 mm, original, LoG 2 and 4 mm, eight wavelet bands, everything PyRadiomics computes. */
const elevenImages = {
  imageType: { Original: {}, LoG: { sigma: [2, 4] }, Wavelet: {} },
  featureClass: { shape: null, firstorder: null, glcm: null, glrlm: null, glszm: null, gldm: null, ngtdm: null },
  setting: { resampledPixelSpacing: [1, 1, 1], interpolator: 'sitkBSpline' },
};

async function regionOf(pair) {
  return (await (await operationOf('preprocess/discretise', 'run'))({ volume: pair.volume, mask: pair.mask })).region;
}

const parts = {
  /** A whole extraction, from the bytes of its files. */
  async whole() {
    const settings = extractionParams(paramsPath !== undefined ? readFileSync(paramsPath, 'utf8') : name === 'eleven' ? elevenImages : undefined);
    const readers = { imageReader: readerForName(image), segmentationReader: readerForName(mask) };
    const extract = ({ image, mask }) => extractWith(settings, { image: [image], mask: [mask], ...readers });
    const files = () => ({ image: fileOf(image), mask: fileOf(mask) });
    const times = await measure(files, extract, runs);
    return { ...times, values: (await extract(files())).features.length };
  },
  /** Cases of a study once, from a cold start: the library alone, or the engine with a cache and one worker. */
  async study() {
    const params = paramsPath === undefined ? undefined : readFileSync(paramsPath, 'utf8');
    return (name === 'bare' ? bareLibrary : throughEngine)({ image, mask, cases: runs, params });
  },
  async reader() {
    return { ...(await measure(() => fileOf(image), readVolume, runs)), voxels: (await readVolume(fileOf(image))).data.length };
  },
  async preprocess() {
    const bytes = { volume: await readVolume(fileOf(image)), segmentation: await readVolume(fileOf(mask)) };
    const take = await operationOf('preprocess/mask', 'run', { deferChecks: true });
    const prepare = async () => {
      const pair = renewed({ volume: bytes.volume, mask: bytes.segmentation });
      const segmentation = { ...bytes.segmentation, geometry: pair.volume.geometry, data: pair.mask.data };
      if (name === 'mask') return { image: pair.volume, segmentation };
      const taken = (await take({ image: pair.volume, segmentation })).mask;
      return name === 'diagnostics' ? { image: pair.volume, segmentation: { ...segmentation }, interpolatedMask: taken } : { volume: pair.volume, mask: taken };
    };
    const run = await operationOf(part, 'run', name === 'resample' ? { spacing: [1, 1, 1] } : {});
    return { ...(await measure(prepare, run, runs)), voxels: bytes.volume.data.length };
  },
  async filter() {
    const pair = await resampledCase(fileOf(image), fileOf(mask));
    const apply = await operationOf(part, 'apply', name === 'log' ? { sigma: [2] } : {});
    return { ...(await measure(() => ({ volume: renewed(pair).volume }), apply, runs)), voxels: pair.volume.data.length };
  },
  async features() {
    const region = await regionOf(await resampledCase(fileOf(image), fileOf(mask)));
    const families = await Promise.all((name === 'textures' ? ['glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm'] : [name]).map((family) => operationOf(`features/${family}`, 'extract')));
    const extract = async (input) => {
      for (const family of families) await family(input);
    };
    return { ...(await measure(() => ({ region: renewedRegion(region) }), extract, runs)), voxels: region.values.length };
  },
  /**
   * Times of one family for balls of 1,000 voxels, doubled ten times. Sizes take turns, and each is compared with the one before it in the
   * same turn: whoever else uses the machine then slows both.
   */
  async growth() {
    const extract = await operationOf(`features/${name}`, 'extract');
    const regions = Array.from({ length: 11 }, (_, doubling) => ball(1000 * 2 ** doubling));
    const turns = [];
    for (let turn = 0; turn < runs + 3; turn++) {
      const times = [];
      for (const [doubling, region] of regions.entries()) {
        // Small regions take microseconds: many of them in one measurement.
        const inputs = Array.from({ length: Math.max(1, 64 >> doubling) }, () => ({ region: renewedRegion(region) }));
        globalThis.gc(); // or the garbage of one size would be charged to another
        const before = process.cpuUsage();
        for (const input of inputs) await extract(input);
        const { user, system } = process.cpuUsage(before);
        times.push((user + system) / 1000 / inputs.length);
      }
      turns.push(times);
    }
    const warm = turns.slice(3);
    const perDoubling = (i) => (ratio) => ratio ** (Math.LN2 / Math.log(regions[i].values.length / regions[i - 1].values.length));
    return {
      voxels: regions.map(({ values }) => values.length),
      times: regions.map((_, i) => median(warm.map((times) => times[i]))),
      ratios: regions.slice(1).map((_, i) => perDoubling(i + 1)(median(warm.map((times) => times[i + 1] / times[i])))),
    };
  },
};

console.log(JSON.stringify(await parts[kind]()));

import { random } from '@radloom/core';

/**
 * Counts of the published cohort (56 patients with haemorrhagic transformation, 54 without): its Table 1 margins, [with, without].
 * Source: the study on plain-CT radiomics of haemorrhagic transformation that examples/stroke-ht repeats.
 */
export const margins = {
  male: [32, 37],
  aspirin: [19, 12],
  clopidogrel: [6, 8],
  dual_antiplatelet: [26, 29],
  heparin: [5, 16],
  argatroban: [17, 27],
  sulodexide: [17, 20],
  hypertension: [41, 38],
  diabetes: [17, 17],
  coronary_disease: [16, 9],
  atrial_fibrillation: [19, 9],
  cerebral_infarction: [20, 18],
  cerebral_haemorrhage: [4, 3],
};

/** Joint counts of argatroban, heparin, atrial fibrillation, [with, without]: the only ones that give both printed tables. */
export const patterns = [
  [[0, 0, 0], [23, 14]], [[0, 0, 1], [12, 2]], [[0, 1, 0], [3, 9]], [[0, 1, 1], [1, 2]],
  [[1, 0, 0], [10, 18]], [[1, 0, 1], [6, 4]], [[1, 1, 0], [1, 4]], [[1, 1, 1], [0, 1]],
];

/** Anchors of the sorted values (position from 0, value) that give the printed medians and quartiles (type 7). */
const anchors = {
  age: [[[0, 42], [13, 63], [14, 63], [27, 70], [28, 71], [41, 80], [42, 80], [55, 91]], [[0, 38], [13, 62], [14, 63], [26, 69], [27, 69], [39, 74], [40, 76], [53, 90]]],
  nihss: [[[0, 2], [13, 11], [14, 11], [27, 20], [28, 20], [41, 33], [42, 35], [55, 40]], [[0, 0], [13, 6], [14, 6], [26, 17], [27, 17], [39, 33], [40, 33], [53, 39]]],
};

/** Excluded candidates by reason, as published: 247 candidates, 110 in the study. */
export const exclusions = [
  { reason: 'endovascular treatment', count: 30 },
  { reason: 'intravenous thrombolysis', count: 48 },
  { reason: 'incomplete imaging', count: 59 },
];

/** Whole numbers that run through the anchors. */
function between(points) {
  const values = [];
  points.slice(1).forEach(([to, high], i) => {
    const [from, low] = points[i];
    for (let at = from; at < to; at++) values.push(Math.round(low + ((high - low) * (at - from)) / (to - from)));
  });
  return [...values, points.at(-1)[1]];
}

/**
 * Clinical rows of the synthetic cohort, one an object. With 110 cases every margin, quartile and joint count is the published one; fewer
 * cases are a shuffled part of them.
 * @param {number} seed
 * @param {number} cases at most 110
 */
export function clinicalRows(seed, cases) {
  const stream = random([seed >>> 0, 1, 2, 3]);
  const shuffled = (list) => Array.from(stream.permutation(list.length), (i) => list[i]);
  const groups = [0, 1].map((group) => {
    const size = group === 0 ? 56 : 54;
    const joint = shuffled(patterns.flatMap(([pattern, counts]) => Array.from({ length: counts[group] }, () => pattern)));
    const ages = shuffled(between(anchors.age[group]));
    const scores = shuffled(between(anchors.nihss[group]));
    const flags = Object.fromEntries(
      Object.entries(margins).map(([name, counts]) => [name, shuffled(Array.from({ length: size }, (_, i) => (i < counts[group] ? 1 : 0)))]),
    );
    return Array.from({ length: size }, (_, i) => {
      const own = Object.fromEntries(Object.keys(margins).map((name) => [name, flags[name][i]]));
      const [argatroban, heparin, atrialFibrillation] = joint[i];
      return { haemorrhagic_transformation: 1 - group, age: ages[i], nihss: scores[i], ...own, argatroban, heparin, atrial_fibrillation: atrialFibrillation };
    });
  });
  // A part of the cohort keeps both outcomes in their proportion.
  const events = Math.round((cases * 56) / 110);
  return shuffled([...groups[0].slice(0, events), ...groups[1].slice(0, cases - events)]);
}

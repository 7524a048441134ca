/**
 * Facts of the published cohort (Table 1 and Table 2 of the stroke study): group sizes, counts, medians with quartiles.
 * Order of a pair: with haemorrhagic transformation, without.
 */
export const groups = [
  { outcome: 1, size: 56 },
  { outcome: 0, size: 54 },
];

/** Patients with the feature, in each group; those of the joint counts below left out. */
export const counts = {
  male: [32, 37],
  sulodexide: [17, 20],
  hypertension: [41, 38],
  diabetes: [17, 17],
  coronary_heart_disease: [16, 9],
  previous_cerebral_infarction: [20, 18],
  previous_cerebral_haemorrhage: [4, 3],
};

/** Antiplatelet treatment: one drug, the other, or both; nobody is counted twice. */
export const antiplatelet = {
  aspirin: [19, 12],
  clopidogrel: [6, 8],
  dual_antiplatelet: [26, 29],
};

/**
 * Patients by argatroban, heparin and atrial fibrillation. The margins are Table 1's; a logistic model of the outcome on the three
 * gives Table 2. Each entry: the three as digits, then patients in each group.
 */
export const jointCounts = [
  ['000', 23, 14],
  ['100', 10, 18],
  ['010', 3, 9],
  ['110', 1, 4],
  ['001', 12, 2],
  ['101', 6, 4],
  ['011', 1, 2],
  ['111', 0, 1],
];

/**
 * Sorted values of a group as a curve through fixed places: [index, value] pairs, and how the values bend between them (an exponent;
 * 1 is a straight line). Medians and quartiles (R's type 7) are the published ones; bends and ends are chosen so that the
 * Mann-Whitney test gives the published P (0.274 for both variables) and neither variable is normally distributed.
 */
export const curves = {
  age: [
    { places: [[0, 34], [13, 63], [14, 63], [27, 70], [28, 71], [41, 80], [42, 80], [55, 88]], bends: [2, 1, 0.5, 1, 0.7, 1, 1.4] },
    { places: [[0, 38], [13, 62], [14, 63], [26, 69], [27, 69], [39, 74], [40, 76], [53, 92]], bends: [2, 1, 2, 1, 0.7, 1, 2] },
  ],
  nihss: [
    { places: [[0, 2], [13, 11], [14, 11], [27, 20], [28, 20], [41, 33], [42, 35], [55, 42]], bends: [1.4, 1, 1, 1, 1.4, 1, 1] },
    { places: [[0, 1], [13, 6], [14, 6], [26, 17], [27, 17], [39, 33], [40, 33], [53, 38]], bends: [0.7, 1, 1.4, 1, 0.5, 1, 1.4] },
  ],
};

/** Candidates that were left out, by reason; with the 110 patients they make 247. */
export const exclusions = [
  { reason: 'endovascular treatment', count: 30 },
  { reason: 'intravenous thrombolysis', count: 48 },
  { reason: 'incomplete images', count: 59 },
];

/** The curve's values, ascending. */
export function valuesAlong({ places, bends }) {
  const values = [];
  places.slice(1).forEach(([end, high], segment) => {
    const [begin, low] = places[segment];
    for (let i = begin; i <= end; i++) values[i] = Math.round(low + (high - low) * ((i - begin) / (end - begin)) ** bends[segment]);
  });
  return values;
}

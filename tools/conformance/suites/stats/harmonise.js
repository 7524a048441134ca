import { applyCombat, blandAltman, cohenKappa, concordanceCorrelation, fitCombat, intraclassCorrelation, minimumRedundancy, mutualInformation, quantileGroups } from '@radloom/statistics';
import { runCases } from './cases.js';
import { argument, LEFT_OF_ONE } from './compare.js';

const rules = {
  tolerances: [
    ['harmonise/combat', { relative: 1e-4 }], // sva's iteration stops at 1e-4
    ['harmonise/kappa#*.p.value', LEFT_OF_ONE],
    ['*', { relative: 1e-9 }],
  ],
};

/** Batch adjustment, agreement of raters, and choice of features by mutual information. */
export default (tally, folder) => runCases(tally, folder, 'harmonise', { combat, 'icc_*': agreement, kappa, mrmr, survival: () => undefined }, rules);

/** Rows are samples in the reference. */
function combat({ table, args, expected }) {
  const data = table('data');
  const features = data.names.filter((name) => /^f\d/.test(name)).map((name) => data.numbers(name));
  const batch = data.words(args.batch);
  const covariates = args.covariates.map((name) => data.numbers(name));
  const adjusted = (columns, options) => () => {
    const found = applyCombat(fitCombat(features, batch, columns, options), features, batch, columns);
    return batch.map((_, r) => found.map((values) => values[r]));
  };
  return {
    parametric_no_covariates: adjusted([]),
    parametric_covariates: adjusted(covariates),
    mean_only: adjusted(covariates, { meanOnly: true }),
    reference_batch: adjusted(covariates, { reference: expected.reference }),
    reference: argument,
  };
}

/** psych's names in its order, and irr's by model, type and unit. */
const FORMS = {
  ICC1: { model: 'one-way', unit: 'single' }, ICC2: { model: 'two-way', type: 'agreement', unit: 'single' }, ICC3: { model: 'two-way', type: 'consistency', unit: 'single' },
  ICC1k: { model: 'one-way', unit: 'average' }, ICC2k: { model: 'two-way', type: 'agreement', unit: 'average' }, ICC3k: { model: 'two-way', type: 'consistency', unit: 'average' },
};

function agreement({ table, expected }) {
  const data = table('data');
  const ratings = data.names.map((name) => data.numbers(name));
  const [first, second] = ratings;
  return {
    psych: () => {
      const found = expected.psych.type.map((type) => intraclassCorrelation(ratings, FORMS[type], { convention: 'shrout-fleiss' }));
      const of = (key) => found.map((value) => value[key]);
      return { type: Object.keys(FORMS), icc: of('icc'), F: of('f'), df1: of('df1'), df2: of('df2'), p: of('pValue'), lower: of('lower'), upper: of('upper') };
    },
    irr: Object.fromEntries(Object.keys(expected.irr).map((key) => [key, () => irrForm(ratings, key)])),
    ccc_lin_first_two: () => concordanceCorrelation(first, second).ccc,
    bland_altman_first_two: () => {
      const { bias, sd, lower, upper } = blandAltman(first, second);
      return { bias, sd, loa: [lower, upper] };
    },
  };
}

function irrForm(ratings, key) {
  const [model, type, unit] = key.split('_');
  const { icc, f, df1, df2, pValue, lower, upper } = intraclassCorrelation(ratings, { model: model === 'oneway' ? 'one-way' : 'two-way', type, unit });
  return { icc, F: f, df1, df2, p: pValue, ci: [lower, upper] };
}

function kappa({ table }) {
  const data = table('data');
  const [a, b] = [data.words('a'), data.words('b')];
  const levels = [...new Set([...a, ...b])].sort();
  const counts = levels.map((first) => levels.map((second) => a.filter((value, i) => value === first && b[i] === second).length));
  const weighted = (weights) => () => {
    const { kappa: value, z, pValue } = cohenKappa(counts, weights);
    return { value, statistic: z, 'p.value': pValue };
  };
  return { unweighted: weighted('none'), linear: weighted('linear'), quadratic: weighted('quadratic') };
}

/** mRMRe measures by correlation; praznik by shares of tertile groups. */
function mrmr({ table, args: { k } }) {
  const data = table('data');
  const names = data.names.filter((name) => name !== 'y');
  const y = data.numbers('y');
  const values = names.map((name) => data.numbers(name));
  const grouped = values.map((column) => quantileGroups(column, 3));
  const byCorrelation = minimumRedundancy(values, y, k);
  const byGroups = minimumRedundancy(grouped, y, k, mutualInformation);
  const namesOf = (chosen) => chosen.map(({ index }) => names[index]);
  const scoresOf = (chosen) => chosen.map(({ score }) => score);
  return {
    mRMRe_order: namesOf(byCorrelation), mRMRe_scores: scoresOf(byCorrelation),
    praznik_mrmr: namesOf(byGroups), praznik_mrmr_scores: scoresOf(byGroups),
    mi_scores: grouped.map((groups) => mutualInformation(groups, y)),
  };
}

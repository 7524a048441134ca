/**
 * Reference values that are known to be missed, each with how far off it was measured: printed as MISSED with every run, counted with neither
 * the passed nor the failed, and failing again as soon as they are further off.
 */
export const missed = [
  {
    group: 'glmnet/cv_radiomics_all_10_deviance',
    name: /^tight_fixed_lambda\.cvsd\[9[35-9]\]$/,
    within: 2e-6,
    why: 'columns that repeat each other at small penalties: off by 1.1e-6 to 1.7e-6 where 1e-6 is asked; another order of the sums moves it as far',
  },
];

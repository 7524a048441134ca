/** Suites by name; each gives `(tally, folder)`. A name asked for runs itself and every suite below it: `pyradiomics`, `stats`. */
export const suites = {
  'pyradiomics/features': async () => (await import('./pyradiomics/features.js')).default,
  'pyradiomics/baseline': async () => (await import('./pyradiomics/baseline.js')).default,
  'pyradiomics/matrices': async () => (await import('./pyradiomics/matrices.js')).default,
  'pyradiomics/samples': async () => (await import('./pyradiomics/samples.js')).default,
  'stats/univariate': async () => (await import('./stats/univariate.js')).default,
  'stats/glm': async () => (await import('./stats/glm.js')).default,
  'stats/recipes': async () => (await import('./stats/recipes.js')).default,
  'stats/glmnet': async () => (await import('./stats/glmnet.js')).default,
  'stats/harmonise': async () => (await import('./stats/harmonise.js')).default,
  'stats/roc': async () => (await import('./stats/roc.js')).default,
  'stats/classifiers': async () => (await import('./stats/classifiers.js')).default,
  'stats/stacking': async () => (await import('./stats/stacking.js')).default,
};

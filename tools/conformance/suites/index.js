/** Suites by name; each gives `(tally, folder)`. A name asked for runs itself and every suite below it: `pyradiomics`, `stats`. */
export const suites = {
  'pyradiomics/features': async () => (await import('./pyradiomics/features.js')).default,
  'pyradiomics/baseline': async () => (await import('./pyradiomics/baseline.js')).default,
  'pyradiomics/matrices': async () => (await import('./pyradiomics/matrices.js')).default,
  'pyradiomics/samples': async () => (await import('./pyradiomics/samples.js')).default,
};

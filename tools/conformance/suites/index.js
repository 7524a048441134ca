/** Suites by name; each gives `(tally, folder)`. */
export const suites = {
  pyradiomics: async () => (await import('./pyradiomics.js')).default,
};

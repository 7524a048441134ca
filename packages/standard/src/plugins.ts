import { nearestName, type Plugin, RadloomError } from '@radloom/core';

/** A plugin of the standard set: its package, and its manifest on first use. */
export interface StandardPlugin {
  readonly package: string;
  load(): Promise<{ readonly default: Plugin }>;
}

/** The standard set by plugin id. Listing it loads nothing. */
export const standardPlugins: Readonly<Record<string, StandardPlugin>> = {
  'reader/nifti': { package: '@radloom/reader-nifti', load: () => import('@radloom/reader-nifti') },
  'reader/nrrd': { package: '@radloom/reader-nrrd', load: () => import('@radloom/reader-nrrd') },
  'reader/dicom': { package: '@radloom/reader-dicom', load: () => import('@radloom/reader-dicom') },
  'preprocess/mask': { package: '@radloom/preprocess-mask', load: () => import('@radloom/preprocess-mask') },
  'preprocess/resample': { package: '@radloom/preprocess-resample', load: () => import('@radloom/preprocess-resample') },
  'preprocess/normalise': { package: '@radloom/preprocess-normalise', load: () => import('@radloom/preprocess-normalise') },
  'preprocess/resegment': { package: '@radloom/preprocess-resegment', load: () => import('@radloom/preprocess-resegment') },
  'preprocess/diagnostics': { package: '@radloom/preprocess-diagnostics', load: () => import('@radloom/preprocess-diagnostics') },
  'preprocess/overview': { package: '@radloom/preprocess-overview', load: () => import('@radloom/preprocess-overview') },
  'preprocess/discretise': { package: '@radloom/preprocess-discretise', load: () => import('@radloom/preprocess-discretise') },
  'filter/log': { package: '@radloom/filter-log', load: () => import('@radloom/filter-log') },
  'filter/wavelet': { package: '@radloom/filter-wavelet', load: () => import('@radloom/filter-wavelet') },
  'filter/square': { package: '@radloom/filter-square', load: () => import('@radloom/filter-square') },
  'filter/squareroot': { package: '@radloom/filter-squareroot', load: () => import('@radloom/filter-squareroot') },
  'filter/logarithm': { package: '@radloom/filter-logarithm', load: () => import('@radloom/filter-logarithm') },
  'filter/exponential': { package: '@radloom/filter-exponential', load: () => import('@radloom/filter-exponential') },
  'filter/gradient': { package: '@radloom/filter-gradient', load: () => import('@radloom/filter-gradient') },
  'filter/lbp2d': { package: '@radloom/filter-lbp2d', load: () => import('@radloom/filter-lbp2d') },
  'filter/lbp3d': { package: '@radloom/filter-lbp3d', load: () => import('@radloom/filter-lbp3d') },
  'features/shape': { package: '@radloom/feature-shape', load: () => import('@radloom/feature-shape') },
  'features/shape2d': { package: '@radloom/feature-shape2d', load: () => import('@radloom/feature-shape2d') },
  'features/firstorder': { package: '@radloom/feature-firstorder', load: () => import('@radloom/feature-firstorder') },
  'features/glcm': { package: '@radloom/feature-glcm', load: () => import('@radloom/feature-glcm') },
  'features/glrlm': { package: '@radloom/feature-glrlm', load: () => import('@radloom/feature-glrlm') },
  'features/glszm': { package: '@radloom/feature-glszm', load: () => import('@radloom/feature-glszm') },
  'features/gldm': { package: '@radloom/feature-gldm', load: () => import('@radloom/feature-gldm') },
  'features/ngtdm': { package: '@radloom/feature-ngtdm', load: () => import('@radloom/feature-ngtdm') },
  'transform/assemble': { package: '@radloom/transform-assemble', load: () => import('@radloom/transform-assemble') },
  'transform/scale': { package: '@radloom/transform-scale', load: () => import('@radloom/transform-scale') },
  'transform/impute': { package: '@radloom/transform-impute', load: () => import('@radloom/transform-impute') },
  'transform/yeo-johnson': { package: '@radloom/transform-yeo-johnson', load: () => import('@radloom/transform-yeo-johnson') },
  'transform/combat': { package: '@radloom/transform-combat', load: () => import('@radloom/transform-combat') },
  'transform/predictors': { package: '@radloom/transform-predictors', load: () => import('@radloom/transform-predictors') },
  'transform/rejoin': { package: '@radloom/transform-rejoin', load: () => import('@radloom/transform-rejoin') },
  'transform/permuted-labels': { package: '@radloom/transform-permuted-labels', load: () => import('@radloom/transform-permuted-labels') },
  'transform/random-features': { package: '@radloom/transform-random-features', load: () => import('@radloom/transform-random-features') },
  'selector/zero-variance': { package: '@radloom/selector-zero-variance', load: () => import('@radloom/selector-zero-variance') },
  'selector/near-zero-variance': { package: '@radloom/selector-near-zero-variance', load: () => import('@radloom/selector-near-zero-variance') },
  'selector/correlation': { package: '@radloom/selector-correlation', load: () => import('@radloom/selector-correlation') },
  'selector/lasso': { package: '@radloom/selector-lasso', load: () => import('@radloom/selector-lasso') },
  'selector/univariate': { package: '@radloom/selector-univariate', load: () => import('@radloom/selector-univariate') },
  'selector/multivariable-logistic': { package: '@radloom/selector-multivariable-logistic', load: () => import('@radloom/selector-multivariable-logistic') },
  'selector/ranking': { package: '@radloom/selector-ranking', load: () => import('@radloom/selector-ranking') },
  'selector/mrmr': { package: '@radloom/selector-mrmr', load: () => import('@radloom/selector-mrmr') },
  'selector/recursive-elimination': { package: '@radloom/selector-recursive-elimination', load: () => import('@radloom/selector-recursive-elimination') },
  'selector/stability': { package: '@radloom/selector-stability', load: () => import('@radloom/selector-stability') },
  'selector/icc': { package: '@radloom/selector-icc', load: () => import('@radloom/selector-icc') },
  'classifier/random-forest': { package: '@radloom/classifier-random-forest', load: () => import('@radloom/classifier-random-forest') },
  'classifier/svm': { package: '@radloom/classifier-svm', load: () => import('@radloom/classifier-svm') },
  'classifier/knn': { package: '@radloom/classifier-knn', load: () => import('@radloom/classifier-knn') },
  'classifier/logistic': { package: '@radloom/classifier-logistic', load: () => import('@radloom/classifier-logistic') },
  'ensemble/stacking': { package: '@radloom/classifier-stacking', load: () => import('@radloom/classifier-stacking') },
  'splitter/hold-out': { package: '@radloom/splitter-hold-out', load: () => import('@radloom/splitter-hold-out') },
  'splitter/k-fold': { package: '@radloom/splitter-k-fold', load: () => import('@radloom/splitter-k-fold') },
  'splitter/leave-one-group-out': { package: '@radloom/splitter-leave-one-group-out', load: () => import('@radloom/splitter-leave-one-group-out') },
  'splitter/bootstrap': { package: '@radloom/splitter-bootstrap', load: () => import('@radloom/splitter-bootstrap') },
  'splitter/external': { package: '@radloom/splitter-external', load: () => import('@radloom/splitter-external') },
  'resampler/smote': { package: '@radloom/resampler-smote', load: () => import('@radloom/resampler-smote') },
  'evaluation/tuning': { package: '@radloom/evaluation-tuning', load: () => import('@radloom/evaluation-tuning') },
  'evaluation/discrimination': { package: '@radloom/evaluation-discrimination', load: () => import('@radloom/evaluation-discrimination') },
  'evaluation/baseline-table': { package: '@radloom/evaluation-baseline-table', load: () => import('@radloom/evaluation-baseline-table') },
  'evaluation/calibration': { package: '@radloom/evaluation-calibration', load: () => import('@radloom/evaluation-calibration') },
  'evaluation/decision-curve': { package: '@radloom/evaluation-decision-curve', load: () => import('@radloom/evaluation-decision-curve') },
  'evaluation/comparison': { package: '@radloom/evaluation-comparison', load: () => import('@radloom/evaluation-comparison') },
  'evaluation/explanation': { package: '@radloom/evaluation-explanation', load: () => import('@radloom/evaluation-explanation') },
  'evaluation/sample-size': { package: '@radloom/evaluation-sample-size', load: () => import('@radloom/evaluation-sample-size') },
  'evaluation/selection': { package: '@radloom/evaluation-selection', load: () => import('@radloom/evaluation-selection') },
  'evaluation/threshold': { package: '@radloom/evaluation-threshold', load: () => import('@radloom/evaluation-threshold') },
  'evaluation/bootstrap-632': { package: '@radloom/evaluation-bootstrap-632', load: () => import('@radloom/evaluation-bootstrap-632') },
  'report/html': { package: '@radloom/report-html', load: () => import('@radloom/report-html') },
};

/** Loads a manifest of the standard set. @throws `unknown-plugin` */
export async function standardPlugin(id: string): Promise<Plugin> {
  const found = standardPlugins[id];
  if (found === undefined) {
    const near = nearestName(id, Object.keys(standardPlugins));
    throw new RadloomError({ code: 'unknown-plugin', what: `There is no plugin ${id} in the standard set.`, ...(near === undefined ? {} : { fix: `Did you mean ${near}?` }) });
  }
  return (await found.load()).default;
}

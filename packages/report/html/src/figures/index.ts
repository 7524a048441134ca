import type { FigureModule } from '../section.js';
import { calibration } from './calibration.js';
import { cohortFlowFigure } from './cohort-flow.js';
import { controls } from './controls.js';
import { correlationMap } from './correlation-map.js';
import { decisionCurve } from './decision-curve.js';
import { featureFunnel } from './feature-funnel.js';
import { lassoCv } from './lasso-cv.js';
import { lassoPaths } from './lasso-paths.js';
import { nomogram } from './nomogram.js';
import { pipeline } from './pipeline.js';
import { precisionRecall } from './precision-recall.js';
import { predictedProbability } from './predicted-probability.js';
import { radScore } from './rad-score.js';
import { roc } from './roc.js';
import { roiGallery } from './roi-gallery.js';
import { selectionFrequencyFigure } from './selection-frequency.js';
import { setsFigure } from './sets.js';
import { shapBeeswarm } from './shap-beeswarm.js';
import { shapWaterfall } from './shap-waterfall.js';

/** Every figure; those of one section follow it in this order. */
export const figures: readonly FigureModule[] = [
  cohortFlowFigure, roiGallery, featureFunnel, selectionFrequencyFigure, correlationMap, radScore, lassoCv, lassoPaths, setsFigure, roc, precisionRecall, calibration, decisionCurve, shapBeeswarm, shapWaterfall, nomogram, predictedProbability, controls, pipeline,
];

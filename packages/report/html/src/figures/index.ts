import type { FigureModule } from '../section.js';
import { cohortFlowFigure } from './cohort-flow.js';
import { featureFunnel } from './feature-funnel.js';
import { lassoCv } from './lasso-cv.js';
import { lassoPaths } from './lasso-paths.js';
import { predictedProbability } from './predicted-probability.js';
import { roc } from './roc.js';

/** Every figure; those of one section follow it in this order. */
export const figures: readonly FigureModule[] = [cohortFlowFigure, featureFunnel, lassoCv, lassoPaths, roc, predictedProbability];

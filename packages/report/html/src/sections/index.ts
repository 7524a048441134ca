import type { Section } from '../section.js';
import { baseline } from './baseline.js';
import { bootstrap632 } from './bootstrap-632.js';
import { calibration } from './calibration.js';
import { clear } from './clear.js';
import { cohort } from './cohort.js';
import { comparison } from './comparison.js';
import { controls } from './controls.js';
import { nested } from './nested.js';
import { decisionCurve } from './decision-curve.js';
import { explanation } from './explanation.js';
import { failures } from './failures.js';
import { funnel } from './funnel.js';
import { lasso } from './lasso.js';
import { limitations } from './limitations.js';
import { methods } from './methods.js';
import { metrics } from './metrics.js';
import { performance } from './performance.js';
import { predictions } from './predictions.js';
import { protocol } from './protocol.js';
import { regions } from './regions.js';
import { reportingGuideline } from './reporting-guideline.js';
import { sampleSize } from './sample-size.js';
import { selected } from './selected-features.js';
import { settings } from './settings.js';
import { tuning } from './tuning.js';
import { variables } from './variables.js';

/** The report, top to bottom. */
export const sections: readonly Section[] = [
  cohort, baseline, protocol, regions, failures, variables, funnel, selected, lasso, sampleSize, tuning, performance, nested, bootstrap632, comparison, calibration, decisionCurve, explanation, predictions, controls, limitations, methods, settings, reportingGuideline, clear, metrics,
];

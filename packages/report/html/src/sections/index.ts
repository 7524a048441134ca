import type { Section } from '../section.js';
import { bootstrap632 } from './bootstrap-632.js';
import { calibration } from './calibration.js';
import { cohort } from './cohort.js';
import { comparison } from './comparison.js';
import { controls } from './controls.js';
import { decisionCurve } from './decision-curve.js';
import { explanation } from './explanation.js';
import { failures } from './failures.js';
import { funnel } from './funnel.js';
import { lasso } from './lasso.js';
import { limitations } from './limitations.js';
import { performance } from './performance.js';
import { predictions } from './predictions.js';
import { selected } from './selected-features.js';
import { settings } from './settings.js';
import { tuning } from './tuning.js';

/** The report, top to bottom. */
export const sections: readonly Section[] = [
  cohort, failures, settings, funnel, selected, lasso, tuning, performance, bootstrap632, comparison, calibration, decisionCurve, explanation, predictions, controls, limitations,
];

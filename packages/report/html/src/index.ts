import { defineReport } from '@radloom/core';
import { inputs, outputs, params } from './ports.js';

export default defineReport({
  name: 'html',
  summary: 'The study report: one HTML file for screen, phone and paper, in English or Chinese, with its figures and tables as data',
  params,
  inputs,
  outputs,
  load: () => import('./run.js'),
});

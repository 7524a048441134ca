import { type InputFile, pluginId, type Volume } from '@radloom/core';
import { makeTemplate, Registry, runDirect } from '@radloom/engine';
import { pyradiomicsParams, type PyRadiomicsParams } from '@radloom/study';
import { type Extraction, planExtraction } from './plan.js';
import { standardPlugins } from './plugins.js';

/** Inputs of an extraction whose readers are known; without a reader the input is a volume. */
export interface DirectInputs {
  readonly image: readonly InputFile[] | Volume;
  readonly mask: readonly InputFile[] | Volume;
  readonly imageReader?: string;
  readonly segmentationReader?: string;
  /** Volume of an image with several, counted from 0. */
  readonly volume?: number;
  readonly signal?: AbortSignal;
  /** Version of the program, for the record. */
  readonly version?: string;
}

/** Features of one region, in this thread, for parameters that are already read: what `extract` does. */
export async function extractWith(params: PyRadiomicsParams, inputs: DirectInputs): Promise<Extraction> {
  const { image, mask, imageReader, segmentationReader, volume, signal, version } = inputs;
  const plan = await planExtraction(params, { imageReader, segmentationReader, volume, version });
  const registry = new Registry([...plan.plugins.values()].map((plugin) => ({ plugin, url: pluginId(plugin), implementation: '', packageName: standardPlugins[pluginId(plugin)].package, version: '' })));
  const source = (reader: string | undefined) => (reader === undefined ? ({ kind: 'object', type: 'volume' } as const) : ({ kind: 'files', cases: {} } as const));
  const template = makeTemplate({ dimensions: { case: [] }, sources: { image: source(imageReader), segmentation: source(segmentationReader) }, steps: plan.steps, seed: 0 }, registry);
  const { outputs, failures, warnings } = await runDirect(template, { image, segmentation: mask }, plan.outputs, { signal, plugin: async (url) => plan.plugins.get(url)! });
  return plan.collect((step, output) => outputs.get(`${step}.${output}`), failures, warnings);
}

/** PyRadiomics' defaults, or parameters as plain data; `label` overrides theirs. */
export function standardParams(params: Parameters<typeof pyradiomicsParams>[0], label?: number): PyRadiomicsParams {
  return withLabel(pyradiomicsParams(params), label);
}

/** The parameters with another label. */
export function withLabel(read: PyRadiomicsParams, label: number | undefined): PyRadiomicsParams {
  return label === undefined ? read : { ...read, label, effective: { ...read.effective, label }, settings: { ...read.settings, mask: { ...read.settings.mask, label } } };
}

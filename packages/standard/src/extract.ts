import { type Failure, type FeatureInfo, type FeatureVector, type InputFile, nearestName, type Plain, type Plugin, pluginId, type PortValue, RadloomError, type Reason, type Volume } from '@radloom/core';
import { makeTemplate, Registry, runDirect, type Step } from '@radloom/engine';
import { type ColumnGroup, extractionGraph, pyradiomicsParams, type PyRadiomicsParams, readParams } from '@radloom/study';
import { standardPlugins } from './plugins.js';

/** An image or a segmentation: already a volume, or the bytes of its files (one file, or the slices of a DICOM series). */
export type ImageInput = Volume | InputFile | readonly InputFile[];

export interface ExtractOptions {
  readonly image: ImageInput;
  readonly mask: ImageInput;
  /** PyRadiomics parameters: the text of a Params.yaml, or the same as plain data. Default: PyRadiomics' defaults. */
  readonly params?: string | Parameters<typeof pyradiomicsParams>[0];
  /** Label of the region in the segmentation; overrides the parameters. */
  readonly label?: number;
  readonly signal?: AbortSignal;
}

/** One feature with what is known of it. */
export interface ExtractedFeature {
  /** `log-sigma-2-0-mm-3D_glcm_Contrast` */
  readonly name: string;
  /** NaN with a reason where the feature is not defined. */
  readonly value: number;
  readonly reason?: Reason;
  /** The image it was computed on: `original`, `wavelet-LLH`. */
  readonly image: string;
  readonly family: string;
  readonly info: FeatureInfo;
}

export interface Extraction {
  /** In PyRadiomics' order. */
  readonly features: readonly ExtractedFeature[];
  /** PyRadiomics' `diagnostics_` columns; empty when the parameters switch them off. */
  readonly diagnostics: Readonly<Record<string, unknown>>;
  readonly warnings: readonly { readonly step: string; readonly code: string; readonly text: string }[];
}

/**
 * Radiomics features of one region, with PyRadiomics' names and numbers; runs alike in Node and in a browser.
 *
 * @throws the first failure: a file that cannot be read, a mask on another grid, an empty region
 */
export async function extract({ image, mask, params, label, signal }: ExtractOptions): Promise<Extraction> {
  return extractWith(extractionParams(params, label), { image: sourceOf(image), mask: sourceOf(mask), imageReader: readerOf(image), segmentationReader: readerOf(mask), signal });
}

/** Inputs of an extraction whose readers are known; without a reader the input is a volume. */
export interface DirectInputs {
  readonly image: readonly InputFile[] | Volume;
  readonly mask: readonly InputFile[] | Volume;
  readonly imageReader?: string;
  readonly segmentationReader?: string;
  readonly signal?: AbortSignal;
}

/** The same for parameters that are already read. */
export async function extractWith(params: PyRadiomicsParams, inputs: DirectInputs): Promise<Extraction> {
  const { image, mask, imageReader, segmentationReader, signal } = inputs;
  const plan = await planExtraction(params, { imageReader, segmentationReader });
  const registry = new Registry([...plan.plugins.values()].map((plugin) => ({ plugin, url: pluginId(plugin), implementation: '', packageName: standardPlugins[pluginId(plugin)].package, version: '' })));
  const source = (reader: string | undefined) => (reader === undefined ? ({ kind: 'object', type: 'volume' } as const) : ({ kind: 'files', cases: {} } as const));
  const template = makeTemplate({ dimensions: { case: [] }, sources: { image: source(imageReader), segmentation: source(segmentationReader) }, steps: plan.steps, seed: 0 }, registry);
  const { outputs, failures, warnings } = await runDirect(template, { image, segmentation: mask }, plan.outputs, { signal, plugin: async (url) => plan.plugins.get(url)! });
  return plan.collect((step, output) => outputs.get(`${step}.${output}`), failures, warnings);
}

/** An extraction as steps of a workflow over the sources `image` and `segmentation`, and how its outputs become a result. */
export interface ExtractionPlan {
  readonly steps: readonly Step[];
  /** Manifests by id: only those that the settings need. */
  readonly plugins: ReadonlyMap<string, Plugin>;
  readonly outputs: readonly { readonly step: string; readonly output: string }[];
  /** @throws the first failure that leaves the region without its features */
  collect(output: (step: string, output: string) => PortValue | undefined, failures: ReadonlyMap<string, Failure>, warnings: Extraction['warnings']): Extraction;
}

export async function planExtraction(params: PyRadiomicsParams, readers: { readonly imageReader?: string; readonly segmentationReader?: string } = {}): Promise<ExtractionPlan> {
  const { imageReader, segmentationReader } = readers;
  const plugins = await loadNeeded(params, [imageReader, segmentationReader]);
  const { steps, columns } = extractionGraph({
    settings: params.settings,
    find: (id) => plugins.get(id)!,
    ...(params.additionalInfo ? { diagnostics: { label: params.label } } : {}),
    image: { source: 'image', ...(imageReader === undefined ? {} : { reader: imageReader }) },
    segmentation: { source: 'segmentation', ...(segmentationReader === undefined ? {} : { reader: segmentationReader }) },
  });
  const outputs = [...columns.map(({ step, output }) => ({ step, output })), ...(params.additionalInfo ? [{ step: 'diagnostics', output: 'diagnostics' }] : [])];
  return {
    steps,
    plugins,
    outputs,
    collect: (output, failures, warnings) => {
      const failure = firstFailure(failures);
      if (failure !== undefined) throw new RadloomError({ code: failure.code, what: failure.message, fix: failure.fix, data: failure.data ?? {} });
      return {
        features: columns.flatMap((group) => featuresOf(group, output(group.step, group.output) as FeatureVector | undefined, plugins)),
        diagnostics: diagnosticsOf(params, output('diagnostics', 'diagnostics') as Plain | undefined),
        warnings,
      };
    },
  };
}

function diagnosticsOf(params: PyRadiomicsParams, measured: Plain | undefined): Record<string, unknown> {
  if (measured === undefined) return {};
  return {
    diagnostics_Configuration_Settings: params.effective,
    diagnostics_Configuration_EnabledImageTypes: params.enabledImageTypes,
    ...Object.fromEntries(measured.value as [name: string, value: unknown][]),
  };
}

/** Failures in the order of the template, so the first is the cause of the others. */
function firstFailure(failures: ReadonlyMap<string, Failure>): Failure | undefined {
  return [...failures.values()].find((failure) => failure.code !== 'filter-not-applicable');
}

function featuresOf(group: ColumnGroup, vector: FeatureVector | undefined, plugins: ReadonlyMap<string, Plugin>): ExtractedFeature[] {
  const known = plugins.get(`features/${group.family}`)!.about.features as readonly FeatureInfo[];
  return group.features.map((name, i) => {
    const info = known.find((feature) => feature.name === name)!;
    const value = vector === undefined ? NaN : vector.values[vector.names[i] === name ? i : vector.names.indexOf(name)];
    const reason = vector === undefined ? { code: 'filter-not-applicable', text: `The image ${group.image} could not be made for this region.` } : vector.reasons[name];
    return { name: group.prefix + name, value, image: group.image, family: group.family, info, ...(reason === undefined ? {} : { reason }) };
  });
}

/** PyRadiomics parameters from text or plain data; `label` overrides theirs. */
export function extractionParams(params: ExtractOptions['params'], label?: number, file = 'params'): PyRadiomicsParams {
  const read = typeof params === 'string' ? readParams(params, file) : pyradiomicsParams(params);
  return label === undefined ? read : { ...read, label, settings: { ...read.settings, mask: { ...read.settings.mask, label } } };
}

async function loadNeeded({ settings, additionalInfo }: PyRadiomicsParams, readers: readonly (string | undefined)[]): Promise<ReadonlyMap<string, Plugin>> {
  const needed = new Set(['preprocess/mask', 'preprocess/discretise']);
  for (const id of readers) if (id !== undefined) needed.add(id);
  if (additionalInfo) needed.add('preprocess/diagnostics');
  if (settings.normalise !== null) needed.add('preprocess/normalise');
  if (settings.resample !== null) needed.add('preprocess/resample');
  if (settings.resegment !== null) needed.add('preprocess/resegment');
  for (const { plugin } of [...settings.images, ...settings.families]) if (plugin !== null) needed.add(plugin);
  return new Map(await Promise.all([...needed].map(async (id) => [id, await standardPlugin(id)] as const)));
}

/** Loads a manifest of the standard set. @throws `unknown-plugin` */
export async function standardPlugin(id: string): Promise<Plugin> {
  const found = standardPlugins[id];
  if (found === undefined) {
    const near = nearestName(id, Object.keys(standardPlugins));
    throw new RadloomError({ code: 'unknown-plugin', what: `There is no plugin ${id} in the standard set.`, ...(near === undefined ? {} : { fix: `Did you mean ${near}?` }) });
  }
  return (await found.load()).default;
}

function isVolume(input: ImageInput): input is Volume {
  return 'type' in input && input.type === 'volume';
}

function filesOf(input: InputFile | readonly InputFile[]): readonly InputFile[] {
  return Array.isArray(input) ? (input as readonly InputFile[]) : [input as InputFile];
}

function readerOf(input: ImageInput): string | undefined {
  if (isVolume(input)) return undefined;
  const files = filesOf(input);
  if (files.length === 0) throw new RadloomError({ code: 'no-files', what: 'No file was given.' });
  return readerForName(files.length > 1 ? '' : files[0].name);
}

function sourceOf(input: ImageInput): readonly InputFile[] | Volume {
  return isVolume(input) ? input : filesOf(input);
}

const endings: readonly (readonly [ending: string, reader: string])[] = [
  ['.nii.gz', 'reader/nifti'], ['.nii', 'reader/nifti'], ['.hdr', 'reader/nifti'], ['.nrrd', 'reader/nrrd'], ['.nhdr', 'reader/nrrd'],
];

/** The reader for a file name: by its ending; DICOM slices have none that can be relied on. */
export function readerForName(name: string): string {
  return endings.find(([ending]) => name.toLowerCase().endsWith(ending))?.[1] ?? 'reader/dicom';
}


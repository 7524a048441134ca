import { type Failure, type FeatureInfo, type FeatureVector, isRadloomError, nearestName, parseParams, type Plain, type Plugin, type PortValue, RadloomError, type Reason } from '@radloom/core';
import type { Step } from '@radloom/engine';
import { type ColumnGroup, extractionGraph, type PyRadiomicsParams } from '@radloom/study';
import { diagnosticColumns, diagnosticValues } from './diagnostics.js';
import { standardPlugin } from './plugins.js';

/** One feature as a column, known before any file is read. */
export interface FeatureColumn {
  /** `log-sigma-2-0-mm-3D_glcm_Contrast` */
  readonly name: string;
  /** The image it is computed on: `original`, `wavelet-LLH`. */
  readonly image: string;
  readonly family: string;
  readonly info: FeatureInfo;
}

/** One feature with its value. */
export interface ExtractedFeature extends FeatureColumn {
  /** NaN with a reason where the feature is not defined. */
  readonly value: number;
  readonly reason?: Reason;
}

export interface Extraction {
  /** In PyRadiomics' order. */
  readonly features: readonly ExtractedFeature[];
  /** PyRadiomics' `diagnostics_` columns; empty when the parameters switch them off. */
  readonly diagnostics: Readonly<Record<string, unknown>>;
  readonly warnings: readonly { readonly step: string; readonly code: string; readonly text: string }[];
}

/** What differs between cases that are extracted together. */
export interface CaseSettings {
  readonly imageReader?: string;
  readonly segmentationReader?: string;
  readonly label?: number;
  /** Volume of an image with several, counted from 0. */
  readonly volume?: number;
  /** Component of a segmentation with several. */
  readonly labelChannel?: number;
}

export interface PlanOptions extends CaseSettings {
  /** Cases that differ from the rest, by id. */
  readonly cases?: Readonly<Record<string, CaseSettings>>;
  /** Version of the program, for the record. */
  readonly version?: string;
}

/** An extraction as steps of a workflow over the sources `image` and `segmentation`, and how its outputs become a result. */
export interface ExtractionPlan {
  readonly steps: readonly Step[];
  /** Manifests by id: only those that the settings need. */
  readonly plugins: ReadonlyMap<string, Plugin>;
  readonly outputs: readonly { readonly step: string; readonly output: string }[];
  /** Every feature, in the order of the table. */
  readonly columns: readonly FeatureColumn[];
  /** Names of the diagnostics, in the order of the table. */
  readonly diagnostics: readonly string[];
  /** @throws the first failure that leaves the region without its features */
  collect(output: (step: string, output: string) => PortValue | undefined, failures: ReadonlyMap<string, Failure>, warnings: Extraction['warnings'], label?: number): Extraction;
}

/**
 * Plans the extraction that PyRadiomics parameters ask for; a reader is undefined where the source is a volume.
 *
 * @throws `unknown-feature`, `bad-setting` with their place in the parameter file
 */
export async function planExtraction(params: PyRadiomicsParams, options: PlanOptions = {}): Promise<ExtractionPlan> {
  const plugins = await loadNeeded(params, options);
  checkParams(params, plugins);
  const source = (name: string, reader: string | undefined) => ({ source: name, ...(reader === undefined ? {} : { reader }) });
  const { steps, columns: groups } = extractionGraph({
    settings: params.settings,
    find: (id) => plugins.get(id)!,
    ...(params.additionalInfo ? { diagnostics: { label: params.label } } : {}),
    image: source('image', options.imageReader),
    segmentation: source('segmentation', options.segmentationReader),
  });
  const ordered = groups.map((group) => inOrder(group, params));
  const columns = ordered.map((group) => columnsOf(group, plugins));
  return {
    steps: steps.map((step) => withCases(step, params, options)),
    plugins,
    outputs: [...ordered.map(({ step, output }) => ({ step, output })), ...(params.additionalInfo ? [{ step: 'diagnostics', output: 'diagnostics' }] : [])],
    columns: columns.flat(),
    diagnostics: diagnosticColumns(params),
    collect: (output, failures, warnings, label = params.label) => {
      const failure = [...failures.values()].find(({ code }) => code !== notApplicable);
      if (failure !== undefined) throw new RadloomError({ code: failure.code, what: failure.message, fix: failure.fix, where: { step: failure.step }, data: failure.data ?? {} });
      const left = new Map([...failures.values()].map((found) => [found.message, found]));
      return {
        features: ordered.flatMap((group, i) => featuresOf(group, columns[i], output(group.step, group.output) as FeatureVector | undefined, () => causeOf(group, steps, failures))),
        diagnostics: diagnosticValues(params, output('diagnostics', 'diagnostics') as Plain | undefined, label, options.version),
        warnings: [...params.remarks.map((text) => ({ step: 'params', code: 'params', text })), ...warnings, ...[...left.values()].map(({ step = '', code, message }) => ({ step, code, text: message }))],
      };
    },
  };
}

/** A filter that cannot be applied to an image leaves its features undefined; everything else fails the case. */
const notApplicable = 'filter-not-applicable';

/** Manifests by id: readers, preprocessing, filters and families that the settings name. */
async function loadNeeded({ settings, additionalInfo }: PyRadiomicsParams, { imageReader, segmentationReader, cases = {} }: PlanOptions): Promise<ReadonlyMap<string, Plugin>> {
  const needed = new Set(['preprocess/mask', 'preprocess/discretise']);
  const readers = [imageReader, segmentationReader, ...Object.values(cases).flatMap((own) => [own.imageReader, own.segmentationReader])];
  for (const id of readers) if (id !== undefined) needed.add(id);
  for (const [id, used] of Object.entries({ normalise: settings.normalise, resample: settings.resample, resegment: settings.resegment })) if (used !== null) needed.add(`preprocess/${id}`);
  if (additionalInfo) needed.add('preprocess/diagnostics');
  for (const { plugin } of settings.images) if (plugin !== null) needed.add(plugin);
  for (const { plugin } of settings.families) needed.add(plugin);
  return new Map(await Promise.all([...needed].map(async (id) => [id, await standardPlugin(id)] as const)));
}

/** What only the plugins know: names of features, settings of filters. */
function checkParams({ settings, placeOf }: PyRadiomicsParams, plugins: ReadonlyMap<string, Plugin>): void {
  for (const { plugin: id, settings: own } of settings.families) {
    const plugin = plugins.get(id)!;
    const known = featuresOfFamily(plugin).map(({ name }) => name);
    const unknown = ((own.include as readonly string[] | undefined) ?? []).find((name) => !known.includes(name));
    if (unknown === undefined) continue;
    const near = nearestName(unknown, known);
    throw new RadloomError({ code: 'unknown-feature', what: `There is no feature ${unknown} in ${String(plugin.about.className)}.`, where: placeOf(id, unknown), fix: near === undefined ? `Features: ${known.join(', ')}.` : `Did you mean ${near}?` });
  }
  for (const { plugin: id, settings: own } of settings.images) {
    if (id === null) continue;
    const plugin = plugins.get(id)!;
    try {
      parseParams(plugin.params, own);
    } catch (error) {
      throw isRadloomError(error) ? error.at({ ...placeOf(id, error.where.field?.split('.')[0]), step: plugin.name }) : error;
    }
  }
}

function featuresOfFamily(plugin: Plugin): readonly FeatureInfo[] {
  return plugin.about.features as readonly FeatureInfo[];
}

/** Features that were named stand as they were named; all of a family stand in PyRadiomics' order, which is that of its methods' names. */
function inOrder(group: ColumnGroup, { settings }: PyRadiomicsParams): ColumnGroup {
  const named = settings.families.find(({ plugin }) => plugin === `features/${group.family}`)?.settings.include !== undefined;
  if (named) return group;
  const method = (name: string): string => `get${name}FeatureValue`;
  return { ...group, features: [...group.features].sort((a, b) => (method(a) < method(b) ? -1 : 1)) };
}

function columnsOf({ prefix, image, family, features }: ColumnGroup, plugins: ReadonlyMap<string, Plugin>): FeatureColumn[] {
  const known = featuresOfFamily(plugins.get(`features/${family}`)!);
  return features.map((name) => ({ name: prefix + name, image, family, info: known.find((feature) => feature.name === name)! }));
}

function featuresOf(group: ColumnGroup, columns: readonly FeatureColumn[], vector: FeatureVector | undefined, cause: () => Reason): ExtractedFeature[] {
  if (vector === undefined) {
    const reason = cause();
    return columns.map((column) => ({ ...column, value: NaN, reason }));
  }
  const position = new Map(vector.names.map((name, i) => [name, i]));
  return columns.map((column, i) => {
    const name = group.features[i];
    const reason = vector.reasons[name];
    return { ...column, value: vector.values[position.get(name)!], ...(reason === undefined ? {} : { reason }) };
  });
}

/** Why a group has no values: the failure of the nearest step above it. */
function causeOf(group: ColumnGroup, steps: readonly Step[], failures: ReadonlyMap<string, Failure>): Reason {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const above = (id: string): Failure | undefined => {
    const found = failures.get(id);
    if (found !== undefined) return found;
    for (const ref of Object.values(byId.get(id)?.inputs ?? {}).flat()) {
      const upper = ref.step === undefined ? undefined : above(ref.step);
      if (upper !== undefined) return upper;
    }
    return undefined;
  };
  const failure = above(group.step);
  return failure === undefined ? { code: 'not-computed', text: 'Nothing was computed for this image.' } : { code: failure.code, text: failure.message };
}

/** A step's settings, and what differs for single cases: reader, label, component of the segmentation. */
function withCases(step: Step, params: PyRadiomicsParams, { cases = {}, ...common }: PlanOptions): Step {
  const settingsOf = (own: CaseSettings): { plugin?: string; params: Record<string, unknown> } => {
    const { imageReader, segmentationReader, volume, label = params.label, labelChannel = params.labelChannel } = own;
    // NRRD keeps components as layers; no other reader has them, and the mask step says so.
    const layered = segmentationReader === 'reader/nrrd';
    switch (step.id) {
      case 'image':
        return { plugin: imageReader, params: volume === undefined ? {} : { [imageReader === 'reader/nrrd' ? 'layer' : 'volume']: volume } };
      case 'segmentation':
        return { plugin: segmentationReader, params: layered && labelChannel !== undefined ? { layer: labelChannel } : {} };
      case 'mask':
        return { params: { label, ...(layered || labelChannel === undefined ? {} : { labelChannel }) } };
      case 'diagnostics':
        return { params: { label } };
      default:
        return { params: {} };
    }
  };
  const shared = settingsOf(common);
  const overrides = Object.entries(cases).flatMap(([id, own]) => {
    const { plugin, params: settings } = settingsOf({ ...common, ...own });
    const sameReader = plugin === shared.plugin;
    return sameReader && JSON.stringify(settings) === JSON.stringify(shared.params) ? [] : [[id, { ...(sameReader ? {} : { plugin }), params: settings }] as const];
  });
  return { ...step, params: { ...step.params, ...shared.params }, ...(overrides.length === 0 ? {} : { overrides: Object.fromEntries(overrides) }) };
}

import { makeFeatureVector, type FeatureValues } from '../features.js';
import type { Files } from '../files.js';
import { includeSetting, type Params, type ParamsSchema } from '../params.js';
import type { Context, Plugin, Ports } from '../plugin.js';
import type { Region } from '../region.js';
import type { Volume } from '../volume.js';
import type { z } from 'zod';

type Awaitable<T> = T | Promise<T>;

/** Reads one image or label map from its files. */
export type Read<P = Params> = (files: Files, params: P, ctx: Context) => Awaitable<Volume>;

export interface ReaderDefinition<S extends ParamsSchema> {
  name: string;
  summary: string;
  params: S;
  /** File name endings, lower case with the dot. */
  endings: readonly string[];
  /** True when the first bytes of a file are of this format. */
  recognises(head: Uint8Array, name: string): boolean;
  load: () => Promise<{ read: Read<z.output<S>> }>;
}

/** A reader: files in, volume out. Operation `read`. */
export function defineReader<S extends ParamsSchema>(definition: ReaderDefinition<S>): Plugin {
  const { name, summary, params, endings, recognises, load } = definition;
  return {
    contract: 1,
    kind: 'reader',
    name,
    summary,
    params,
    about: { endings, recognises },
    operations: {
      read: {
        inputs: { files: { type: 'files' } },
        outputs: { volume: { type: 'volume' } },
        load: async () => {
          const { read } = await load();
          return async (inputs, settings, ctx) => ({ volume: await read(inputs.files as Files, settings as z.output<S>, ctx) });
        },
      },
    },
  };
}

/** Derived images of one image, by name. */
export type ApplyFilter<P = Params> = (volume: Volume, params: P, ctx: Context) => Awaitable<Readonly<Record<string, Volume>>>;

export interface FilterDefinition<S extends ParamsSchema> {
  name: string;
  summary: string;
  params: S;
  /** Names of the derived images at these settings, in the order features are listed: `log-sigma-2-0-mm-3D`. */
  outputs(params: z.output<S>): readonly string[];
  load: () => Promise<{ apply: ApplyFilter<z.output<S>> }>;
}

/** A filter: one volume in, one or more named volumes out. Operation `apply`. */
export function defineFilter<S extends ParamsSchema>(definition: FilterDefinition<S>): Plugin {
  const { name, summary, params, outputs, load } = definition;
  return {
    contract: 1,
    kind: 'filter',
    name,
    summary,
    params,
    about: { outputs },
    operations: {
      apply: {
        inputs: { volume: { type: 'volume' } },
        outputs: (settings): Ports => Object.fromEntries(outputs(settings as z.output<S>).map((image) => [image, { type: 'volume' }])),
        load: async () => {
          const { apply } = await load();
          return (inputs, settings, ctx) => apply(inputs.volume as Volume, settings as z.output<S>, ctx);
        },
      },
    },
  };
}

/** One feature of a family, as people and reports see it. */
export interface FeatureInfo {
  /** PyRadiomics' name: `Busyness`. */
  readonly name: string;
  /** The four letters of the IBSI reference manual, where it has the feature. */
  readonly ibsi?: string;
  /** `1`, `mm`, `mm2`, `mm3`, `intensity`, `intensity2`. */
  readonly unit: string;
  readonly summary: string;
  /** Formula reference. */
  readonly source: string;
  /** Computed only when named: PyRadiomics lists it as deprecated. */
  readonly deprecated?: boolean;
  /** Where the profiles differ, in one sentence. */
  readonly profiles?: string;
}

/** Computes a family's features on one region; `include` names those that are asked for, and more may be returned. */
export type Extract<P = Params> = (region: Region, params: P & { readonly include: readonly string[] }, ctx: Context) => Awaitable<FeatureValues>;

export interface FeatureFamilyDefinition<S extends ParamsSchema> {
  name: string;
  summary: string;
  params: S;
  features: readonly FeatureInfo[];
  /** Needs the mask alone, so it is computed once a case and not once an image. */
  maskOnly?: boolean;
  /** How the family is called in feature names, where that differs from its name: PyRadiomics' `shape2D`. */
  className?: string;
  load: () => Promise<{ extract: Extract<z.output<S>> }>;
}

/**
 * A feature family: a region in, one number a feature out. Operation `extract`.
 *
 * The helper adds the setting `include`: names of features to compute, in that order; default all that are not deprecated.
 * A kernel may return more than was asked for; what is listed and asked for is kept.
 */
export function defineFeatureFamily<S extends ParamsSchema>(definition: FeatureFamilyDefinition<S>): Plugin {
  const { name, summary, params, features, maskOnly = false, className = name, load } = definition;
  return {
    contract: 1,
    kind: 'features',
    name,
    summary,
    params: params.extend(includeSetting(features)) as ParamsSchema,
    about: { features, maskOnly, className },
    operations: {
      extract: {
        inputs: { region: { type: 'region' } },
        outputs: { features: { type: 'features' } },
        load: async () => {
          const { extract } = await load();
          return async (inputs, settings, ctx) => {
            const { include } = settings as { include: readonly string[] };
            const all = await extract(inputs.region as Region, settings as z.output<S> & { include: readonly string[] }, ctx);
            const wanted = Object.fromEntries(include.map((feature) => [feature, all[feature]]));
            return { features: makeFeatureVector(include, wanted) };
          };
        },
      },
    },
  };
}

/** Names of the features that a family computes unless told otherwise. */
export function defaultFeatures(features: readonly FeatureInfo[]): string[] {
  return features.filter((feature) => feature.deprecated !== true).map((feature) => feature.name);
}

import { RadloomError } from './errors.js';

/** Why a value is not a number. */
export interface Reason {
  /** Stable, kebab-case: `constant-region`, `too-few-voxels`. */
  readonly code: string;
  readonly text: string;
}

/** Named numbers computed from one region; a NaN always has its reason. */
export interface FeatureVector {
  readonly type: 'features';
  readonly names: readonly string[];
  readonly values: Float64Array;
  readonly reasons: Readonly<Record<string, Reason>>;
  /** Facts about the input, for the record (voxel counts, bounding boxes); not features. */
  readonly diagnostics?: Readonly<Record<string, number | string | readonly number[]>>;
}

/** What a family's kernel returns for one feature: a number, or the reason why there is none. */
export type FeatureValue = number | Reason;

/** What a family's kernel returns. */
export type FeatureValues = Readonly<Record<string, FeatureValue>>;

export function undefinedFeature(code: string, text: string): Reason {
  return { code, text };
}

/** A vector in the given order; every name must be present, and a NaN must come as a reason. */
export function makeFeatureVector(names: readonly string[], values: FeatureValues, diagnostics?: FeatureVector['diagnostics']): FeatureVector {
  const numbers = new Float64Array(names.length);
  const reasons: Record<string, Reason> = {};
  names.forEach((name, i) => {
    const value = values[name];
    if (value === undefined) throw new RadloomError({ code: 'feature-missing', what: `The family did not return its feature ${name}.`, deterministic: false });
    if (typeof value === 'number') {
      if (Number.isNaN(value)) {
        throw new RadloomError({ code: 'nan-without-reason', what: `${name} is not a number and no reason was given.`, fix: 'Return undefinedFeature(code, text) instead of NaN.', deterministic: false });
      }
      numbers[i] = value;
    } else {
      numbers[i] = NaN;
      reasons[name] = value;
    }
  });
  const extra = Object.keys(values).find((name) => !names.includes(name));
  if (extra !== undefined) throw new RadloomError({ code: 'feature-unknown', what: `The family returned ${extra}, which its manifest does not list.`, deterministic: false });
  return diagnostics === undefined ? { type: 'features', names, values: numbers, reasons } : { type: 'features', names, values: numbers, reasons, diagnostics };
}
